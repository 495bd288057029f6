/**
 * The child's end of a browser: takes one order at a time, opens the profile, lets the recipe of the platform work,
 * and closes the browser properly afterwards: a killed browser loses logins younger than half a minute.
 */
import { endedByError, stoppedProblem, troubleOf } from './browser-errors.ts';
import { createLine } from './browser-line.ts';
import { openBench } from './browser-bench.ts';
import type { ChildAnswer, Order, ToChild, ToParent } from './browser-protocol.ts';
import type { Bench, BenchPlan } from './browser-bench.ts';
import type { Confirmation, Outcome } from '../domain/outcome.ts';
import type { Effect } from '../domain/effect.ts';

/** What a platform does with an open browser. */
export type Recipe = {
  readonly plan: BenchPlan;
  carryOut(effect: Effect, bench: Bench, dryRun: boolean): Promise<Outcome>;
  confirm(effect: Effect, committedAt: Date, bench: Bench): Promise<Confirmation>;
  logIn(bench: Bench, waitMs: number): Promise<ChildAnswer>;
};

/** Serves orders until the parent ends it or goes away. Call it from a child's entry module. */
export function serveBrowserOrders(recipe: Recipe): void {
  const say = (message: ToParent) => {
    if (process.connected) process.send?.(message);
  };
  const parent = createLine(say);
  let work: Promise<void> = Promise.resolve();
  let closeBench: Bench['close'] = () => Promise.resolve();

  const take = async (order: Order) => {
    parent.begin();
    const opened = await openBench(order, recipe.plan, parent.line);
    if (opened.kind === 'failed') {
      say({ kind: 'done', answer: withoutBrowser(order, opened.outcome) });
      return;
    }
    closeBench = opened.bench.close;
    const answer = parent.line.ending()
      ? withoutBrowser(order, { kind: 'retry_later', problem: stoppedProblem })
      : await follow(recipe, order, opened.bench, parent.committed);
    await opened.bench.close();
    say({ kind: 'done', answer });
  };

  const end = async () => {
    parent.end();
    // Closing the browser makes every step before commit fail at once; after commit the recipe finishes by itself.
    if (parent.mayBreakOff()) await closeBench();
    await work;
    process.disconnect();
  };

  process.on('message', (raw) => {
    const message = raw as ToChild;
    if (message.kind === 'order') work = take(message.order);
    else if (message.kind === 'end') void end();
    else parent.hear(message);
  });
  process.once('disconnect', () => {
    void closeBench().finally(() => process.exit(0));
  });
  // The terminal's Ctrl+C reaches the whole group; the parent decides when the child ends.
  process.on('SIGINT', () => undefined);
}

async function follow(recipe: Recipe, order: Order, bench: Bench, committed: () => boolean): Promise<ChildAnswer> {
  try {
    if (order.kind === 'carry_out') {
      return { kind: 'outcome', outcome: await recipe.carryOut(order.effect, bench, order.dryRun) };
    }
    if (order.kind === 'confirm') {
      return { kind: 'confirmation', confirmation: await recipe.confirm(order.effect, order.committedAt, bench) };
    }
    return await recipe.logIn(bench, order.waitMs);
  } catch (thrown) {
    await bench.keepTrouble();
    const outcome = endedByError(thrown, committed(), bench.ending());
    return withoutBrowser(order, outcome);
  }
}

/** The answer to an order that could not be followed. */
function withoutBrowser(order: Order, outcome: Outcome): ChildAnswer {
  switch (order.kind) {
    case 'carry_out':
      return { kind: 'outcome', outcome };
    case 'confirm':
      return { kind: 'confirmation', confirmation: { kind: 'cannot_tell', why: troubleOf(outcome).what } };
    case 'log_in':
      return { kind: 'not_linked', problem: troubleOf(outcome) };
  }
}
