import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { HistoryEvent } from '../../../src/domain/history.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';
import { until } from '../../support/until.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

async function ask(world: World, name: string, content: string) {
  world.write(`Pending_Approval/${name}`, content);
  await world.rescan();
  return await world.card(name, 'asks');
}

const told = (events: readonly HistoryEvent[]) =>
  events.map((event) =>
    event.kind === 'version'
      ? `version ${event.version}`
      : event.kind === 'decision'
        ? `${event.decision.verb} ${event.version} by ${event.decision.actor.name}`
        : event.kind === 'comment'
          ? `comment ${event.version} by ${event.comment.actor.name}`
          : `try ${event.attempt.number} of ${event.version}: ${event.attempt.outcome ?? event.attempt.phase}`,
  );

describe('a closer look', () => {
  it('tells every text, decision and try in order, also after a restart and a clock that was set back', async (t) => {
    const world = await createWorld(t);
    const name = 'LINKEDIN_news.md';
    const card = await ask(world, name, post('We are open on Sunday.'));
    await world.pass(60_000);
    await world.tap(card, 'comment', sara, 'Is it Sunday?');
    await world.tap(card, 'edit', sara, 'We are open on Monday.');
    await until(() => world.read(`Pending_Approval/${name}`).includes('Monday'), 'the file says it');
    const changed = await until(async () => {
      const now = await world.card(name, 'asks');
      return now.revision !== card.revision && now;
    }, 'the new card');
    await world.tap(changed, 'reject', sara, 'Not now');
    await until(() => world.exists(`Rejected/${name}`), 'it is rejected');
    world.clock.jump(-3_600_000);
    await world.tap(await world.card(name, 'rejected'), 'undo');
    await until(() => world.exists(`Pending_Approval/${name}`), 'it is back');
    await world.tap(await world.card(name, 'asks'), 'comment', sara, 'After all.');
    await world.tap(await world.card(name, 'asks'), 'approve');
    await world.pass(10_500);
    await world.card(name, 'done');
    await world.stop();
    await world.start();
    assert.deepEqual(told(await world.door().history(card.key)), [
      'version 1',
      'comment 1 by Sara',
      'edit 1 by Sara',
      'version 2',
      'reject 2 by Sara',
      'undo 2 by Sara',
      'comment 2 by Sara',
      'approve 2 by Sara',
      'try 1 of 2: posted',
    ]);
    assert.deepEqual(await world.door().history('nobody0000'), []);
  });

  it('gives the file as it lies there, byte for byte, wherever it lies, and none that is another’s or too large', async (t) => {
    const world = await createWorld(t);
    const name = 'LINKEDIN_news.md';
    const bytes = Buffer.from(`\ufeff${post('Grüße')}`.replaceAll('\n', '\r\n'));
    const card = await ask(world, name, post('Hello'));
    writeFileSync(join(world.vaultPath, 'Pending_Approval', name), bytes);
    const got = await world.door().file(card.key, 1_000);
    assert.equal(got?.name, name);
    assert.deepEqual(Buffer.from(got.bytes), bytes);
    assert.equal(await world.door().file(card.key, bytes.length - 1), undefined);
    assert.equal(await world.door().file('nobody0000', 1_000), undefined);
    await world.rescan();
    await world.tap(await world.card(name, 'asks'), 'reject');
    const rejected = await until(
      async () => world.exists(`Rejected/${name}`) && (await world.door().file(card.key, 1_000)),
      'the rejected file is given',
    );
    assert.match(Buffer.from(rejected.bytes).toString(), /Grüße/);
    world.move(`Rejected/${name}`, 'Needs_Action/elsewhere.md');
    world.write(`Rejected/${name}`, 'Somebody else put this here.');
    assert.equal(await world.door().file(card.key, 1_000), undefined);
  });

  it('shows the whole message that is answered, and so does the card', async (t) => {
    const world = await createWorld(t);
    const question = Array.from({ length: 200 }, (_, n) => `question number ${n}`).join('\n');
    const mail = `---\ntype: email_reply\nto: sara@example.com\nsubject: Re: Hours\n---\n\n## Draft Reply\n\nYes.\n\n## Original Message\n\n${question}\n`;
    const card = await ask(world, 'EMAIL_sara.md', mail);
    assert.equal(card.original, question);
    const whole = await world.door().whole(card.key);
    assert.deepEqual([whole?.revision, whole?.text, whole?.original], [card.revision, 'Yes.', question]);
    assert.equal(await world.door().whole('nobody0000'), undefined);
  });

  it('names the next slot of the limit only when the limit matters, those counted that are approved already', async (t) => {
    const world = await createWorld(t, { limits: new Map([['linkedin', 1]]) });
    const slot = async (key: string) => await world.door().nextSlot(key);
    const first = await ask(world, 'LINKEDIN_1.md', post('One.'));
    assert.equal(await slot(first.key), undefined, 'there is room');
    await world.tap(first, 'approve');
    await world.pass(10_500);
    await world.card('LINKEDIN_1.md', 'done');
    const left = world.clock.now();
    const second = await ask(world, 'LINKEDIN_2.md', post('Two.'));
    const free = await slot(second.key);
    assert.ok(free !== undefined && Math.abs(free.getTime() - left.getTime() - 3_600_000) < 10_000);
    await world.tap(second, 'approve', sara, free.toISOString());
    await world.card('LINKEDIN_2.md', 'waits');
    const third = await ask(world, 'LINKEDIN_3.md', post('Three.'));
    assert.equal((await slot(third.key))?.getTime(), free.getTime() + 3_600_000);
    const mail = await ask(world, 'EMAIL_a.md', '---\nto: a@example.com\nsubject: Hello\n---\n\nHello.\n');
    assert.equal(await slot(mail.key), undefined, 'no limit');
    await world.pass(3_600_000);
    await world.card('LINKEDIN_2.md', 'done');
    assert.equal(world.executor.effects.length, 2);
  });

  it('keeps a name that runs the other way apart from our words', async (t) => {
    const world = await createWorld(t);
    const card = await ask(world, 'LINKEDIN_news.md', post('Hello.'));
    await world.tap(card, 'approve', { ...sara, name: 'עדה\u202e' });
    assert.match((await world.card('LINKEDIN_news.md', 'waits')).standing, /^Approved by \u2068עדה\u2069 at \d\d:\d\d/);
  });

  it('warns of signs that nobody sees, and shows the text as it is', async (t) => {
    const world = await createWorld(t);
    const text = 'Pay \u202e001\u202c to\u200b me.';
    const card = await ask(world, 'LINKEDIN_news.md', post(text));
    assert.equal(card.text, text);
    const problem = card.problems.find(({ code }) => code === 'hidden_signs');
    assert.deepEqual([problem?.severity, problem?.what.slice(0, 8)], ['warns', '3 signs ']);
    assert.ok(card.verbs.includes('approve'));
  });
});
