/** Plays one walk against the real workflow, vault and ledger; then lets it settle and holds it against the promises. */
import assert from 'node:assert/strict';
import type { Card } from '../../src/domain/card.ts';
import type { AcceptedTap } from '../../src/workflow/audit/seen.ts';
import { createRoot } from '../../src/lib/root.ts';
import { readRecordLog } from '../../src/vault/record-log.ts';
import { unsupported } from '../../src/workflow/audit/chat.ts';
import { auditReal } from '../../src/workflow/audit/real.ts';
import { auditLog } from '../../src/workflow/audit/log.ts';
import { readMarks, readRecord } from '../../src/ledger/record.ts';
import type { LedgerRecord } from '../../src/ledger/record.ts';
import { surveyVault } from '../../src/vault/survey.ts';
import { createHeldClock } from '../support/held-clock.ts';
import { createMortality } from '../support/mortal.ts';
import { breachesOf, checkCards } from '../support/walk-checks.ts';
import { createDice } from '../support/walk-person.ts';
import { createWorld, sara } from '../support/workflow-world.ts';
import type { World } from '../support/workflow-world.ts';
import { createDesk } from './desk.ts';
import { createFaults } from './faults.ts';
import { idle } from './idle.ts';
import { createOutside } from './outside.ts';
import { saidOn } from './said.ts';
import { farSides, scheduleFrom } from './steps.ts';
import type { FarSide, LetOut, Step, Walk, Wish } from './steps.ts';

const actors = {
  Sara: sara,
  Bob: { source: 'chat', id: '8', name: 'Bob' },
  Desk: { source: 'desk', id: '9', name: 'Dora' },
  Stranger: { source: 'chat', id: '666', name: 'Sara' },
} as const;

export type Told = (line: string) => void;

/** Throws when a promise is broken. @param folder where its files may lie; one that never gives an inode twice replays best */
export async function play(walk: Walk, folder: string, tell: Told = () => undefined): Promise<void> {
  const endings: (() => Promise<void> | void)[] = [];
  const t = { after: (end: () => Promise<void> | void) => void endings.push(end) };
  const untrue: string[] = [];
  const dice = createDice(1);
  const random = {
    fraction: dice.fraction,
    key: (length: number) => Array.from({ length }, () => dice.below(32).toString(32)).join(''),
  };
  const clock = createHeldClock(new Date(walk.from), idle);
  const shown: Card[] = [];
  let ledgerFile = '';
  const watch = (channel: string, card: Card) => {
    shown.push(card);
    const missing = ledgerFile === '' ? undefined : unsupported(card, readRecord(ledgerFile));
    if (missing !== undefined)
      untrue.push(`${channel} shows ${card.mood} for ${card.file}, but on record is ${missing}`);
  };
  const world = await createWorld(
    t,
    { maxRetries: 1, limits: new Map([['linkedin', 4]]), approvalsNeeded: walk.needed, policy: walk.policy },
    { folder, clock, random, watch },
  );
  ledgerFile = world.ledgerFile;
  try {
    const scene = createScene({ world, shown, tell, schedule: scheduleFrom.get(walk.from) ?? '' });
    await scene.restart();
    for (const step of walk.steps) {
      tell(JSON.stringify(step));
      await scene.act(step);
      assert.deepEqual(untrue, [], 'a card is never ahead of the record');
    }
    tell('-- it settles');
    await scene.settle();
    assert.deepEqual(untrue, [], 'a card is never ahead of the record');
    const seen = { written: scene.desk.written(), accepted: scene.accepted, approvalsNeeded: walk.needed };
    assert.deepEqual(await breachesOf(world, seen), []);
    await checkCards(world);
    const log = await readRecordLog(createRoot(world.vaultPath));
    assert.deepEqual(auditLog(log, readRecord(ledgerFile)), []);
    assert.deepEqual(tooEarly(readRecord(ledgerFile)), []);
  } finally {
    for (const end of endings) await end();
  }
}

/** Attempts that began before the time the approved file names, by our own clock. */
const tooEarly = ({ attempts, revisions }: LedgerRecord): readonly string[] =>
  attempts.flatMap(({ draftId, revision, startedAt }) => {
    const of = revisions.find((one) => one.draftId === draftId && one.hash === revision);
    const at = startedAt.toISOString();
    return at < (of?.effect.schedule ?? '') ? [`${draftId}: ${at}, not before ${of?.effect.schedule}`] : [];
  });

type Stage = {
  readonly world: World;
  readonly shown: readonly Card[];
  readonly tell: Told;
  /** What drafts that leave later name. */
  readonly schedule: string;
};

function createScene({ world, shown, tell, schedule }: Stage) {
  const desk = createDesk(world, schedule, tell);
  const faults = createFaults();
  const outside = createOutside({ posts: world.executor, mail: world.mailer });
  const accepted: AcceptedTap[] = [];
  let mortality = createMortality({ write: 0, side: 'before' });

  const start = async (write = 0, side: 'before' | 'after' = 'before'): Promise<void> => {
    faults.outlive();
    mortality = createMortality({ write, side });
    const { dead, beforeStart } = mortality;
    await checkStopped(world);
    try {
      await world.start({
        dead,
        beforeStart(parts) {
          faults.beforeStart(parts);
          beforeStart(parts);
        },
      });
      await idle();
    } catch (thrown) {
      if (!faults.isFull()) throw thrown;
      // It says so and ends; somebody makes room and starts it once more.
      tell(`  it can’t start: ${String(thrown)}`);
      faults.set('none');
      await idle();
      await start(write, side);
    }
  };
  const kill = async () => {
    outside.forget();
    await world.kill();
    await idle();
  };
  const restart = async (write?: number, side?: 'before' | 'after') => {
    outside.goOn();
    // A disk that was filled is full also for whoever stops.
    faults.outlive();
    await idle();
    // It may die while it stops.
    if (!mortality.isDead()) await Promise.race([world.stop(), mortality.dead]);
    if (mortality.isDead()) await kill();
    await start(write, side);
  };
  /** Does it, and lets everything that follows from it come to rest. One that hangs belongs to a process that died. */
  const calmly = async (...acts: readonly (() => Promise<unknown>)[]) => {
    for (const act of acts) void act().catch((thrown: unknown) => tell(`  failed: ${String(thrown)}`));
    await idle();
    if (mortality.isDead()) {
      tell('  the process died');
      await kill();
      await start();
    }
  };
  const tap = (card: Card, wish: Wish, number: number, who: keyof typeof actors) => async () => {
    const said = saidOn(card, wish, number, world.clock.now());
    if (said === undefined) return;
    const { verb, text, picture } = said;
    const first = await world.tap(card, verb, actors[who], text, picture);
    if (first.kind === 'asks') tell(`  ${who} is asked: ${first.say}`);
    // Not everybody who is asked once more says yes.
    const verdict = first.kind === 'asks' && number % 4 !== 1 ? await world.sure(card, verb, actors[who], text) : first;
    tell(`  ${who} ${verb} ${card.file} (${card.mood}): ${verdict.kind} ${verdict.say}`);
    if (who === 'Stranger') assert.equal(verdict.kind, 'refused');
    if (verdict.kind === 'accepted') accepted.push({ key: card.key, verb, actorId: actors[who].id });
  };
  /** Undefined for a file that could not be put there. */
  const letOut = (place: string | undefined, how: LetOut, number: number): (() => Promise<void>) | undefined => {
    if (place === undefined) return undefined;
    if (how !== 'tapped') return async () => desk.letOut(place, how);
    return async () => {
      const card = [...world.chat.cards.values()].findLast(({ file }) => file === place);
      if (card !== undefined) await tap(card, 'approve', number, 'Sara')();
    };
  };
  const cardAt = (index: number, old: boolean): Card | undefined => {
    const cards = old ? shown : [...world.chat.cards.values()];
    return cards[index % Math.max(cards.length, 1)];
  };
  const turn = (what: 'chat' | 'desk' | FarSide, isDown: boolean): void => {
    const side = farSides.find((name) => name === what);
    if (side === undefined) (what === 'chat' ? world.chat : world.second).down(isDown);
    else outside.down(side, isDown);
  };
  const act = async (step: Step): Promise<void> => {
    switch (step.do) {
      case 'tap': {
        const card = cardAt(step.card, step.old);
        return card === undefined ? undefined : await calmly(tap(card, step.verb, step.said, step.who));
      }
      case 'race': {
        const card = cardAt(step.card, false);
        const [first, second] = step.verbs;
        if (card === undefined) return undefined;
        return await calmly(tap(card, first, step.said, 'Sara'), tap(card, second, step.said, 'Desk'));
      }
      case 'twins': {
        const twins = step.ways.map(() => desk.write(step.kind, step.text));
        await calmly(world.rescan);
        const [first, second] = twins.map((place, index) => letOut(place, step.ways[index] ?? 'tapped', step.said));
        if (step.later === 0) return await calmly(...[first, second].flatMap((one) => one ?? []), world.rescan);
        await calmly(...(first === undefined ? [] : [first]), world.rescan);
        await world.pass(step.later);
        return await calmly(...(second === undefined ? [] : [second]), world.rescan);
      }
      case 'collide': {
        const card = cardAt(step.card, false);
        if (card === undefined) return undefined;
        desk.moveTo(card.file, step.to);
        return await calmly(tap(card, step.verb, step.said, 'Bob'), world.rescan);
      }
      case 'pass':
        await world.pass(step.ms);
        return await calmly();
      case 'jump':
        return world.clock.jump(step.ms);
      case 'rescan':
        return await calmly(world.rescan);
      case 'restart':
        await restart();
        return await calmly(...['chat', 'desk'].map((channel) => () => comeAnew(world, channel)));
      case 'mortal':
        await restart(step.write, step.side);
        return await calmly();
      case 'kill':
        await kill();
        return await start();
      case 'pause':
        return await calmly(() => world.door().pause(sara));
      case 'resume':
        return await calmly(() => world.door().resume(sara));
      case 'go on':
        outside.goOn();
        return await calmly();
      case 'down':
      case 'up':
        return turn(step.what, step.do === 'down');
      case 'fault':
        return faults.set(step.what);
      case 'fill':
        return faults.fill(step.room);
      case 'next':
        return outside.next(step.side, step.mood);
      case 'confirms':
        return outside.confirms(step.honestly);
      default:
        return desk.act(step);
    }
  };
  const settle = async () => {
    for (const channel of [world.chat, world.second]) channel.down(false);
    outside.calm();
    faults.set('none');
    await restart();
    await calmly(() => world.door().resume(sara));
    await quiet(world, outside.goOn);
  };
  return { act, restart: () => restart(), settle, desk, accepted };
}

/** However it came to stop: what is not as it should be is what the next start looks at. */
async function checkStopped({ vaultPath, ledgerFile }: World): Promise<void> {
  const { waiting } = readMarks(ledgerFile);
  const facts = { files: await surveyVault(vaultPath), record: readRecord(ledgerFile), waiting, isRunning: false };
  assert.deepEqual(auditReal(facts).breaches, [], 'a stopped vault keeps every promise');
}

/** What a chat does after a gap: the cards that wait come anew. */
async function comeAnew(world: World, channel: string): Promise<void> {
  const waiting = (await world.door().cards(0)).filter(({ mood }) => mood === 'asks' || mood === 'unknown');
  await world.workflow().anew(
    channel,
    waiting.map(({ key }) => key),
  );
}

/** Lets time pass until no draft is on its way any more and every channel shows what the record says. */
async function quiet(world: World, goOn: () => void): Promise<void> {
  const { ledger } = world.parts();
  let left: readonly string[] = [];
  for (let round = 0, calm = 0; round < 60 && calm < 2; round += 1) {
    goOn();
    await world.rescan();
    await world.pass(round < 6 ? 11_000 : 9_000_000);
    await idle();
    left = (await ledger.drafts.open())
      .filter(({ state }) => state !== 'pending')
      .map((draft) => JSON.stringify(draft));
    const due = [...(await ledger.cards.due('chat', 9)), ...(await ledger.cards.due('desk', 9))];
    calm = left.length + due.length === 0 ? calm + 1 : 0;
    if (calm === 2) return;
  }
  assert.deepEqual(left, [], 'nothing is stuck');
  assert.fail('a card is never shown');
}
