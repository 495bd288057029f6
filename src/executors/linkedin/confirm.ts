/** A read-only look whether a post is there: the member's recent activity, same text, newer than the click. */
import { activity, activityText } from './selectors.ts';
import { climb } from '../browser-ladder.ts';
import { comparable, readBack } from '../read-back.ts';
import { enter } from './session.ts';
import { instantOf, permalink } from './urls.ts';
import { troubleOf } from '../browser-errors.ts';
import type { Bench } from '../browser-bench.ts';
import type { Confirmation } from '../../domain/outcome.ts';

// Their clock and ours differ; an older post with the same text is refused by LinkedIn as a duplicate anyway.
const clockSlackMs = 60_000;
const newestItems = 30;

/** Never says "did not happen": the activity page may be behind, and a wrong no would post twice. */
export async function confirmPost(bench: Bench, text: string, committedAt: Date): Promise<Confirmation> {
  const entered = await enter(bench, false);
  if (entered.kind === 'outside') return { kind: 'cannot_tell', why: troubleOf(entered.outcome).what };
  const { page, settings } = bench;
  await page.goto(new URL('/in/me/recent-activity/all/', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  if ((await climb(page, activity, settings.stepMs)) === undefined) {
    return { kind: 'cannot_tell', why: 'LinkedIn shows no recent activity.' };
  }
  const items = await page.locator(activity.anchors[0]?.find ?? '').all();
  for (const item of items.slice(0, newestItems)) {
    const urn = (await item.getAttribute('data-urn')) ?? '';
    const at = instantOf(urn);
    if (at === undefined || at.getTime() < committedAt.getTime() - clockSlackMs) continue;
    const words = await climb(item, activityText, 1000);
    if (words === undefined) continue;
    if (comparable(await words.evaluate(readBack)).trim() !== comparable(text).trim()) continue;
    const note = `Found in the recent activity: ${urn}`;
    return { kind: 'happened', evidence: { link: permalink(settings.baseUrl, urn), messageId: '', note } };
  }
  return { kind: 'cannot_tell', why: 'No post with this text is in the recent activity yet.' };
}
