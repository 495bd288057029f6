/** From "logged in" to "the share box holds exactly the approved text", or to the outcome that says why not. */
import { blocks } from '../../domain/problem.ts';
import { climb, isThere } from '../browser-ladder.ts';
import { comparable, readBack } from '../read-back.ts';
import { dialog, editor, everybody, heading, audience, post, suggestions, trigger } from './selectors.ts';
import { strange } from '../../lib/words.ts';
import { standingOf } from './urls.ts';
import type { Bench } from '../browser-bench.ts';
import type { Identity } from '../browser-identity.ts';
import type { Ladder } from '../browser-ladder.ts';
import type { Locator } from 'playwright';
import type { Outcome } from '../../domain/outcome.ts';

/** The share box, open and filled. */
export type Composer = { readonly dialog: Locator; readonly editor: Locator; readonly post: Locator };

export type ComposeResult =
  | { readonly kind: 'ready'; readonly composer: Composer }
  | { readonly kind: 'ended'; readonly outcome: Outcome };

export async function compose(bench: Bench, text: string): Promise<ComposeResult> {
  const box = await openDialog(bench);
  if (box === undefined) return changed(bench, dialog);
  const field = await climb(box, editor, bench.settings.stepMs);
  if (field === undefined) return changed(bench, editor);
  if (!(await enterText(bench, field, text))) return differs(await read(field), text);
  await closeSuggestions(bench, box);
  if (!(await settles(field, text))) return differs(await read(field), text);
  const button = await climb(box, post, bench.settings.stepMs);
  if (button === undefined) return changed(bench, post);
  return { kind: 'ready', composer: { dialog: box, editor: field, post: button } };
}

/** The address opens the share box without any translated label; the button is the second way. */
async function openDialog(bench: Bench): Promise<Locator | undefined> {
  const { page, settings } = bench;
  await page.goto(new URL('/feed/?shareActive=true', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  if (standingOf(page.url()) !== 'inside') return undefined;
  const open = await climb(page, dialog, settings.stepMs / 3);
  if (open !== undefined) return open;
  const button = await climb(page, trigger, settings.stepMs / 3);
  if (button === undefined) return undefined;
  await button.click();
  return climb(page, dialog, settings.stepMs);
}

// Two ways and never a third: `fill` also replaces a restored draft; every other known way corrupts some editor.
async function enterText(bench: Bench, field: Locator, text: string): Promise<boolean> {
  await field.fill(text);
  if (await settles(field, text)) return true;
  bench.log('The text field changed the text; trying the second way of entering it.');
  await field.fill('');
  await field.focus();
  await bench.page.keyboard.insertText(text);
  return settles(field, text);
}

const read = async (field: Locator): Promise<string> => comparable(await field.evaluate(readBack));

/** Whether the field holds the text and still does after the time editors take to tidy up. */
async function settles(field: Locator, text: string): Promise<boolean> {
  const wanted = comparable(text);
  await field.page().waitForTimeout(150);
  if ((await read(field)) !== wanted) return false;
  await field.page().waitForTimeout(150);
  return (await read(field)) === wanted;
}

/** A list of suggestions would take the next click. Escape would offer to throw the post away, so never that. */
async function closeSuggestions(bench: Bench, box: Locator): Promise<void> {
  // It opens a moment after the last sign was entered.
  const list = await climb(box, suggestions, 400);
  if (list === undefined) return;
  const top = await climb(box, heading, bench.settings.stepMs);
  await top?.click();
  await list.waitFor({ state: 'hidden' }).catch(() => undefined);
}

/** Everything that must hold in the moment before the click. @returns what does not hold, or undefined */
export async function lastLook(
  bench: Bench,
  composer: Composer,
  text: string,
  identity: Identity,
): Promise<ComposeResult | undefined> {
  const { page } = bench;
  if ((await read(composer.editor)) !== comparable(text)) return differs(await read(composer.editor), text);
  if (await isThere(composer.dialog, suggestions)) return changed(bench, suggestions);
  if (!(await composer.post.isEnabled())) {
    return refused(
      'refused_by_platform',
      'LinkedIn keeps the Post button switched off.',
      'Look at the picture in the log.',
    );
  }
  if (!(await isThere(composer.dialog, audience))) return undefined;
  const shown =
    (await composer.dialog
      .locator(audience.anchors[0]?.find ?? '')
      .first()
      .textContent()) ?? '';
  if (identity.name !== '' && !shown.includes(identity.name)) {
    return refused(
      'wrong_account',
      'The share box shows another author than the linked member.',
      'Check who is logged in.',
    );
  }
  const everyone = everybody[await languageOf(bench)];
  if (everyone !== undefined && !everyone.test(shown)) {
    return refused(
      'page_changed',
      `The post would not be visible to everybody: LinkedIn shows “${strange(shown, 80)}”.`,
      'Set the audience to Anyone in LinkedIn once; it remembers the last choice.',
    );
  }
  return page.isClosed() ? changed(bench, dialog) : undefined;
}

const languageOf = async (bench: Bench): Promise<string> =>
  ((await bench.page.locator('html').getAttribute('lang')) ?? '').slice(0, 2).toLowerCase();

const refused = (...words: Parameters<typeof blocks>): ComposeResult => ({
  kind: 'ended',
  outcome: { kind: 'refused', problem: blocks(...words) },
});

/** An element is nowhere to be found: say which, and whether the language may be the reason. */
async function changed(bench: Bench, ladder: Ladder): Promise<ComposeResult> {
  if (standingOf(bench.page.url()) !== 'inside') {
    const problem = blocks('needs_login', 'LinkedIn logged out on the way.', 'Run npm run login -- linkedin.');
    return { kind: 'ended', outcome: { kind: 'needs_login', problem } };
  }
  bench.log(`Not found: ${ladder.name}.`);
  await bench.keepTrouble();
  const language = await languageOf(bench);
  if (language !== '' && everybody[language] === undefined) {
    return refused(
      'page_changed',
      `LinkedIn is shown in a language that is not known here (${strange(language, 10)}).`,
      'Set the language of the LinkedIn account to English.',
    );
  }
  return refused(
    'page_changed',
    `LinkedIn looks different from what is known: no ${ladder.name}.`,
    'Post it by hand for now and report it; the picture in the log shows the page.',
  );
}

function differs(found: string, text: string): ComposeResult {
  const wanted = comparable(text);
  let at = 0;
  while (at < wanted.length && found[at] === wanted[at]) at += 1;
  return refused(
    'text_differs',
    `LinkedIn's text field changed the text, from sign ${at + 1} on: “${strange(found.slice(at, at + 30), 40)}”.`,
    'Nothing was posted. Change that place in the draft, or post it by hand.',
  );
}
