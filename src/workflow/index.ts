/** The order of things, put together: what runs when, and what the outside may call. */
import type { Health } from '../domain/health.ts';
import type { Folder } from '../domain/lifecycle.ts';
import type { Conversations, Door, TakeIn } from '../domain/ports.ts';
import { messageOf } from '../lib/words.ts';
import { anew } from './anew.ts';
import { createConversations } from './conversations.ts';
import { confirm } from './confirm.ts';
import { createDelivery } from './deliver.ts';
import type { Delivery, DeliveryTrouble } from './deliver.ts';
import { createDoor } from './door.ts';
import { execute } from './execute/index.ts';
import { createHoldBack } from './hold-back.ts';
import { distrust, isLedgerOld, keepLog } from './keep-log.ts';
import { caughtUp, lookAtAll } from './look-at-all.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { putAway } from './put-away.ts';
import { recover } from './recover.ts';
import { createHints } from './rescan/hints.ts';
import { createRescan, hotFolders } from './rescan/index.ts';
import { settle } from './settle.ts';
import { stampResult } from './stamp-result.ts';
import { takeInItem } from './take-in.ts';
import { tell } from './tell.ts';
import { tellDaily } from './undrafted/daily.ts';

export { hotFolders };

export type Workflow = {
  readonly door: Door;
  readonly takeIn: TakeIn;
  readonly conversations: Conversations;
  /** Recovers, looks through the folders once, then runs jobs and delivers. */
  start(): Promise<void>;
  /** Resolves after `start` when what a crash left is done, but not later than two seconds after it. */
  caughtUp(): Promise<void>;
  /** Channels that can’t be delivered to right now. */
  troubles(): ReadonlyMap<string, DeliveryTrouble>;
  /** The channel of this name can be reached again. Never waits. */
  reachable(channel: string): void;
  /** Says something about the whole in every chat, once for each `key`. Resolves when it is on record. */
  announce(text: string, key: string): Promise<void>;
  /** Cards of these drafts are to be sent anew there. Resolves when that is on record. */
  anew(channel: string, keys: readonly string[]): Promise<void>;
  /** A folder may have changed: look now. Never waits, never throws. */
  hint(folder: Folder): void;
  /** Compares folders with the record and mends differences; resolves when done. */
  rescan(): Promise<void>;
  stop(): Promise<void>;
};

/** A post through a browser takes longer; then its card says that it is going out. */
const longestHoldMs = 2_000;

/** Until the channels are there. */
const noDelivery: Delivery = {
  wake: () => undefined,
  retry: () => undefined,
  stop: async () => undefined,
  troubles: () => new Map(),
};

export function createWorkflow(parts: Parts, healths: () => readonly Health[]): Workflow {
  let delivery = noDelivery;
  // A card tells how the rest of the work before a crash ended, not each step of it; hints then are mostly our own moves.
  const holdBack = createHoldBack();
  const wake = holdBack.held(() => delivery.wake());
  const rescan = createRescan(parts, () => lookSoon());
  const door = createDoor(parts, healths, wake, () => lookSoon(), parts.clock.now());
  let looking: Promise<unknown> = Promise.resolve();
  let looksAtAll: Promise<void> = Promise.resolve();
  let isDone: Promise<void> = Promise.resolve();
  let hasBegun = false;
  const writeLog = createLogWriter(parts);
  const look = async () => {
    const run = Promise.allSettled([rescan.run(), tellDaily(parts)]);
    looking = run;
    // What a look found before it failed is to be shown all the same.
    const ends = await run;
    parts.jobs.wake();
    wake();
    await writeLog();
    for (const end of ends) if (end.status === 'rejected') throw end.reason;
  };
  const lookSoon = createLookSoon(parts, look);
  const hinted = holdBack.held(lookSoon);
  handleJobs(parts, wake);

  return {
    door,
    conversations: createConversations(parts),
    async takeIn(item) {
      const answer = await takeInItem(parts, item);
      if (answer === 'new') await look();
      return answer;
    },
    async start() {
      // Channels are made after the door they need; from here on the list is complete.
      delivery = createDelivery(parts);
      await recover(parts);
      if (await isLedgerOld(parts)) await distrust(parts);
      parts.vault.remember((await parts.ledger.drafts.open()).map(({ file }) => file));
      hasBegun = true;
      await lookOrSay(parts, look);
      parts.jobs.start();
      isDone = caughtUp(parts, longestHoldMs).then(holdBack.release);
      looksAtAll = lookAtAll(parts, wake);
    },
    caughtUp: () => isDone,
    hint(folder) {
      // The first look sees what came before it.
      if (hasBegun && (hotFolders as readonly Folder[]).includes(folder)) hinted();
    },
    troubles: () => delivery.troubles(),
    reachable: (channel) => delivery.retry(channel),
    announce: (text, key) => announce(parts, text, key).then(wake),
    anew: (channel, keys) => anew(parts, channel, keys, wake),
    rescan: look,
    async stop() {
      await parts.jobs.stop();
      await looksAtAll;
      // The ledger is closed next.
      await looking;
      await writeLog();
      await delivery.stop();
    },
  };
}

const announce = (parts: Parts, text: string, key: string): Promise<void> =>
  tell(parts, parts.ledger, '', { text, links: [], loud: true, key: '' }, key);

const createLookSoon = (parts: Parts, look: () => Promise<void>): (() => void) =>
  createHints(parts.clock, async () => {
    if (!parts.stopping.aborted) await lookOrSay(parts, look);
  });

/** One file at which a look stumbles must not keep the rest from starting: the next look comes with the pulse. */
const lookOrSay = (parts: Parts, look: () => Promise<void>): Promise<void> =>
  look().catch((thrown: unknown) => {
    parts.logger.error(`Looking through the folders failed: ${messageOf(thrown)}`, thrown);
  });

function handleJobs(parts: Parts, wake: () => void): void {
  const job = (work: (parts: Parts, draftId: string) => Promise<void>) => async (draftId: string) => {
    await work(parts, draftId);
    wake();
  };
  parts.jobs.handle(jobKinds.settle, job(settleAndStamp));
  parts.jobs.handle(jobKinds.confirm, job(confirm));
  parts.jobs.handle(jobKinds.putAway, (draftId) => putAway(parts, draftId));
  parts.jobs.handle(
    jobKinds.execute,
    job((_, draftId) => execute(parts, draftId, wake)),
  );
}

async function settleAndStamp(parts: Parts, draftId: string): Promise<void> {
  await settle(parts, draftId);
  await stampResult(parts, draftId);
}

/**
 * One at a time. Nice to have at once, and caught up at the next look: a vault that can't be written must not hold the
 * work up.
 */
function createLogWriter(parts: Parts): () => Promise<void> {
  let writing: Promise<void> = Promise.resolve();
  let said = '';
  const write = async (): Promise<void> => {
    const words = await keepLog(parts).then(
      () => '',
      (thrown: unknown) => `The log of decisions could not be written: ${messageOf(thrown)}`,
    );
    // Tried at every look: a week in which something is in its way must not fill the other log.
    if (words !== '' && words !== said) parts.logger.warn(words);
    said = words;
  };
  return async () => {
    writing = writing.then(write);
    await writing;
  };
}
