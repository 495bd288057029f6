/** What makes an approval worth a second question. The core asks it (promise P1): no channel can leave it out. */
import type { Tap, Verdict } from '../domain/decision.ts';
import type { Draft, Revision } from '../domain/draft.ts';
import { bareAddress } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import type { Tables } from '../domain/ledger-port.ts';
import type { Platform } from '../domain/platform.ts';
import { markLength } from '../domain/draft.ts';
import { sha256 } from '../lib/hash.ts';
import { strange } from '../lib/words.ts';
import { whoWrote } from './answered.ts';
import { newsFor, newsRisks } from './conversations.ts';
import type { Parts } from './parts.ts';
import { isAsked, twinWords, twinsOf, twinSubject } from './twins.ts';
import type { Twin } from './twins.ts';

const manyRecipients = 5;
const mostTwins = 3;

export type Risks = {
  /** In words, the weightiest first; empty for what is everyday. Strangers' words in them are set apart. */
  readonly words: readonly string[];
  /** What a tap must carry to say yes to exactly these; empty when there are none. */
  readonly sure: string;
  /** Drafts of equal effect among them. */
  readonly knew: readonly string[];
};

/** Of what is on offer now. @param twins of the draft, when they are known already */
export async function risksOf(
  parts: Pick<Parts, 'ledger' | 'clock' | 'platforms'>,
  draft: Pick<Draft, 'id'>,
  revision: Revision,
  twins?: readonly Twin[],
): Promise<Risks> {
  const { ledger, clock, platforms } = parts;
  const now = clock.now();
  const all = twins ?? (await twinsOf(ledger, twinSubject(draft, revision), now));
  const asked = all.filter(isAsked);
  const platform = platforms.find(({ id }) => id === revision.effect.platform);
  const words = [
    ...asked.slice(0, mostTwins).map((twin) => twinWords(twin, draft.id)),
    ...newsRisks(await newsFor(ledger, revision.effect)),
    ...(await risksOfEffect(ledger, revision.effect, platform)),
  ];
  return { words, sure: sureOf(revision, words), knew: asked.map(({ draftId }) => draftId) };
}

/** The mark is known to nobody who did not see the card: a yes can't be made up with the draft. */
const sureOf = ({ mark }: Revision, words: readonly string[]): string =>
  words.length === 0 ? '' : sha256(`${mark}\n${words.join('\n')}`).slice(0, markLength);

/** The second question, unless the tap says yes to exactly these risks. */
export const questionFor = ({ sure: given }: Tap, { words, sure }: Risks): Verdict | undefined =>
  words.length === 0 || given === sure
    ? undefined
    : { kind: 'asks', say: `Really? ${words.join('. ')}.`, risks: words, sure };

async function risksOfEffect(
  tables: Pick<Tables, 'attempts' | 'incoming'>,
  effect: Effect,
  platform: Platform | undefined,
): Promise<readonly string[]> {
  const everybody = [...new Set([...effect.to, ...effect.cc, ...effect.bcc].map((one) => one.trim().toLowerCase()))];
  const risks: string[] = [];
  if (everybody.length > manyRecipients) risks.push(`It goes to ${everybody.length} people`);
  if (platform?.direct?.includes(effect.action) === true) {
    risks.push(`It is a direct message to ${strange(effect.target, 80) || 'one person'}`);
  }
  if (platform?.addressed === true) {
    const strangers = await firstTimers(tables, platform.id, effect, everybody);
    const named = strangers
      .slice(0, 2)
      .map((address) => strange(address, 100))
      .join(', ');
    const more = strangers.length > 2 ? ` and ${strangers.length - 2} more` : '';
    if (strangers.length > 0) {
      risks.push(`It is the first to ${named}${more}`);
    }
  }
  return risks;
}

/** Those who neither wrote what is answered nor were ever sent anything. */
async function firstTimers(
  tables: Pick<Tables, 'attempts' | 'incoming'>,
  platform: string,
  effect: Effect,
  everybody: readonly string[],
): Promise<readonly string[]> {
  const wrote = await whoWrote(tables, effect);
  const others = everybody.filter((address) => !wrote.has(bareAddress(address)));
  const unreached = new Set(await tables.attempts.neverReached(platform, [...others, ...others.map(bareAddress)]));
  return others.filter((address) => unreached.has(address) && unreached.has(bareAddress(address)));
}
