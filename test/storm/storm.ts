/** The real process, killed at any instant while many people tap many cards; in the end everything has to agree. */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as rest } from 'node:timers/promises';
import type { GroupChat, Person } from '../../sandbox/telegram/index.ts';
import { createLives } from '../crash/lives.ts';
import type { Lives } from '../crash/lives.ts';
import { createOutside, ownerId } from '../crash/outside.ts';
import type { Outside } from '../crash/outside.ts';
import { keepsPromises } from '../crash/sweep.ts';
import { until } from '../support/until.ts';
import { createDice } from '../support/walk-person.ts';
import type { Dice } from '../support/walk-person.ts';
import { lapsesOf } from '../support/telegram-lapses.ts';
import { accountFor, readInbox } from './accounts.ts';
import type { Account } from './accounts.ts';
import { createCrowd, groupId, markIn } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { breachesOf, orphansOf } from './verdict.ts';

export type Plan = {
  readonly kills: number;
  readonly seed: number;
  readonly people: number;
  readonly cards: number;
  /** Answered in one life. */
  readonly mostTaps: number;
  readonly say: (line: string) => void;
};

export type Tally = {
  readonly deeds: number;
  readonly accepted: number;
  readonly refused: number;
  readonly late: number;
  readonly arrived: number;
  readonly states: Readonly<Record<string, number>>;
};

/** Throws when a promise is broken. The seed decides who does what and how long a life is; the machine does the rest. */
export async function storm(plan: Plan): Promise<Tally> {
  const home = join(mkdtempSync(join(tmpdir(), 'countersign-storm-')), 'home');
  mkdirSync(home);
  const scene = await createScene(plan.people);
  const { outside, people } = scene;
  const lives = createLives(outside, home);
  let crowd: Crowd | undefined;
  try {
    await warmUp(lives);
    const marks = Array.from({ length: plan.cards }, (_, at) => `k${String(at).padStart(5, '0')}x`);
    for (const [at, mark] of marks.entries()) drop(lives, mark, at);
    const dice = createDice(plan.seed);
    begin(lives);
    for (let kill = 1; kill <= plan.kills; kill += 1) {
      // One of five dies while it starts.
      const isEarly = kill > 1 && dice.below(5) === 0;
      // The first one dies while it takes the drafts in and shows their cards.
      if (kill > 1) crowd ??= await gather(scene, dice, plan);
      // By what it did and not by the clock, or on a busy machine it would never come to answer anybody.
      const taps = crowd === undefined || isEarly ? 0 : dice.below(plan.mostTaps);
      const before = crowd?.tried().size ?? 0;
      const isDue = () => lives.isDead() || (crowd?.tried().size ?? 0) >= before + taps;
      await until(isDue, 'it has answered enough', patienceMs);
      const ms = dice.below(taps > 0 ? 250 : kill === 1 ? 3_000 : 900);
      await rest(ms);
      assert.ok(!lives.isDead(), 'it died by itself');
      await lives.kill();
      plan.say(`kill ${kill}: ${taps} answers and ${ms} ms, ${crowd?.deeds().length ?? 0} taps and replies so far`);
      begin(lives);
    }
    crowd ??= await gather(scene, dice, plan);
    await crowd.leave();
    plan.say('the people have gone; now it has to come to rest');
    await comeToRest(lives, outside);
    return await judge({ lives, outside, marks, people, crowd });
  } catch (thrown) {
    throw new Error(`seed ${plan.seed}: ${lives.output().slice(-4_000)}`, { cause: thrown });
  } finally {
    await crowd?.end();
    await lives.kill();
    await outside.stop();
    rmSync(dirname(home), { recursive: true, force: true, maxRetries: 5 });
  }
}

/** They come when every draft has its card. */
async function gather({ outside, group, people }: Scene, dice: Dice, plan: Plan): Promise<Crowd> {
  const areShown = () => new Set(group.messages().map(({ text }) => markIn(text))).size >= plan.cards;
  await until(areShown, 'every draft has its card', patienceMs);
  return createCrowd({ telegram: outside.telegram, group, people, dice });
}

type Scene = {
  readonly outside: Outside;
  readonly group: GroupChat;
  /** Each as they are in the group. */
  readonly people: readonly Person[];
};

async function createScene(count: number): Promise<Scene> {
  const made = await createOutside();
  const { telegram, owner } = made;
  const others = Array.from({ length: count - 1 }, (_, at) =>
    telegram.addPerson({ id: ownerId + 1 + at, firstName: `Person ${at + 1}` }),
  );
  const members = [owner, ...others];
  const group = telegram.addGroup({ id: groupId, title: 'Desk', members });
  const people = members.map((person) => group.as(person));
  const environment = {
    ...made.environment,
    TELEGRAM_CHAT_ID: String(groupId),
    TELEGRAM_APPROVERS: people.map(({ id }) => id).join(','),
    // Every card is a message of its own, however many wait.
    DIGEST_FROM: '0',
    // At its own pace fifty people would wait for most of their answers, and a storm would be none.
    GROUP_PACE: '900',
  };
  return { outside: { ...made, owner: group.as(owner), environment }, group, people };
}

/** A second to undo, so that an undo is not always too late. */
const begin = (lives: Lives): void => lives.start([], { HOLD_SECONDS: '1' });

/** Only a process that ends in order keeps what it compiled, and most of a life is its start. */
async function warmUp(lives: Lives): Promise<void> {
  begin(lives);
  await until(() => existsSync(join(dirname(lives.ledgerFile), 'control.json')), 'it is up', 60_000);
  await lives.stop();
}

/** Every eighth is a mail, to somebody who never got one, so that it is asked about a second time. */
const isMail = (at: number): boolean => at % 8 === 7;
/** Every eighth lies there twice: two files that say the same. */
const isTwice = (at: number): boolean => at % 8 === 3;

function drop(lives: Lives, mark: string, at: number): void {
  if (isMail(at)) {
    const head = `type: email\nto: ${mark}@client.example\nsubject: Offer ${mark}`;
    lives.drop(`Pending_Approval/EMAIL_${mark}.md`, `---\n${head}\n---\n\nDear Sara, ${mark}.\n`, mark);
  } else {
    const body = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNews **${mark}**.\n`;
    lives.drop(`Pending_Approval/LINKEDIN_${mark}.md`, body, mark);
    if (isTwice(at)) lives.drop(`Pending_Approval/LINKEDIN_${mark}_2.md`, body, mark);
  }
}

const patienceMs = 180_000;

/** What waits for an hour that a person named is at rest too. */
function isAtRest(lives: Lives, outside: Outside): boolean {
  assert.ok(!lives.isDead(), 'it died by itself');
  if (outside.telegram.updates().waiting > 0 || readInbox(lives.ledgerFile).waiting > 0) return false;
  const soon = Date.now() + 60_000;
  const { drafts, cards } = lives.record();
  return (
    drafts.every(
      ({ state, notBefore }) => state !== 'in_progress' && (state !== 'approved' || Number(notBefore) > soon),
    ) && cards.every(({ wantedHash, shownHash, retiring }) => wantedHash === shownHash && retiring === undefined)
  );
}

async function comeToRest(lives: Lives, outside: Outside): Promise<void> {
  const rests = async () => {
    if (isAtRest(lives, outside)) return true;
    await rest(250);
    return false;
  };
  await until(rests, 'it comes to rest', patienceMs);
  // The chat asks what nobody can tell; somebody looks at the account and tells the truth.
  for (const { id } of lives.record().drafts.filter(({ state }) => state === 'unknown')) {
    await answerQuestion(lives, outside, id);
  }
  await until(rests, 'it comes to rest again', patienceMs);
}

async function answerQuestion(lives: Lives, outside: Outside, draftId: string): Promise<void> {
  const isAsked = () => lives.record().drafts.find(({ id }) => id === draftId)?.state === 'unknown';
  const { key = '' } = lives.record().drafts.find(({ id }) => id === draftId) ?? {};
  const text = lives.record().revisions.findLast((one) => one.draftId === draftId)?.effect.text ?? '';
  const arrived = outside
    .received()
    .some(({ effect }) => `${effect.text}${effect.subject}`.includes(text.slice(0, 40)));
  const letter = arrived ? 'h' : 'l';
  await until(
    async () => {
      if (!isAsked()) return true;
      const card = outside.owner
        .messages()
        .findLast(({ buttons }) => buttons.flat().some(({ data }) => data?.startsWith(`1:${letter}:${key}:`) === true));
      const data = card?.buttons.flat().find((button) => button.data?.startsWith(`1:${letter}:`))?.data;
      if (card !== undefined && data !== undefined) outside.owner.forge(card.id, data);
      await rest(500);
      return !isAsked();
    },
    'the answer counts',
    patienceMs,
  );
}

async function judge(parts: {
  readonly lives: Lives;
  readonly outside: Outside;
  readonly marks: readonly string[];
  readonly people: readonly Person[];
  readonly crowd: Crowd;
}): Promise<Tally> {
  const { lives, outside, people, crowd, marks } = parts;
  const { owner, telegram } = outside;
  const account: Account = accountFor({
    deeds: crowd.deeds(),
    tried: crowd.tried(),
    person: owner,
    messages: owner.messages(),
    ledgerFile: lives.ledgerFile,
  });
  assert.deepEqual(account.wrong, []);
  assert.equal(readInbox(lives.ledgerFile).givenUp, 0, 'something was given up');
  const arrivals = outside.received().map(({ effect }) => `${effect.text ?? ''}${effect.subject ?? ''}`);
  // Whoever says yes to it lets the same leave twice: whether somebody did is asked of the record, by the audit.
  const once = marks.filter((_, at) => !isTwice(at));
  const twice = once.filter((mark) => arrivals.filter((words) => words.includes(mark)).length > 1);
  assert.deepEqual(twice, [], 'these went out twice');
  const written = marks.map((mark, at) => ({ mark, files: isTwice(at) ? 2 : 1 }));
  await keepsPromises(() => breachesOf({ lives, outside, written, people, accepted: account.accepted }));
  assert.deepEqual(orphansOf(lives.record(), owner.messages()), [], 'these ask beside their card');
  assert.deepEqual(lapsesOf(telegram), []);
  const states: Record<string, number> = {};
  for (const { state } of lives.record().drafts) states[state] = (states[state] ?? 0) + 1;
  return {
    deeds: crowd.deeds().length,
    accepted: account.accepted.length,
    refused: account.refused,
    late: account.late,
    arrived: arrivals.length,
    states,
  };
}
