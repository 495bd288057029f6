/** What the tests of the Telegram stand-in share: one on a held clock, and plain calls to it. */
import type { TestContext } from 'node:test';
import { createTelegramStandIn } from '../../../sandbox/telegram/index.ts';
import type { Answer, Person, TelegramStandIn } from '../../../sandbox/telegram/index.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import type { HeldClock } from '../../support/held-clock.ts';

export type Bench = {
  readonly clock: HeldClock;
  readonly standIn: TelegramStandIn;
  readonly sara: Person;
  /** A call with JSON parameters. */
  call(method: string, parameters?: Record<string, unknown>): Promise<Answer>;
  /** Sends a message to Sara that must succeed; returns its id. */
  sent(parameters: Record<string, unknown>): Promise<number>;
};

/** Stops by itself when the test ends. */
export async function createBench(context: TestContext): Promise<Bench> {
  const clock = createHeldClock(new Date('2026-11-22T12:00:00Z'));
  const standIn = await createTelegramStandIn({ clock, random: systemRandom });
  context.after(() => standIn.stop());
  const sara = standIn.addPerson({ id: 42, firstName: 'Sara' });
  const call = async (method: string, parameters: Record<string, unknown> = {}) => {
    const response = await fetch(`${standIn.apiRoot}/bot${standIn.token}/${method}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(parameters),
    });
    return (await response.json()) as Answer;
  };
  const sent = async (parameters: Record<string, unknown>) => {
    const answer = await call('sendMessage', { chat_id: 42, text: 'Hello', ...parameters });
    if (!answer.ok) throw new Error(answer.description);
    return (answer.result as { message_id: number }).message_id;
  };
  return { clock, standIn, sara, call, sent };
}

/** One inline keyboard with one row. */
export const keyboard = (...row: readonly unknown[]) => ({ inline_keyboard: [row] });

export const button = { text: 'Approve', callback_data: 'a:1' };
