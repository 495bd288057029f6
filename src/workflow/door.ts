/** The only way in for people: channels, the page and the command line hold this and nothing else of the core. */
import { mayAct, roleOf } from '../domain/approver.ts';
import type { Actor } from '../domain/actor.ts';
import type { Verdict } from '../domain/decision.ts';
import type { Draft } from '../domain/draft.ts';
import type { Health } from '../domain/health.ts';
import type { Door, Status } from '../domain/ports.ts';
import { messageOf, oneLine, strange } from '../lib/words.ts';
import { decide } from './decide/index.ts';
import { refused } from './decide/words.ts';
import { createKnocks } from './knocks.ts';
import { createLook } from './look.ts';
import { jobKinds } from './parts.ts';
import type { Parts } from './parts.ts';
import { setPaused, isPaused } from './pausing.ts';
import { cardOf } from './present.ts';
import { createUndrafted } from './undrafted/index.ts';

/**
 * @param healths how the other parts stand, asked at each call
 * @param afterwards called after everything that changed something
 * @param look called when a file was written that is to be looked at
 */
export function createDoor(
  parts: Parts,
  healths: () => readonly Health[],
  afterwards: () => void,
  look: () => void,
  startedAt: Date,
): Door {
  const knocks = createKnocks(parts, afterwards);
  // Channels turn strangers away before they get so far.
  const isStranger = (actor: Actor): boolean => roleOf(parts, actor) === undefined;
  const setPause = async (actor: Actor, paused: boolean): Promise<Verdict> => {
    if (isStranger(actor)) knocks.knocked(actor, 'tap');
    return await pauseOrResume(parts, actor, paused, afterwards);
  };
  return {
    may: (actor, verb) => mayAct(parts, actor, verb),
    knocked: knocks.knocked,
    async pair(actor, code) {
      const verdict = await parts.pair(actor, code);
      afterwards();
      return verdict;
    },
    async decide(tap) {
      const verdict = await decide(parts, tap, afterwards);
      if (isStranger(tap.actor)) {
        knocks.knocked(tap.actor, 'tap');
        return verdict;
      }
      const words = `${tap.verb} by ${tap.actor.source}:${oneLine(tap.actor.name, 40)}`;
      parts.logger.info(`${words}: ${verdict.kind}${verdict.kind === 'refused' ? ` (${verdict.why})` : ''}`);
      afterwards();
      return verdict;
    },
    pause: (actor) => setPause(actor, true),
    resume: (actor) => setPause(actor, false),
    async cards(settled = 0) {
      const drafts = [
        ...(await parts.ledger.drafts.open()),
        ...(settled > 0 ? await parts.ledger.drafts.settled(settled) : []),
      ];
      return await Promise.all(drafts.map((draft: Draft) => cardOf(parts, draft)));
    },
    async card(key) {
      const draft = await parts.ledger.drafts.byKey(key);
      return draft === undefined ? undefined : await cardOf(parts, draft);
    },
    async attempts(key) {
      const draft = await parts.ledger.drafts.byKey(key);
      return draft === undefined ? [] : await parts.ledger.attempts.of(draft.id);
    },
    attempt: (id) => parts.ledger.attempts.byId(id),
    status: async () => ({ ...(await statusOf(parts, healths(), startedAt)), knocks: knocks.counts() }),
    ...createLook(parts),
    ...createUndrafted(parts, look),
  };
}

async function pauseOrResume(parts: Parts, actor: Actor, paused: boolean, afterwards: () => void): Promise<Verdict> {
  const permission = mayAct(parts, actor, paused ? 'pause' : 'resume');
  if (permission.kind === 'refused') return refused('not_allowed', permission.why);
  try {
    await setPaused(parts.ledger, paused);
  } catch (thrown) {
    parts.logger.error(`Could not ${paused ? 'pause' : 'resume'}: ${messageOf(thrown)}`, thrown);
    return refused('trouble', 'That could not be recorded, so nothing was changed. Please try again.');
  }
  parts.logger.info(`${paused ? 'Paused' : 'Resumed'} by ${actor.source}:${oneLine(actor.name, 40)}`);
  // On record from here on: cards that can't be redrawn now are redrawn later, and the answer stays true.
  await lookAtApproved(parts).catch((thrown: unknown) => {
    parts.logger.error(`After a pause or its end not everything was looked at: ${messageOf(thrown)}`, thrown);
  });
  afterwards();
  return { kind: 'accepted', say: paused ? await pausedWords(parts).catch(() => pausedAtLeast) : 'Going on.' };
}

const pausedAtLeast = 'Paused: nothing goes out until you resume.';
const lately = 10 * 60_000;

/** Nobody can call back what is past its point of no return: whoever pauses in alarm wants to know what that is. */
async function pausedWords(parts: Parts): Promise<string> {
  const since = new Date(parts.clock.now().getTime() - lately);
  const running = (await parts.ledger.drafts.open()).filter(({ state }) => state === 'in_progress');
  const left = (await parts.ledger.drafts.settled(20)).filter(
    ({ state, updatedAt }) => state === 'done' && updatedAt >= since,
  );
  const names = (drafts: readonly Draft[]) =>
    oneLine(drafts.map(({ file }) => strange(file.path.split('/').at(-1) ?? file.path, 80)).join(', '), 90);
  return [
    pausedAtLeast,
    running.length === 0 ? '' : `Perhaps too late for: ${names(running)}.`,
    left.length === 0 ? '' : `Left in the last 10 minutes: ${names(left)}.`,
  ]
    .filter((words) => words !== '')
    .join(' ');
}

async function lookAtApproved(parts: Parts): Promise<void> {
  const runAt = parts.clock.now();
  const approved = (await parts.ledger.drafts.open()).filter((draft) => draft.state === 'approved');
  await parts.ledger.tx(async ({ jobs }) => {
    for (const { id } of approved) await jobs.add({ kind: jobKinds.settle, key: id, serialKey: id, runAt });
  });
  parts.jobs.wake();
}

const lastLooked = 20;
const lastShown = 3;

async function lastOut(parts: Parts): Promise<Status['last']> {
  const settled = await parts.ledger.drafts.settled(lastLooked);
  return settled
    .filter(({ state }) => state === 'done')
    .slice(0, lastShown)
    .map(({ platform, file, updatedAt }) => ({
      label: parts.platforms.find(({ id }) => id === platform)?.label ?? platform,
      file: file.path.split('/').at(-1) ?? file.path,
      at: updatedAt,
    }));
}

async function statusOf(parts: Parts, healths: readonly Health[], startedAt: Date): Promise<Omit<Status, 'knocks'>> {
  const counts = await parts.ledger.drafts.counts();
  const since = new Date(parts.clock.now().getTime() - 3_600_000);
  const limits = await Promise.all(
    [...parts.executors.values()].map(async ({ platform, account }) => ({
      platform: platform.id,
      label: platform.label,
      used: (await parts.ledger.attempts.commitsSince(platform.id, account, since)).length,
      perHour: parts.rules.limits.get(platform.id) ?? 0,
    })),
  );
  return {
    startedAt,
    paused: await isPaused(parts.ledger),
    counts: {
      pending: counts.pending,
      approved: counts.approved,
      inProgress: counts.in_progress,
      unknown: counts.unknown,
      done: counts.done,
      rejected: counts.rejected,
      failed: counts.failed,
    },
    parts: healths,
    last: await lastOut(parts),
    limits: limits.filter((limit) => limit.perHour > 0),
  };
}
