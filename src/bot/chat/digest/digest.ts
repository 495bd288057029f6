/**
 * The digest: when many drafts wait, one message says so and leads to the review, in place of a card for each. It is
 * there exactly while a draft waits that has no card of its own, and is rewritten in place. Sent anew, with the old one
 * taken away, only when something joined and it is old or far up: so it sounds now and then, and never floods.
 */
import type { ShowResult } from '../../../domain/ports.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import { createAlarm } from '../../../lib/alarm.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { messageOf } from '../../../lib/words.ts';
import type { Traffic } from '../traffic.ts';
import type { MessageId, Messenger, Sent } from '../messenger.ts';
import { homeOf, sendTo } from '../places.ts';
import { aboutAll } from '../routing.ts';
import type { Places } from '../waiting.ts';
import type { Quiet } from '../sound/quiet.ts';
import type { Remembered } from '../memory/memory.ts';
import type { DigestMark } from '../memory/placement-rows.ts';
import { richText } from '../text/text.ts';
import type { RichText } from '../text/text.ts';
import { showTrouble } from '../trouble.ts';
import type { Answer } from '../trouble.ts';
import { button } from '../buttons/button.ts';
import { encodeWish } from '../buttons/action.ts';

export type Digest = {
  /**
   * A draft is in it. Resolves when a message leads to it; otherwise says why there is none yet.
   * @param how `fresh`: it was not in it before; `again`: a person put it back, so nobody has to hear it
   */
  join(how: 'fresh' | 'known' | 'again'): Promise<Exclude<ShowResult, { kind: 'shown' }> | undefined>;
  /** A number may have changed. Never waits. */
  change(): void;
  /** Sends it anew below everything else, without a sound, when there is anything in it. */
  moveBelow(): Promise<void>;
  start(): void;
  stop(): void;
};

/** Rewritten at most this often: a flood of drafts is no flood of edits. */
const spacingMs = 2_000;
const oldAfterMs = 30 * 60_000;
/** So many messages below it mean that it is out of sight. */
const buriedBelow = 12;
/** Not every chat lets messages older than 48 hours be taken away. */
const removableMs = 47 * 3_600_000;

type Reason = 'joined' | 'changed' | 'below';

type DigestParts = {
  readonly places: Places;
  readonly messenger: Messenger;
  readonly traffic: Traffic;
  readonly remembered: Remembered;
  readonly quiet: Quiet;
  readonly clock: Clock;
  readonly logger: Logger;
};

type DrawingParts = DigestParts & {
  readonly sent: (sent: Sent) => void;
  /** How many messages are known to stand below it. */
  readonly below: (kept: DigestMark) => number;
};

/** How far up the newest digest is. */
function createDepth({ traffic }: DigestParts): Pick<DrawingParts, 'sent' | 'below'> {
  let last: { readonly messageId: MessageId; readonly at: number } | undefined;
  return {
    sent({ messageId, place }) {
      last = { messageId, at: traffic.count(place) };
    },
    // Of one from before the start only what came since is known.
    below: ({ messageId, place }) => traffic.count(place) - (last?.messageId === messageId ? last.at : 0),
  };
}

export function createDigest(parts: DigestParts): Digest {
  const { clock, logger } = parts;
  const lock = createKeyedLock();
  const drawing = { ...parts, ...createDepth(parts) };
  let drawnAt = 0;
  /** Somebody joined since it was drawn. */
  let joined = false;

  const draw = (reason: Reason): Promise<Answer<unknown>> =>
    lock('digest', async () => {
      alarm.cancel();
      drawnAt = clock.now().getTime();
      const answer = await drawDigest(drawing, reason === 'changed' && joined ? 'joined' : reason);
      if (answer.kind === 'ok') joined = false;
      else arm(retryMs(answer));
      return answer;
    });

  const alarm = createAlarm({
    clock,
    async ring() {
      await draw('changed');
    },
    failed: (thrown) => logger.warn(`the message about what waits failed: ${messageOf(thrown)}`),
    againMs: 60_000,
  });
  const arm = (ms: number): void => {
    if (!alarm.isSet()) alarm.set(ms);
  };
  const change = () => {
    const since = clock.now().getTime() - drawnAt;
    arm(since < 0 ? spacingMs : Math.max(0, spacingMs - since));
  };

  return {
    change,
    async join(how) {
      joined ||= how === 'fresh';
      if ((await currentDigest(parts)) !== undefined) {
        change();
        return undefined;
      }
      const answer = await draw(how === 'again' ? 'below' : 'joined');
      const result = answer.kind === 'ok' ? undefined : showTrouble(answer.trouble);
      return result?.kind === 'shown' ? undefined : result;
    },
    async moveBelow() {
      await draw('below');
    },
    start() {
      alarm.start();
      void currentDigest(parts).then((kept) => (kept === undefined ? undefined : change()));
    },
    stop: alarm.stop,
  };
}

const retryMs = (answer: Extract<Answer<unknown>, { kind: 'trouble' }>): number => {
  const result = showTrouble(answer.trouble);
  return result.kind === 'later' ? result.afterSeconds * 1_000 : 60_000;
};

/** The message, when it is in the chat where we ask now. */
async function currentDigest({ remembered, messenger }: DigestParts): Promise<DigestMark | undefined> {
  return remembered.digest(await homeOf(messenger));
}

const done: Answer<unknown> = { kind: 'ok', value: undefined };

/** Makes the message say what is true now: sends, rewrites or takes it away. */
async function drawDigest(parts: DrawingParts, reason: Reason): Promise<Answer<unknown>> {
  const { places, messenger, clock } = parts;
  const kept = await currentDigest(parts);
  if (kept === undefined && !places.isKnown()) return done;
  const waiting = await places.waiting();
  const held = [...waiting.values()].filter((place) => place === 'digest').length;
  if (held === 0) return kept === undefined ? done : takeAway(parts, kept);
  const text = digestText(waiting.size, held);
  if (kept === undefined) return send(parts, text, reason === 'below');
  const age = clock.now().getTime() - kept.sentAt.getTime();
  const isOld = age >= oldAfterMs;
  const isBuried = parts.below(kept) >= buriedBelow;
  if (reason === 'below' || (reason === 'joined' && (isOld || isBuried))) {
    // Who heard it lately needs no second sound.
    const sent = await send(parts, text, reason === 'below' || !isOld);
    if (sent.kind === 'ok') await clear(parts, kept);
    return sent;
  }
  if (text.text === kept.text) return done;
  const answer = await messenger.edit(kept.messageId, text, reviewRows);
  if (answer.kind === 'trouble' && answer.trouble.kind === 'message_gone')
    return send(parts, text, reason !== 'joined');
  if (answer.kind === 'trouble' && answer.trouble.kind !== 'unchanged') return answer;
  await parts.remembered.keepDigest(await homeOf(messenger), { ...kept, text: text.text });
  return done;
}

async function send(parts: DrawingParts, text: RichText, silent: boolean): Promise<Answer<unknown>> {
  const { messenger, remembered, quiet, clock } = parts;
  const answer = await sendTo(messenger, aboutAll, text, { rows: reviewRows, silent: await quiet.hush(silent) });
  if (answer.kind === 'trouble') return answer;
  const { messageId, place } = answer.value;
  parts.sent(answer.value);
  await remembered.keepDigest(await homeOf(messenger), { messageId, place, sentAt: clock.now(), text: text.text });
  return done;
}

async function takeAway(parts: DigestParts, kept: DigestMark): Promise<Answer<unknown>> {
  await parts.remembered.keepDigest(await homeOf(parts.messenger), undefined);
  return clear(parts, kept);
}

/** Best effort: a message that stays says nothing wrong and leads to the review like any other. */
async function clear({ messenger, clock }: DigestParts, kept: DigestMark): Promise<Answer<unknown>> {
  if (clock.now().getTime() - kept.sentAt.getTime() < removableMs) await messenger.remove([kept.messageId]);
  else await messenger.edit(kept.messageId, richText('What waits is said further below.'), []);
  return done;
}

const reviewRows = [{ buttons: [button('▶ Review', encodeWish({ kind: 'review' }))] }];

function digestText(all: number, held: number): RichText {
  const words = all === 1 ? '1 draft is waiting' : `${all} drafts are waiting`;
  const rest =
    held === all
      ? 'Go through them one after the other.'
      : `${held} of them ${held === 1 ? 'has' : 'have'} no card here.`;
  return richText(['bold', words], `\n${held === 1 && all === 1 ? 'It has no card here.' : rest}`);
}
