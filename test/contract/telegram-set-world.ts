/** Drafts of one idea in the chat, and the message below them. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { sampleCard } from '../support/fake-door.ts';
import { until } from '../support/until.ts';
import { showCard } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

export const verbs: DraftVerb[] = ['approve', 'edit', 'reject', 'postpone'];
const places = ['', 'LinkedIn', 'X', 'Facebook', 'Instagram'] as const;
export const set = { id: '5e7a5e7a5e', words: 'Summer sale' };

export const draft = (n: number, change: Partial<Card> = {}): Card =>
  sampleCard({
    key: `k3y000000${n}`,
    revision: `${n}bcdef0123`,
    noun: `${places[n]} post`,
    action: `${places[n]}/post`,
    platform: places[n] ?? '',
    text: `Text number ${n}.`,
    verbs,
    set,
    ...change,
  });
export const show = (world: TelegramWorld, n: number, change: Partial<Card> = {}, ref?: string) =>
  showCard(world, draft(n, change), ref);
export const put = (world: TelegramWorld, ...numbers: readonly number[]) => {
  for (const n of numbers) world.door.put(draft(n));
};

/** All are on record before the first is shown, as when they are dropped together. */
export async function showAll(world: TelegramWorld, ...numbers: readonly number[]): Promise<string[]> {
  put(world, ...numbers);
  const refs: string[] = [];
  for (const n of numbers) refs.push((await show(world, n)).ref);
  return refs;
}

export const lists = (world: TelegramWorld): readonly SeenMessage[] =>
  world.owner.messages().filter(({ from, text }) => from === 'bot' && text.startsWith('One idea, '));
export const labels = ({ buttons }: SeenMessage) => buttons.flat().map(({ label }) => label);
/** The one message, once it is as it should be. */
export const list = (
  world: TelegramWorld,
  fits: (message: SeenMessage) => boolean,
  what: string,
): Promise<SeenMessage> =>
  until(
    () => {
      const [only, ...others] = lists(world);
      return only !== undefined && others.length === 0 && fits(only) ? only : undefined;
    },
    `${what} (it says ${JSON.stringify(lists(world).map((one) => [one.text, labels(one)]))})`,
  );
export const offers = (world: TelegramWorld, ...wanted: readonly string[]) =>
  list(world, (message) => labels(message).join() === wanted.join(), `the buttons are ${wanted.join(', ')}`);
export const both = (n: number) => [`✅ Approve all ${n}`, `❌ Reject all ${n}`];
export const dataOf = (message: SeenMessage, label: string): string =>
  message.buttons.flat().find((button) => button.label.includes(label))?.data ?? assert.fail(`no button ${label}`);
export const press = (world: TelegramWorld, message: SeenMessage, label: string) =>
  world.toast(world.owner, world.owner.tap(message.id, { label }));
export const forge = (world: TelegramWorld, message: SeenMessage, data: string) =>
  world.toast(world.owner, world.owner.forge(message.id, data));
export const decisions = (world: TelegramWorld) =>
  world.door.taps.map(({ verb, key, revision }) => `${verb} ${key.slice(-1)} ${revision}`);
export const cardOf = (world: TelegramWorld, n: number) =>
  world.owner.messages().findLast(({ text }) => text.includes(`Text number ${n}.`) && !text.startsWith('One idea'));
