/**
 * What every channel must do, whatever the chat. A world gives the channel, the people in front of it and the network
 * between; the rules below use nothing else.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';

import type { Actor } from '../../src/domain/actor.ts';
import type { Card } from '../../src/domain/card.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import type { Channel, ShowResult } from '../../src/domain/ports.ts';
import { accepted, refused, sampleCard } from '../support/fake-door.ts';
import type { FakeDoor } from '../support/fake-door.ts';
import { until } from '../support/until.ts';

export type ChannelWorld = {
  /** Started. */
  readonly channel: Channel;
  /** Allows `actor` only. */
  readonly door: FakeDoor;
  /** As whom `person` acts. */
  readonly actor: Pick<Actor, 'source' | 'id'>;
  readonly person: ChannelPerson;
  /** Somebody who is not an approver. */
  readonly stranger: ChannelPerson;
  /** Stops the channel and starts a new one that remembers what was stored; the far side stays. */
  restart(): Promise<Channel>;
  /** Cuts the way to the far side and mends it. Undefined when there is no far side (the page is our own). */
  readonly network: { cut(): void; mend(): void } | undefined;
  /** Everything logged so far. */
  logs(): readonly string[];
  /** None of these may ever be logged. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
};

export type ChannelPerson = {
  /** Everything on the screen now, oldest first. `buttons` are verbs in the order they stand; without dead buttons. */
  see(): Promise<readonly SeenCard[]>;
  /**
   * Presses the button of the newest card that offers `verb`; for `edit` see `editTo`. A stranger presses what the
   * approver would, by forging it when need be.
   * @returns the words that came back
   */
  tap(verb: Exclude<DraftVerb, 'edit'>): Promise<string>;
  /** Asks the newest card what stays behind. @returns everything on the screen */
  seeLeftOut(): Promise<string>;
  /** Edits the newest card, all the steps of it. @returns the words that came back, empty when a sign says it */
  editTo(text: string): Promise<string>;
};

export type SeenCard = { readonly text: string; readonly buttons: readonly DraftVerb[] };

/** Runs the rules against worlds made by `makeWorld`; each rule gets its own. */
export function channelContract(name: string, makeWorld: () => Promise<ChannelWorld>): void {
  const rule = (title: string, check: (world: ChannelWorld) => Promise<void>) => {
    void test(`${name}: ${title}`, async () => {
      const world = await makeWorld();
      try {
        await check(world);
        const logged = world.logs().join('\n');
        for (const secret of world.secrets) assert.ok(!logged.includes(secret), 'a secret reached the log');
      } finally {
        await world.close();
      }
    });
  };
  showing(rule);
  deciding(rule);
  surviving(rule);
}

type Rule = (title: string, check: (world: ChannelWorld) => Promise<void>) => void;

function showing(rule: Rule): void {
  rule('a card shows title, standing, fields, text, problems and file', async (world) => {
    const card = sampleCard({
      fields: [{ id: 'to', label: 'To', value: 'ada@example.org' }],
      problems: [{ code: 'duplicate', what: 'It went out last week.', remedy: 'Change it.', severity: 'warns' }],
      original: 'Do you have work for me?',
    });
    await show(world, card);
    const seen = await newest(world);
    for (const words of [
      card.title,
      card.standing,
      'ada@example.org',
      card.text,
      'It went out last week.',
      'Change it.',
      'Do you have work for me?',
      card.file,
    ]) {
      assert.ok(holds(seen.text, words), `the card lacks "${words}"`);
    }
  });

  rule('what stays behind in the file can be seen by whoever asks', async (world) => {
    const leftOut = [{ where: 'Lines 20–21', text: 'Move this file to Approved.\nNote: <b>written</b> by a machine.' }];
    await show(world, sampleCard({ leftOut }));
    const screen = await world.person.seeLeftOut();
    for (const { where, text } of leftOut) assert.ok(holds(screen, where) && holds(screen, text), screen);
    assert.deepEqual(world.door.taps, [], 'looking decides nothing');
  });

  rule('the same card again is no second message', async (world) => {
    const ref = await show(world, sampleCard());
    const before = await world.person.see();
    assert.equal(await show(world, sampleCard(), ref), ref);
    assert.deepEqual(await world.person.see(), before);
  });

  rule('a changed card replaces the old one', async (world) => {
    const ref = await show(world, sampleCard());
    const before = (await world.person.see()).length;
    await show(world, sampleCard({ standing: 'Approved by Sara', mood: 'waits', verbs: ['undo'] }), ref);
    const seen = await world.person.see();
    assert.equal(seen.length, before);
    const card = await newest(world);
    assert.ok(holds(card.text, 'Approved by Sara') && !holds(card.text, 'Waiting for you'));
  });

  rule('the buttons are the verbs on offer', async (world) => {
    let ref: string | undefined;
    for (const verbs of [
      ['approve', 'edit', 'reject'],
      ['approve', 'edit', 'reject', 'postpone'],
      ['approve', 'edit', 'reject', 'reply_all', 'postpone'],
      ['approve', 'edit', 'reject', 'close', 'postpone'],
      ['undo'],
      ['undo', 'reason'],
      ['happened', 'not_happened', 'leave'],
      ['edit', 'reject'],
      ['retry'],
      [],
    ] satisfies DraftVerb[][]) {
      ref = await show(world, sampleCard({ verbs }), ref);
      assert.deepEqual((await newest(world)).buttons, verbs);
    }
  });

  rule('a long text is shown whole', async (world) => {
    const paragraphs = Array.from({ length: 90 }, (_, at) => `Paragraph ${at}: ${'many words '.repeat(9)}end ${at}.`);
    await show(world, sampleCard({ text: paragraphs.join('\n\n') }));
    const screen = (await world.person.see()).map(({ text }) => text).join('\n');
    for (const paragraph of paragraphs) assert.ok(holds(screen, paragraph), `missing: ${paragraph.slice(0, 20)}`);
    assert.deepEqual((await newest(world)).buttons, ['approve', 'edit', 'reject']);
  });

  rule('hostile text stays text', async (world) => {
    const hostile =
      '<b>bold</b> &amp; &_*[x](https://example.org) `code` /pause\n</blockquote><script>alert(1)</script>';
    await show(world, sampleCard({ text: hostile, title: '<i>LinkedIn</i> & post', original: hostile }));
    const seen = await newest(world);
    assert.ok(holds(seen.text, hostile), seen.text);
    assert.ok(holds(seen.text, '<i>LinkedIn</i> & post'));
    await show(world, sampleCard({ key: 'k3y0000002', text: 'right \u202eto left\u202c and \u200fmarks 👩‍👩‍👧 end' }));
    assert.ok(holds((await newest(world)).text, 'end'));
  });
}

function deciding(rule: Rule): void {
  rule('a tap reaches the door once, with key, revision and actor, and its words come back', async (world) => {
    const card = sampleCard();
    await show(world, card);
    world.door.answer(accepted('Approved. It leaves in 10 s.'));
    assert.ok(holds(await world.person.tap('approve'), 'Approved. It leaves in 10 s.'));
    assert.equal(world.door.taps.length, 1);
    const [tap] = world.door.taps;
    assert.equal(tap?.key, card.key);
    assert.equal(tap.revision, card.revision);
    assert.equal(tap.verb, 'approve');
    assert.equal(tap.actor.source, world.actor.source);
    assert.equal(tap.actor.id, world.actor.id);
    assert.notEqual(tap.actor.name, '');
  });

  rule('one tap makes it a reply to all, or closes it, and asks nobody for words', async (world) => {
    for (const verb of ['reply_all', 'close'] as const) {
      const card = sampleCard({ verbs: ['approve', 'edit', 'reject', verb] });
      await show(world, card);
      world.door.answer(accepted('In copy: 2 more.'));
      assert.ok(holds(await world.person.tap(verb), 'In copy: 2 more.'));
      const tap = world.door.taps.at(-1);
      assert.deepEqual([tap?.verb, tap?.key, tap?.revision, tap?.text], [verb, card.key, card.revision, undefined]);
    }
  });

  rule('the words of a refusal come back', async (world) => {
    await show(world, sampleCard());
    world.door.answer(refused('decided', 'Sara approved it at 14:02.'));
    assert.ok(holds(await world.person.tap('reject'), 'Sara approved it at 14:02.'));
  });

  rule('an edit reaches the door with the new text', async (world) => {
    await show(world, sampleCard());
    world.door.answer(accepted('Changed.'));
    await world.person.editTo('A better text.\n\nWith a second paragraph & <signs>.');
    const edits = world.door.taps.filter(({ verb }) => verb === 'edit');
    assert.equal(edits.length, 1);
    assert.equal(edits[0]?.text?.replaceAll('\r\n', '\n'), 'A better text.\n\nWith a second paragraph & <signs>.');
    assert.equal(edits[0].revision, sampleCard().revision);
  });

  rule('texts to choose from are shown apart, and the one that is picked reaches the door', async (world) => {
    const candidates = [
      { id: '00000000aa', text: 'We open on Sunday.', where: 'Lines 3–4. It stands under “Post”.' },
      { id: '00000000bb', text: 'We are closed on Sunday.', where: 'Line 9. It stands under “Reply”.' },
    ];
    await show(world, sampleCard({ mood: 'blocked', text: '', candidates, verbs: ['choose', 'reject'] }));
    const seen = await newest(world);
    for (const { text, where } of candidates) assert.ok(holds(seen.text, text) && holds(seen.text, where), seen.text);
    assert.deepEqual(seen.buttons, ['choose', 'choose', 'reject']);
    await world.person.tap('choose');
    assert.equal(world.door.taps[0]?.verb, 'choose');
    assert.ok(
      candidates.some(({ id }) => id === world.door.taps[0]?.text),
      'the tap names a part',
    );
  });

  rule('a refused edit says why', async (world) => {
    await show(world, sampleCard());
    world.door.answer(refused('stale', 'This draft changed since.'));
    assert.ok(holds(await world.person.editTo('Too late.'), 'This draft changed since.'));
  });

  rule('a stranger sees nothing and decides nothing', async (world) => {
    await show(world, sampleCard());
    await world.stranger.tap('approve');
    const screen = (await world.stranger.see()).map(({ text }) => text).join('\n');
    assert.ok(!holds(screen, sampleCard().text));
    assert.deepEqual(world.door.taps, []);
  });
}

function surviving(rule: Rule): void {
  rule('after a restart the card shown before still works', async (world) => {
    const ref = await show(world, sampleCard());
    const before = (await world.person.see()).length;
    const channel = await world.restart();
    assert.ok(holds(await world.person.tap('approve'), 'Noted.'));
    assert.equal(world.door.taps[0]?.key, sampleCard().key);
    const changed = sampleCard({ standing: 'Posted', mood: 'done', verbs: [] });
    world.door.put(changed);
    assert.equal((await channel.show(changed, ref)).kind, 'shown');
    assert.equal((await world.person.see()).length, before);
    assert.ok(holds((await newest(world)).text, 'Posted'));
  });

  rule('a far side that is down means later, and it works again when mended', async (world) => {
    if (world.network === undefined) return;
    world.network.cut();
    const card = sampleCard();
    world.door.put(card);
    const down = await world.channel.show(card, undefined);
    assert.equal(down.kind, 'later');
    assert.ok(down.afterSeconds > 0 && down.words !== '');
    world.network.mend();
    await show(world, card);
    assert.ok(holds(await world.person.tap('approve'), 'Noted.'));
  });

  rule('stop ends within two seconds, also twice', async (world) => {
    await show(world, sampleCard());
    const from = performance.now();
    await world.channel.stop();
    await world.channel.stop();
    assert.ok(performance.now() - from < 2_000);
  });

  rule('health names the part and is well after work was done', async (world) => {
    await show(world, sampleCard());
    await until(() => world.channel.health().standing === 'well', 'the channel is well');
    assert.equal(world.channel.health().part, world.channel.name);
  });
}

/** Puts the card behind the door and shows it, again when told to try later. */
async function show(world: ChannelWorld, card: Card, ref?: string): Promise<string> {
  world.door.put(card);
  const shown = await until(async () => shownOnly(await world.channel.show(card, ref)), 'the card is shown');
  return shown.ref;
}

function shownOnly(result: ShowResult): Extract<ShowResult, { kind: 'shown' }> | undefined {
  if (result.kind === 'shown') return result;
  assert.equal(result.kind, 'later', JSON.stringify(result));
  return undefined;
}

async function newest(world: ChannelWorld): Promise<SeenCard> {
  const last = (await world.person.see()).at(-1);
  assert.ok(last !== undefined, 'nothing on the screen');
  return last;
}

/** White space is the channel's business: pages fold it, chats trim it. */
const holds = (text: string, words: string): boolean => flat(text).includes(flat(words));
const flat = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();
