/**
 * Nothing leaves that could not be seen where it was approved (promise P1): for every channel, whatever would leave.
 * A new channel says how to look at it, and how its screen names what nobody sees.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import * as fc from 'fast-check';

import type { Card } from '../../src/domain/card.ts';
import { emptyEffect } from '../../src/domain/effect.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { Problem } from '../../src/domain/problem.ts';
import { sha256 } from '../../src/lib/hash.ts';
import { zonedMoment } from '../../src/lib/local-time.ts';
import { bytesOf, cardOfEffect, oddCards } from '../support/odd-effects.ts';

/** What a person sees of one card. */
export type Screen = {
  /** Whether one press there lets it out, now or at a time. */
  readonly offersApprove: boolean;
  /** Whether this value of one line can be read there, to the sign. */
  holdsLine(value: string): boolean;
  /** Whether this text can be read there, to the sign. */
  holdsText(text: string): boolean;
  /** All of it, for the message of a failure. */
  readonly text: string;
};

export type Looker = {
  /** Shows a card nobody saw yet and looks at it. Its key and revision are new each time. */
  look(card: Card): Promise<Screen>;
  close(): Promise<void>;
};

export type Shown = {
  readonly name: string;
  readonly open: () => Promise<Looker>;
  /** How many random effects. */
  readonly runs: number;
  /** What it must offer to approve, so that a channel that offers nothing does not pass. */
  readonly offers: (typeof ordinary)[number]['name'][];
};

const person = (at: number) => `Person Number ${at} <person.${at}@customer-${at}.example>`;
const people = (count: number) => Array.from({ length: count }, (_, at) => person(at));
const files = (count: number) =>
  Array.from({ length: count }, (_, at) => ({
    path: `Media/${at}`,
    name: `${at} ${'a very long name of a file '.repeat(9)}.pdf`,
    type: 'application/pdf',
    bytes: bytesOf(at).length,
    sha256: sha256(Buffer.from(bytesOf(at)).toString()),
  }));
const thread = ['We open.', 'On Sunday.', 'Come.'];
const letter: Effect = {
  ...emptyEffect,
  platform: 'mail',
  account: 'you@example.com',
  to: [person(0)],
  subject: 'Our garden',
  text: 'We are open on Sunday.\n\nCome and see.',
};

const ordinary = [
  { name: 'a short mail', effect: letter },
  { name: '26 recipients', effect: { ...letter, to: people(26) } },
  { name: '120 recipients in three lines', effect: { ...letter, to: people(60), cc: people(50), bcc: people(10) } },
  { name: 'a subject of 500 signs', effect: { ...letter, subject: 'very '.repeat(99) + 'long' } },
  {
    name: 'a text of 30,000 signs',
    effect: { ...letter, text: 'many words, and more of them\n'.repeat(1_034).trim() },
  },
  {
    name: 'a text of 60,000 signs',
    effect: { ...letter, text: 'many words, and more of them\n'.repeat(2_068).trim() },
  },
  { name: 'twenty files with long names', effect: { ...letter, media: files(20) } },
  {
    name: 'a thread of three posts',
    effect: { ...letter, to: [], subject: '', text: 'We open.\n\nOn Sunday.\n\nCome.', parts: thread },
  },
  {
    name: 'signs nobody sees',
    effect: { ...letter, subject: 'pay\u202e001\u202c now', text: 'a\u2028b\u200b c\u0000 x\u030a' },
  },
] as const;

export function shownContract({ name, open, runs, offers }: Shown): void {
  const rule = (title: string, check: (looker: Looker) => Promise<void>): void => {
    void test(`${name}: ${title}`, async () => {
      const looker = await open();
      try {
        await check(looker);
      } finally {
        await looker.close();
      }
    });
  };

  rule('whatever would leave can be read to the sign where Approve is offered', async (looker) => {
    let offered = 0;
    await fc.assert(
      fc.asyncProperty(oddCards, async ({ effect, problems }) => {
        const screen = await looker.look(fresh(cardOfEffect(effect, problems)));
        if (!screen.offersApprove) return;
        offered += 1;
        holdsAll(screen, effect, problems);
      }),
      { numRuns: runs },
    );
    assert.ok(offered > 0, 'it offered nothing at all');
  });

  for (const { name: what, effect } of ordinary) {
    rule(
      `${what}: ${offers.includes(what) ? 'is offered, and' : 'if it is offered, it'} can be read to the sign`,
      async (looker) => {
        const screen = await looker.look(fresh(cardOfEffect(effect)));
        assert.equal(screen.offersApprove, offers.includes(what), screen.text.slice(0, 600));
        if (screen.offersApprove) holdsAll(screen, effect, []);
        else assert.match(screen.text, /web page|in the vault|own card|npm run/, 'it says where it can be approved');
      },
    );
  }
}

let shown = 0;
function fresh(card: Card): Card {
  shown += 1;
  const mark = shown.toString(36).padStart(9, '0');
  return { ...card, key: `k${mark}`, revision: `r${mark}` };
}

function holdsAll(screen: Screen, effect: Effect, problems: readonly Problem[]): void {
  const { to, cc, bcc, subject, target, media, text, parts, schedule } = effect;
  for (const value of [...to, ...cc, ...bcc, subject, target, ...media.map((file) => file.name)]) {
    assert.ok(
      screen.holdsLine(value),
      `${JSON.stringify(value)} is not in ${JSON.stringify(screen.text).slice(0, 600)}`,
    );
  }
  for (const [at, one] of (parts ?? [text]).entries()) {
    assert.ok(
      screen.holdsText(one),
      `${JSON.stringify(one).slice(0, 600)} is not in ${JSON.stringify(screen.text).slice(0, 600)}`,
    );
    const label = `${at + 1} of ${parts?.length}`;
    assert.ok(parts === undefined || screen.text.includes(label), `where part ${at + 1} begins is not said`);
  }
  if (schedule !== '') assert.ok(screen.holdsLine(zonedMoment(new Date(schedule), '')), 'the time is missing');
  for (const { what } of problems) assert.ok(bare(screen.text).includes(bare(what)), `${what} is missing`);
}

/** Without what keeps words apart. */
const bare = (words: string): string => words.replaceAll(/[\u2066-\u2069]/g, '').normalize('NFC');
