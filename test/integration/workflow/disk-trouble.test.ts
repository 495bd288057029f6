/** A disk that fails in the middle: nothing is stuck, nothing is forgotten, nothing goes twice (promises P2, P3, P6). */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { blocks } from '../../../src/domain/problem.ts';
import { readRecord } from '../../../src/ledger/record.ts';
import { createRoot } from '../../../src/lib/root.ts';
import { readRecordLog } from '../../../src/vault/record-log.ts';
import { auditLog } from '../../../src/workflow/audit/log.ts';
import { sends } from '../../support/fake-executor.ts';
import { until } from '../../support/until.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import type { World } from '../../support/workflow-world.ts';

const name = 'LINKEDIN_disk.md';
const pending = `Pending_Approval/${name}`;
const post = `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nDisk.\n`;

const asked = async (world: World) => {
  world.write(pending, post);
  await world.rescan();
  return await world.card(name, 'asks');
};
/** Makes one method fail `times` times, after it went well `skip` times. */
function failing<T extends object>(target: T, method: keyof T, times: number, skip = 0): void {
  const usual = target[method];
  let calls = 0;
  Object.assign(target, {
    [method]: async (...given: unknown[]) => {
      calls += 1;
      if (calls > skip && calls <= skip + times) {
        throw new Error('disk full');
      }
      return await (usual as (...given: unknown[]) => Promise<unknown>)(...given);
    },
  });
}
const passUntil = async (world: World, done: () => boolean, what: string) => {
  for (let round = 0; round < 40 && !done(); round += 1) {
    await world.pass(5_000);
    await until(() => done(), what, 100).catch(() => undefined);
  }
  assert.ok(done(), what);
};

describe('a disk that fails while a draft is taken in', () => {
  const places = ['drafts.insert 1', 'ledger.tx 1', 'ledger.tx 2', 'ledger.tx 3', 'cards.want 1'] as const;
  for (const place of places) {
    it(`at ${place}: the next look goes on, without a restart`, async (t) => {
      const world = await createWorld(t, { holdSeconds: 0 });
      const { ledger } = world.parts();
      if (place === 'drafts.insert 1') failing(ledger.drafts, 'insert', 1);
      else if (place === 'cards.want 1') failing(ledger.cards, 'want', 1);
      else failing(ledger, 'tx', 1, Number(place.at(-1)) - 1);
      world.write(pending, post);
      await world.rescan().catch(() => undefined);
      await world.rescan();
      await world.tap(await world.card(name, 'asks'), 'approve');
      await passUntil(world, () => world.exists(`Done/${name}`), 'it lies in Done');
      assert.equal(world.executor.effects.length, 1);
    });
  }
});

describe('a file at which a look stumbles', () => {
  it('holds up no file behind it, takes none for gone, and is taken in when that is mended', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    const { drafts } = world.parts().ledger;
    const insert = drafts.insert;
    Object.assign(drafts, {
      async insert(draft: Parameters<typeof insert>[0]) {
        if (draft.file.path === 'A_bad.md') throw new Error('x is undefined');
        await insert(draft);
      },
    });
    const byTx = world.parts().ledger.tx;
    Object.assign(world.parts().ledger, {
      tx: async (work: Parameters<typeof byTx>[0]) =>
        await byTx(async (tables) => {
          const usual = tables.drafts.insert;
          const guarded = async (draft: Parameters<typeof usual>[0]) => {
            if (draft.file.path === 'A_bad.md') throw new Error('x is undefined');
            await usual(draft);
          };
          return await work({ ...tables, drafts: { ...tables.drafts, insert: guarded } });
        }),
    });
    world.write('Pending_Approval/A_bad.md', post.replace('Disk', 'Bad'));
    world.write('Pending_Approval/LINKEDIN_z.md', post.replace('Disk', 'Good'));
    await assert.rejects(world.rescan(), /x is undefined/);
    await world.card('LINKEDIN_z.md', 'asks');
    for (let minute = 0; minute < 5; minute += 1) {
      await world.pass(60_000);
      await assert.rejects(world.rescan());
    }
    assert.equal(world.chat.card(card.key)?.mood, 'asks');
    Object.assign(drafts, { insert });
    Object.assign(world.parts().ledger, { tx: byTx });
    await world.rescan();
    await world.card('A_bad.md', 'asks');
  });
});

describe('a first look that stumbles', () => {
  const places = {
    'at a file': ({ ledger }) => failing(ledger, 'tx', 1),
    'at a folder that can’t be listed': ({ vault }) => failing(vault, 'list', 1),
    'at the search for what is missing': ({ ledger }) => failing(ledger.drafts, 'open', 1, 2),
    'at every folder, five times': ({ vault }) => failing(vault, 'list', 5),
  } satisfies Readonly<Record<string, (parts: ReturnType<World['parts']>) => void>>;
  for (const [place, beforeStart] of Object.entries(places)) {
    it(`${place} keeps neither the start nor what waits from going on`, async (t) => {
      const world = await createWorld(t, { holdSeconds: 0 });
      const card = await asked(world);
      await world.stop();
      world.write('Pending_Approval/A_bad.md', post.replace('Disk', 'Bad'));
      await world.start({ dead: new Promise(() => undefined), beforeStart });
      await world.tap(card, 'approve');
      await passUntil(world, () => world.exists(`Done/${name}`), 'it lies in Done');
      for (let look = 0; look < 6; look += 1) await world.rescan().catch(() => undefined);
      await world.card('A_bad.md', 'asks');
      assert.equal(world.executor.effects.length, 1);
    });
  }
});

describe('a disk that fails', () => {
  it('keeps the outcome until it can be written', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    world.executor.next(async (effect, run, send) => {
      const outcome = await sends(effect, run, send);
      failing(world.parts().ledger, 'tx', 3);
      return outcome;
    });
    await world.tap(card, 'approve');
    await passUntil(world, () => world.chat.card(card.key)?.mood === 'done', 'it is done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('tries again when the log of the attempt could not be made', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    failing(world.parts().runFiles, 'open', 1);
    await world.tap(card, 'approve');
    await passUntil(world, () => world.chat.card(card.key)?.mood === 'done', 'it is done');
    assert.equal(world.executor.effects.length, 1);
  });

  it('answers what was recorded, although the card could not be made', async (t) => {
    const world = await createWorld(t, { holdSeconds: 60 });
    const card = await asked(world);
    failing(world.parts().ledger.cards, 'want', 1);
    assert.equal((await world.tap(card, 'approve')).kind, 'accepted');
    await world.card(name, 'waits');
  });

  it('answers a tap and a pause when the record can’t be read', async (t) => {
    const world = await createWorld(t);
    const card = await asked(world);
    failing(world.parts().ledger.drafts, 'byKey', 1);
    assert.equal((await world.tap(card, 'approve')).kind, 'refused');
    failing(world.parts().ledger.jobs, 'add', 1);
    failing(world.parts().ledger.drafts, 'open', 1);
    assert.equal((await world.door().pause(sara)).kind, 'accepted');
  });

  it('says that a file can’t be moved only as long as it is so', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    const { vault } = world.parts();
    const move = vault.move;
    let stuck = true;
    Object.assign(vault, {
      move: async (file: Parameters<typeof move>[0], to: Parameters<typeof move>[1]) =>
        stuck && to === 'Done'
          ? { kind: 'failed', problem: blocks('unreachable', 'The vault is read-only.', 'Mend it.') }
          : await move(file, to),
    });
    await world.tap(card, 'approve');
    await until(() => (world.chat.card(card.key)?.problems.length ?? 0) > 0, 'the card says so');
    assert.deepEqual(world.chat.card(card.key)?.problems, [
      {
        code: 'stuck_move',
        what: 'The file can’t be moved to Done: The vault is read-only.',
        remedy: 'Mend it.',
        severity: 'warns',
      },
    ]);
    stuck = false;
    await passUntil(world, () => world.exists(`Done/${name}`), 'it lies in Done');
    await until(() => world.chat.card(card.key)?.problems.length === 0, 'the card no longer says so');
  });

  it('counts neither pauses nor a folder that can’t be written as failed tries', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0, maxRetries: 1 });
    const card = await asked(world);
    const { vault } = world.parts();
    const move = vault.move;
    let refusals = 4;
    Object.assign(vault, {
      async move(file: Parameters<typeof move>[0], to: Parameters<typeof move>[1]) {
        if (to !== 'In_Progress' || refusals === 0) return await move(file, to);
        refusals -= 1;
        return { kind: 'failed', problem: blocks('unreachable', 'The vault is read-only.', 'Mend it.') };
      },
    });
    world.executor.next(
      async (effect, run, send) => {
        await world.door().pause(sara);
        const answer = await sends(effect, run, send);
        await world.door().resume(sara);
        return answer;
      },
      async () => ({ kind: 'retry_later', problem: blocks('unreachable', 'Down.', 'Wait.') }),
      sends,
    );
    await world.tap(card, 'approve');
    await passUntil(world, () => world.chat.card(card.key)?.mood === 'done', 'it is done');
    const [draft] = await world.parts().ledger.drafts.settled(1);
    assert.equal((await world.parts().ledger.attempts.of(draft?.id ?? '')).length, 3);
  });

  it('leaves no line out of the log of decisions when it could not write down how far that is', async (t) => {
    const world = await createWorld(t, { holdSeconds: 0 });
    const card = await asked(world);
    world.write('Pending_Approval/LINKEDIN_other.md', post.replace('Disk', 'Other'));
    await world.rescan();
    const other = await world.card('LINKEDIN_other.md', 'asks');
    const { flags } = world.parts().ledger;
    const set = flags.set;
    Object.assign(flags, { set: () => Promise.reject(new Error('disk full')) });
    await world.tap(card, 'approve');
    await passUntil(world, () => world.chat.card(card.key)?.mood === 'done', 'it is done');
    // Its last line is that of an attempt now, and the next decision comes on record after it.
    await world.rescan();
    await world.tap(other, 'reject');
    Object.assign(flags, { set });
    await world.rescan();
    const log = await readRecordLog(createRoot(world.vaultPath));
    assert.deepEqual(auditLog(log, readRecord(world.ledgerFile)), []);
  });
});
