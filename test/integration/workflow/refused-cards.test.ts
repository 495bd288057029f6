/** One card or one note that a channel does not take holds up nothing but itself (promise P4). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import type { Card, Note } from '../../../src/domain/card.ts';
import type { SayResult, ShowResult } from '../../../src/domain/ports.ts';
import { withTrouble } from '../../../src/workflow/deliver.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;
const names = ['LINKEDIN_1.md', 'LINKEDIN_2.md', 'LINKEDIN_3.md'] as const;
type Name = (typeof names)[number];
const nameOf = (card: Card): Name =>
  names.find((name) => card.file.endsWith(name)) ?? assert.fail(`a card of ${card.file}`);
const refused: ShowResult = { kind: 'refused', words: 'The chat does not take the message (too long).' };

/** A chat that answers as `rule` says, or as usual. What it was asked to show, and what it showed, in order. */
async function createChoosy(t: TestContext, rule: (card: Card, ref: string | undefined) => ShowResult | undefined) {
  const world = await createWorld(t);
  const [tries, shown]: [Name[], Name[]] = [[], []];
  const real = world.chat.show;
  Object.assign(world.chat, {
    async show(card: Card, ref: string | undefined): Promise<ShowResult> {
      tries.push(nameOf(card));
      const answer = rule(card, ref);
      if (answer !== undefined) return answer;
      shown.push(nameOf(card));
      return await real(card, ref);
    },
  });
  const health = () => withTrouble(world.chat.health(), world.workflow().troubles().get('chat'));
  return { world, tries, shown, health };
}

/** Three drafts, one after the other, so that their cards wait in this order. */
async function askThree(world: World): Promise<void> {
  for (const name of names) {
    world.write(`Pending_Approval/${name}`, post(`Text of ${name}.`));
    await world.rescan();
    await until(() => [...world.second.cards.values()].some(({ file }) => file.endsWith(name)), 'the desk shows it');
  }
}

/** Lets time pass minute by minute, each with all that it brings. */
async function minutes(world: World, count: number): Promise<void> {
  for (let minute = 0; minute < count; minute += 1) {
    await world.pass(60_000);
    // One turn of the delivery reads the ledger on another thread of work: wait until nothing changes there.
    await world.parts().ledger.cards.due('chat', 9);
    await world.pass(0);
  }
}

const say = (world: World, text: string) => world.workflow().announce(text, text);
const said = (world: World) => world.chat.notes.map(({ text }) => text);

describe('a card that a channel refuses', () => {
  for (const [at, which] of ['first', 'middle', 'last'].entries()) {
    it(`${which} of three: the others and the notes behind it go at once, and it is tried less and less`, async (t) => {
      const { world, tries, shown, health } = await createChoosy(t, (card) =>
        nameOf(card) === names[at] ? refused : undefined,
      );
      await askThree(world);
      await say(world, 'A note.');
      const others = names.filter((_, index) => index !== at);
      await until(() => shown.length >= 2 && said(world).length === 1, 'all but one arrive, without a wait');
      assert.deepEqual(shown, others, 'in their order');
      await minutes(world, 60);
      const count = tries.filter((name) => name === names[at]).length;
      assert.ok(count >= 4 && count <= 9, `${count} tries in an hour`);
      assert.deepEqual([shown, said(world)], [others, ['A note.']], 'nothing comes twice');
      assert.equal(health().standing, 'troubled');
      assert.match(health().words, new RegExp(`${names[at]}.*too long`));
    });
  }

  it('is said once in the log and stands in the health until it is shown', async (t) => {
    let takes = false;
    const { world, shown, health } = await createChoosy(t, (card) =>
      nameOf(card) === names[1] && !takes ? refused : undefined,
    );
    const lines: string[] = [];
    Object.assign(world.parts().logger, { error: (line: string) => void lines.push(line) });
    await askThree(world);
    await until(() => shown.length === 2, 'the others are shown');
    await until(() => health().standing === 'troubled', 'it is said');
    const { since } = health();
    await minutes(world, 10);
    assert.equal(lines.filter((line) => line.includes('too long')).length, 1, lines.join('\n'));
    assert.deepEqual(health().since, since);
    takes = true;
    await minutes(world, 20);
    await until(() => shown.includes(names[1]), 'it is taken at last');
    await until(() => health().standing === 'well', 'all is well');
    assert.deepEqual(shown, [names[0], names[2], names[1]]);
  });

  it('two of them wait beside each other, and the health counts them', async (t) => {
    const { world, shown, health } = await createChoosy(t, (card) => (nameOf(card) === names[2] ? undefined : refused));
    await askThree(world);
    await until(() => shown.length === 1, 'the third one is shown');
    assert.match(health().words, /LINKEDIN_1\.md.*\(and 1 more\)/);
  });

  it('is tried at once when it changes while it rests, and an hour of refusals does not slow that', async (t) => {
    const { world, tries, shown, health } = await createChoosy(t, (card) =>
      card.text.includes('too long') ? refused : undefined,
    );
    world.write(`Pending_Approval/${names[0]}`, post('This is too long.'));
    await world.rescan();
    await until(() => tries.length === 1, 'it is tried');
    await minutes(world, 60);
    const before = tries.length;
    world.write(`Pending_Approval/${names[0]}`, post('Still too long, it is.'));
    await world.rescan();
    await until(() => tries.length === before + 1, 'another text is another try');
    world.write(`Pending_Approval/${names[0]}`, post('Short.'));
    await world.rescan();
    await until(() => shown.length === 1, 'it is shown without a wait');
    await until(() => health().standing === 'well', 'all is well');
  });

  it('is tried once at a start, after which the others go on and it rests again', async (t) => {
    const { world, tries, shown } = await createChoosy(t, (card) => (nameOf(card) === names[0] ? refused : undefined));
    await askThree(world);
    await until(() => shown.length === 2, 'the others are shown');
    await world.stop();
    const before = tries.length;
    await world.start();
    await say(world, 'After the start.');
    await until(() => said(world).length === 1, 'the note arrives');
    await until(() => tries.length === before + 1, 'it is tried once more');
    await world.pass(40_000);
    assert.deepEqual([tries.length, shown.length], [before + 1, 2]);
  });

  it('goes at once when the channel says that it can be reached again', async (t) => {
    let takes = false;
    const { world, tries, shown } = await createChoosy(t, () => (takes ? undefined : refused));
    await askThree(world);
    await until(() => new Set(tries).size === 3, 'all are refused');
    takes = true;
    world.workflow().reachable('chat');
    await until(() => shown.length === 3, 'all are shown, no time passed');
    assert.deepEqual(shown, names);
  });

  it('may stand before more cards than are read at once', async (t) => {
    const { world, shown } = await createChoosy(t, (card) => (card.text.startsWith('Text') ? undefined : refused));
    for (let at = 0; at < 25; at += 1) world.write(`Pending_Approval/${at}_${names[0]}`, post(`Refused ${at}.`));
    await world.rescan();
    await until(() => world.second.cards.size === 25, 'the desk knows them');
    await askThree(world);
    await until(() => shown.length === 3, 'the three behind them are shown');
  });
});

describe('a card at which a channel stumbles', () => {
  it('because of a bug in it lets the others pass, and is tried again', async (t) => {
    let broken = true;
    const { world, shown, health } = await createChoosy(t, (card) => {
      if (nameOf(card) === names[0] && broken) throw new TypeError('x is undefined');
      return undefined;
    });
    await askThree(world);
    await say(world, 'A note.');
    await minutes(world, 1);
    await until(() => shown.length === 2 && said(world).length === 1, 'the others and the note arrive');
    assert.match(health().words, /LINKEDIN_1\.md.*x is undefined/);
    broken = false;
    await minutes(world, 2);
    await until(() => shown.length === 3, 'it is shown');
    await until(() => health().standing === 'well', 'all is well');
  });

  it('because it is gone as soon as it is sent does not spin', async (t) => {
    const { world, tries, shown } = await createChoosy(t, (card) =>
      nameOf(card) === names[0] ? { kind: 'card_gone' } : undefined,
    );
    await askThree(world);
    await until(() => shown.length === 2, 'the others are shown');
    await minutes(world, 10);
    assert.ok(tries.filter((name) => name === names[0]).length <= 6, `${tries.length} tries`);
  });
});

describe('a channel that is down as a whole', () => {
  it('is asked for one card at a time, keeps everything, and then shows it in order', async (t) => {
    let down = true;
    const { world, tries, shown, health } = await createChoosy(t, () =>
      down ? { kind: 'later', afterSeconds: 60, words: 'The chat takes no messages.' } : undefined,
    );
    await askThree(world);
    await say(world, 'A note.');
    await minutes(world, 10);
    assert.deepEqual(new Set(tries), new Set([names[0]]), 'nothing overtakes');
    assert.deepEqual(said(world), []);
    assert.equal(health().words, 'Cards wait: The chat takes no messages.');
    down = false;
    await minutes(world, 2);
    await until(() => shown.length === 3 && said(world).length === 1, 'all of it arrives');
    assert.deepEqual(shown, names);
  });
});

describe('a note that has to wait', () => {
  const notes = async (t: TestContext, rule: (note: Note) => SayResult | undefined) => {
    const { world, shown } = await createChoosy(t, () => undefined);
    await askThree(world);
    await until(() => shown.length === 3, 'the cards are shown');
    const real = world.chat.say;
    const tried: string[] = [];
    Object.assign(world.chat, {
      async say(note: Note, ref: string | undefined): Promise<SayResult> {
        tried.push(note.text);
        return rule(note) ?? (await real(note, ref));
      },
    });
    const { ledger } = world.parts();
    let count = 0;
    const add = async (of: Name, text: string) => {
      const draft = (await ledger.drafts.open()).find(({ file }) => file.path.endsWith(of));
      const note = { text, links: [], loud: false, key: draft?.key ?? '' };
      const row = {
        id: `note-${(count += 1)}`,
        channel: 'chat',
        draftId: draft?.id ?? '',
        note,
        at: world.clock.now(),
      };
      await ledger.outbox.add(row, text);
    };
    return { world, tried, add };
  };

  it('because its place is busy holds the notes of its draft, in order, and no others', async (t) => {
    let busy = true;
    const { world, tried, add } = await notes(t, ({ text }) =>
      busy && text.startsWith('One') ? { kind: 'later', afterSeconds: 30, words: 'Busy.', paced: 'card' } : undefined,
    );
    await add(names[0], 'One, first.');
    await add(names[0], 'One, second.');
    await add(names[1], 'Two.');
    await say(world, 'About the whole.');
    await until(() => said(world).length === 2, 'the others arrive');
    assert.deepEqual(said(world), ['Two.', 'About the whole.']);
    assert.deepEqual(tried, ['One, first.', 'Two.', 'About the whole.'], 'the second one was not tried');
    assert.equal(world.workflow().troubles().size, 0);
    busy = false;
    await world.pass(31_000);
    await until(() => said(world).length === 4, 'all arrive');
    assert.deepEqual(said(world).slice(2), ['One, first.', 'One, second.']);
  });

  it('because the channel is down holds all', async (t) => {
    const { world, tried, add } = await notes(t, () => ({ kind: 'later', afterSeconds: 5, words: 'Down.' }));
    await add(names[0], 'One.');
    await say(world, 'About the whole.');
    await until(() => world.workflow().troubles().get('chat')?.words === 'Down.', 'it is said');
    await world.pass(60_000);
    assert.deepEqual(new Set(tried), new Set(['One.']));
  });
});
