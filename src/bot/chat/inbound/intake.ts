/**
 * Takes in what a chat delivers: on record before the chat is told that it was taken, handed on in the order that matters, and
 * counted once. What fails is tried three times and then given up on record, and the person is told. Survives everything;
 * what a crash leaves is handed on at the next start.
 */
import type { Door, Inbox } from '../../../domain/ports.ts';
import { sleep } from '../../../lib/clock.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { messageOf } from '../../../lib/words.ts';
import type { Delivered, Ears, MessageId, Said } from '../messenger.ts';
import { createHold } from './hold.ts';
import type { Hold } from './hold.ts';
import { createLine, laneOf } from './lanes.ts';
import type { Lane } from './lanes.ts';
import { asOne, runFrom, writtenIn } from './one-text.ts';

export type Intake = Ears & {
  /** Resolves when nothing is being acted on. */
  settled(): Promise<void>;
};

export type IntakeParts = {
  readonly inbox: Inbox;
  readonly door: Door;
  /** Of the driver: a kept payload, also of earlier versions; undefined: nothing for us. Throws what can't be read. */
  readonly read: (payload: string) => Delivered | undefined;
  readonly isAfter?: (a: MessageId, b: MessageId) => boolean | undefined;
  /** Acts on one thing. A throw means it did not count and is tried again. */
  readonly act: (heard: Delivered) => Promise<void>;
  /** Says that something was given up; undefined when it could not even be read. */
  readonly sayGivenUp: (heard: Delivered | undefined) => Promise<void>;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Nothing more is begun. */
  readonly stopping: AbortSignal;
};

const mostTries = 3;
/** At once; and of those, such as fetch or send files. Presses are few and always go. */
const mostAtOnce = { all: 20, slow: 3 };

const isFull = ({ kind, isSlow }: Lane, going: readonly Lane[]): boolean =>
  (kind !== 'act' && going.length >= mostAtOnce.all) ||
  (isSlow && going.filter((one) => one.isSlow).length >= mostAtOnce.slow);

type Row = Awaited<ReturnType<Inbox['waiting']>>[number];
type Waiting = Row & {
  /** Undefined: nothing for us, or it can't be read. */
  readonly heard: Delivered | undefined;
  readonly lane: Lane | undefined;
  readonly isReadable: boolean;
};

export function createIntake(parts: IntakeParts): Intake {
  const { inbox, clock } = parts;
  const hold = createHold(clock);
  const queue = createQueue(parts, hold);
  let isLoaded = false;
  return {
    cursor: () => inbox.cursor(),
    async take(rows, cursor) {
      const receivedAt = clock.now();
      if (rows.length > 0 || cursor !== undefined) {
        isLoaded = false;
        await inbox.store(
          rows.map((row) => ({ ...row, receivedAt })),
          cursor,
        );
      }
      if (!isLoaded) queue.load(await inbox.waiting());
      isLoaded = true;
      hold.asked();
      return { more: queue.handOn() };
    },
    settled: queue.settled,
  };
}

/** What waits and what is being acted on. */
function createQueue(parts: IntakeParts, hold: Hold) {
  const { clock, logger, stopping } = parts;
  let waiting: readonly Waiting[] = [];
  const running = new Map<string, Promise<void>>();

  /** Begins what has to wait for nothing. @returns whether more of a text may come */
  function handOn(): boolean {
    const line = createLine();
    const going = waiting.flatMap(({ id, lane }) => (running.has(id) && lane !== undefined ? [lane] : []));
    let isHolding = false;
    for (const [at, row] of waiting.entries()) {
      const { lane } = row;
      if (!running.has(row.id) && !stopping.aborted) {
        const later = () => waiting.slice(at + 1).filter(({ id }) => !running.has(id));
        const { rest, isHeld } = restOf(parts, hold, row, later);
        isHolding ||= isHeld;
        if (!isHeld && (lane === undefined || (line.isFree(lane) && !isFull(lane, going)))) {
          begin(row, rest);
          if (lane !== undefined) going.push(lane);
        }
      }
      if (lane !== undefined) line.add(lane);
    }
    return isHolding;
  }

  function begin(row: Waiting, rest: readonly Waiting[]): void {
    const ids = [row.id, ...rest.map(({ id }) => id)];
    const work = actOn(parts, row, rest).then(
      () => {
        waiting = waiting.filter(({ id }) => !ids.includes(id));
        hold.forget(ids);
      },
      async (thrown: unknown) => {
        // Our own disk: what was done is done once more, and counts once.
        logger.error('what was done could not be put on record.', thrown);
        await sleep(clock, 5_000, stopping);
      },
    );
    const over = work.then(() => {
      for (const id of ids) running.delete(id);
      handOn();
    });
    for (const id of ids) running.set(id, over);
  }

  return {
    handOn,
    load(rows: readonly Row[]) {
      const known = new Map(waiting.map((row) => [row.id, row]));
      waiting = rows.map((row) => known.get(row.id) ?? readRow(parts.read, row));
    },
    async settled() {
      while (running.size > 0) await Promise.all(running.values());
    },
  };
}

/** The pieces that follow a text, and whether more of it may come. */
function restOf(
  { door, isAfter }: IntakeParts,
  hold: Hold,
  row: Waiting,
  later: () => readonly Waiting[],
): { readonly rest: readonly Waiting[]; readonly isHeld: boolean } {
  if (row.heard?.kind !== 'said' || !row.heard.isLong) return { rest: [], isHeld: false };
  const others = later();
  const run = runFrom(
    row.heard,
    others.map(({ heard }) => heard),
    (said) => mayCount(door, said),
    isAfter,
  );
  const rest = run.rest.flatMap((place) => others[place] ?? []);
  const last = rest.at(-1) ?? row;
  return { rest, isHeld: run.open && !hold.isOver(last.id, last.receivedAt) };
}

function readRow(read: IntakeParts['read'], row: Row): Waiting {
  try {
    const heard = read(row.payload);
    const lane = heard === undefined ? undefined : laneOf(heard);
    if (heard === undefined || heard.kind === 'own' || heard.kind === 'nameless') {
      return { ...row, heard, lane, isReadable: true };
    }
    const receivedAt = row.receivedAt ?? heard.receivedAt;
    return { ...row, receivedAt, heard: { ...heard, receivedAt }, lane, isReadable: true };
  } catch {
    return { ...row, heard: undefined, lane: undefined, isReadable: false };
  }
}

/** Rejects only when it can't be put on record. */
async function actOn(parts: IntakeParts, row: Waiting, rest: readonly Waiting[]): Promise<void> {
  const { inbox, clock, logger, stopping } = parts;
  const ids = [row.id, ...rest.map(({ id }) => id)];
  const pieces = rest.flatMap(({ heard }) => writtenIn(heard) ?? []);
  const heard = row.heard?.kind === 'said' ? asOne(row.heard, pieces) : row.heard;
  for (let tried = row.tries + 1; !stopping.aborted; tried += 1) {
    const failure = !row.isReadable ? 'unreadable' : heard === undefined ? undefined : await failureOf(parts, heard);
    if (failure === undefined) return inbox.done(...ids);
    const giveUp = !row.isReadable || tried >= mostTries;
    logger.error(`an update failed (try ${tried} of ${mostTries}): ${failure}`);
    for (const id of ids) await inbox.failed(id, failure, giveUp);
    if (giveUp) {
      await parts
        .sayGivenUp(heard)
        .catch((thrown: unknown) => logger.error('that it was given up could not be said.', thrown));
      return;
    }
    await sleep(clock, 1_000 * tried, stopping);
  }
}

/** Whether a message can be meant for us, and its sender may say something here: only then more of it is waited for. */
const mayCount = (door: Door, { actor, shared, about }: Said): boolean =>
  door.may(actor, 'look').kind === 'allowed' && (!shared || about?.ours === true);

async function failureOf({ act }: IntakeParts, heard: Delivered): Promise<string | undefined> {
  try {
    await act(heard);
    return undefined;
  } catch (thrown) {
    return messageOf(thrown);
  }
}
