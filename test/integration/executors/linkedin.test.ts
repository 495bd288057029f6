import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { imageSize } from 'image-size';
import { createFakeRun } from '../../support/fake-run.ts';
import { createLinkedinWorld, member, postOf } from '../../support/linkedin-world.ts';
import { calm } from '../../../sandbox/sites/linkedin-scenario.ts';
import type { Scenario } from '../../../sandbox/sites/linkedin-scenario.ts';

const texts: Readonly<Record<string, string>> = {
  'one line': 'Hello from the other side.',
  'blank lines': 'First.\n\nSecond.\n\n\nFourth after two empty lines.\nFifth.',
  'emoji of several signs': 'Family 👨‍👩‍👧‍👦, flag 🇵🇰, wave 👋🏽, heart ❤️‍🔥, key 1️⃣.',
  'right to left': 'שלום עולם\nمرحبا بالعالم\nand back to English (عربي) again.',
  'hashtags and mentions': '#AI is here.\nAsk @someone about #Überraschung and #日本語\n#last',
  'quotes, signs and spaces':
    '“Quoted” — it’s 5 > 3 && 2 < 4; <b>not bold</b>  two  spaces\n    indented\n\ttab? no: $100 *stars* _under_ `code`',
  'a list': '1. One\n2. Two\n- dash\n* star\n→ arrow',
  '2,900 signs': Array.from(
    { length: 58 },
    (_, line) => `${String(line).padStart(2, '0')} ${'lorem ipsum '.repeat(4).slice(0, 45)}.`,
  )
    .join('\n')
    .slice(0, 2900),
};

describe('LinkedIn texts arrive byte for byte', () => {
  let world: Awaited<ReturnType<typeof createLinkedinWorld>>;
  before(async () => {
    world = await createLinkedinWorld();
  });
  after(() => world.close());

  for (const [name, text] of Object.entries(texts)) {
    it(name, async () => {
      const { run, kept, lines } = createFakeRun();
      const outcome = await world.executor.carryOut(postOf(text), run);
      assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
      assert.equal(imageSize(kept.get('proof.png') ?? Buffer.alloc(0)).type, 'png', lines.join('\n'));
      assert.equal(world.texts().at(-1), text);
      const post = world.site.posts().at(-1);
      assert.equal(outcome.evidence.link, `${world.site.url}/feed/update/${post?.urn}/`);
    });
  }

  it('and each of them left exactly once', () => {
    assert.equal(world.texts().length, Object.keys(texts).length);
  });

  it('and every one of them is found again on the activity page', async () => {
    for (const text of Object.values(texts)) {
      const past = {
        key: 'k',
        committedAt: new Date(Date.now() - 60_000),
        vaultPath: '/nowhere',
        log: () => undefined,
      };
      const found = await world.executor.confirm(postOf(text), past);
      assert.equal(found.kind, 'happened', `${text.slice(0, 30)}: ${JSON.stringify(found)}`);
    }
  });

  it('and a text that was never posted is not taken for a neighbour', async () => {
    const past = { key: 'k', committedAt: new Date(Date.now() - 60_000), vaultPath: '/nowhere', log: () => undefined };
    for (const text of ['Never posted.', 'Hello from the other side', 'First.\nSecond.']) {
      assert.equal((await world.executor.confirm(postOf(text), past)).kind, 'cannot_tell', text);
    }
  });
});

type Expected = { readonly kind: string; readonly code?: string; readonly left: number };

const troubles: readonly (readonly [what: string, scenario: Partial<Scenario>, expected: Expected])[] = [
  ['a restored draft is replaced', { composer: 'restored_draft' }, { kind: 'posted', left: 1 }],
  ['the old user interface works', { ui: 'old' }, { kind: 'posted', left: 1 }],
  ['a German account works', { language: 'de' }, { kind: 'posted', left: 1 }],
  ['a German account in the old interface works', { language: 'de', ui: 'old' }, { kind: 'posted', left: 1 }],
  ['a slow answer is waited for', { publish: 'slow' }, { kind: 'posted', left: 1 }],
  [
    'a page that publishes twice gets one through',
    { pressesTwice: true, refusesDuplicates: false },
    { kind: 'posted', left: 1 },
  ],
  [
    'an editor that changes signs is stopped before the click',
    { editor: 'changes_text' },
    { kind: 'refused', code: 'text_differs', left: 0 },
  ],
  ['another member is not posted as', { account: 'wrong' }, { kind: 'needs_login', code: 'wrong_account', left: 0 }],
  ['a checkpoint stops everything', { session: 'checkpoint' }, { kind: 'needs_login', code: 'checkpoint', left: 0 }],
  [
    'a login that ends on the way leaves nothing',
    { session: 'expires' },
    { kind: 'needs_login', code: 'needs_login', left: 0 },
  ],
  ['a logged-out browser logs in by itself', { session: 'logged_out' }, { kind: 'posted', left: 1 }],
  ['too many requests name a time', { publish: 'too_many' }, { kind: 'rate_limited', code: 'limit_reached', left: 0 }],
  [
    'a refusal is told in the words of the site',
    { publish: 'refused' },
    { kind: 'refused', code: 'refused_by_platform', left: 0 },
  ],
  ['an error of the server is unknown', { publish: 'server_error' }, { kind: 'unknown', left: 0 }],
  ['a connection lost before saving is unknown', { publish: 'drop_before_save' }, { kind: 'unknown', left: 0 }],
  ['a connection lost after saving is unknown', { publish: 'drop_after_save' }, { kind: 'unknown', left: 1 }],
  [
    'a connection lost after saving is not tried again by the browser',
    { publish: 'drop_after_save', refusesDuplicates: false },
    { kind: 'unknown', left: 1 },
  ],
  ['an answer that never comes is unknown', { publish: 'hang' }, { kind: 'unknown', left: 1 }],
  ['an answer without an id is unknown', { publish: 'no_id' }, { kind: 'unknown', left: 1 }],
];

describe('LinkedIn when something is in the way', () => {
  let world: Awaited<ReturnType<typeof createLinkedinWorld>>;
  before(async () => {
    world = await createLinkedinWorld();
    // Links the member, so that a wrong one can be told.
    assert.equal((await world.executor.carryOut(postOf('The very first.'), createFakeRun().run)).kind, 'posted');
  });
  after(() => world.close());

  for (const [what, scenario, expected] of troubles) {
    it(what, async () => {
      world.site.scenario({ ...calm, ...scenario });
      const had = world.texts().length;
      const text = `${what}... really?\n\n#Countersign`;
      const run = createFakeRun();
      const outcome = await world.executor.carryOut(postOf(text), run.run);
      assert.equal(outcome.kind, expected.kind, JSON.stringify(outcome));
      if (expected.code !== undefined && outcome.kind !== 'posted') assert.equal(outcome.problem.code, expected.code);
      assert.deepEqual(
        world.texts().slice(had),
        Array.from({ length: expected.left }, () => text),
      );
      if (outcome.kind === 'rate_limited') assert.equal(outcome.afterSeconds, 900);
      if (expected.kind === 'posted') {
        assert.ok(run.kept.has('before.jpg') && run.kept.has('after.jpg'), [...run.kept.keys()].join());
      }
    });
  }

  it('a language that is not known still works by anchors without words', async () => {
    world.site.scenario({ ...calm, language: 'fi' });
    const outcome = await world.executor.carryOut(postOf('Hyvää päivää'), createFakeRun().run);
    assert.equal(outcome.kind, 'posted', JSON.stringify(outcome));
  });

  it('and when they fail too, the language is named', async () => {
    world.site.scenario({ ...calm, language: 'fi', ui: 'no_composer' });
    const outcome = await world.executor.carryOut(postOf('Ei onnistu'), createFakeRun().run);
    assert.equal(outcome.kind, 'refused', JSON.stringify(outcome));
    assert.equal(outcome.problem.code, 'page_changed');
    assert.match(outcome.problem.what, /fi/);
    world.site.scenario(calm);
  });

  it('a text that is there already is not claimed as ours', async () => {
    const outcome = await world.executor.carryOut(postOf('The very first.'), createFakeRun().run);
    assert.equal(outcome.kind, 'unknown', JSON.stringify(outcome));
    const past = { key: 'k', committedAt: new Date(Date.now() + 120_000), vaultPath: '/', log: () => undefined };
    assert.equal((await world.executor.confirm(postOf('The very first.'), past)).kind, 'cannot_tell');
  });

  it('a wrong password asks for a person, and is tried once', async () => {
    const other = await createLinkedinWorld({ password: 'wrong-password-12' });
    try {
      const outcome = await other.executor.carryOut(postOf('Never.'), createFakeRun().run);
      assert.equal(outcome.kind, 'needs_login', JSON.stringify(outcome));
      assert.equal(outcome.problem.code, 'login_refused');
      const tries = other.site.requests().filter(({ path }) => path.includes('login-submit'));
      assert.equal(tries.length, 1);
    } finally {
      await other.close();
    }
  });

  it('nothing outside this machine was asked for', () => {
    assert.ok(world.site.requests().length > 20);
    assert.equal(member.password.length > 8 && world.logged().join().includes(member.password), false);
  });
});
