/** A chat in which one of everything stands: what the program left there, and what it remembers of it. */
import assert from 'node:assert/strict';

import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import type { Card } from '../../src/domain/card.ts';
import { sampleCard } from '../support/fake-door.ts';
import { cardMedia } from '../support/fake-exhibits.ts';
import { png } from '../support/pictures.ts';
import { until } from '../support/until.ts';
import { both, draft, offers, showAll } from './telegram-set-world.ts';
import { showCard } from './telegram-world.ts';
import type { TelegramWorld } from './telegram-world.ts';

/** So many cards of their own before the digest leads to the next. */
export const digestFrom = 6;

const bytes = png(60, 40, 1);
const longText = `The long one. ${'abcde fghij klmno. '.repeat(600)}`.trim();
export const cards = {
  short: sampleCard({ key: 'k3y0000005', text: 'The short one.' }),
  long: sampleCard({ key: 'k3y0000006', text: longText }),
  picture: sampleCard({ key: 'k3y0000007', text: 'The one with a picture.', media: [cardMedia('a.png', bytes)] }),
  files: sampleCard({
    key: 'k3y0000008',
    text: 'The one with two pictures.',
    media: [cardMedia('a.png', bytes), cardMedia('b.png', bytes)],
  }),
  first: draft(1),
  second: draft(2),
  held: sampleCard({ key: 'k3y0000009', text: 'The one without a card.' }),
} satisfies Record<string, Card>;

export type Standing = { readonly refs: Readonly<Record<'short' | 'long' | 'picture' | 'files' | 'held', string>> };

/** Everything stands, a review goes on and a question is open. */
export async function standAll(world: TelegramWorld): Promise<Standing> {
  world.files.set('a.png', bytes);
  world.files.set('b.png', bytes);
  const { ref: short } = await showCard(world, cards.short);
  const { ref: long } = await showCard(world, cards.long);
  const { ref: picture } = await showCard(world, cards.picture);
  const { ref: files } = await showCard(world, cards.files);
  await showAll(world, 1, 2);
  await offers(world, ...both(2));
  const { ref: held } = await showCard(world, cards.held);
  await said(world, (text) => text.includes('drafts are waiting'), 'the digest');
  world.owner.send('/next');
  await said(world, (text) => text.startsWith('1 of '), 'the review');
  await press(world, numberOf(short), 'Edit');
  await until(() => world.owner.messages().find(({ forceReply }) => forceReply), 'the question');
  await until(() => world.inbox.rows.every(({ state }) => state === 'done'), 'all is acted on');
  return { refs: { short, long, picture, files, held } };
}

export const numberOf = (ref: string): number => Number(ref.split(':')[1]);

export const said = (world: TelegramWorld, fits: (text: string) => boolean, what: string): Promise<SeenMessage> =>
  until(() => world.owner.messages().findLast(({ from, text }) => from === 'bot' && fits(text)), what);

export async function press(world: TelegramWorld, number: number, label: string): Promise<string> {
  const message = world.owner.messages().find(({ id }) => id === number) ?? assert.fail(`no message ${number}`);
  assert.ok(
    message.buttons.flat().some((button) => button.label.includes(label)),
    `no button ${label} below ${message.text.slice(0, 40)}`,
  );
  return (await world.toast(world.owner, world.owner.tap(number, { label }))).text;
}
