/** What is kept below `Logs/` stands still while something else lies in its place, and goes on afterwards with nothing lost. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createDayLog } from '../../../src/vault/day-log.ts';
import { createLastCommit } from '../../../src/vault/last-commit.ts';
import { createRecordLog, readRecordLog } from '../../../src/vault/record-log.ts';
import { createRunFiles } from '../../../src/vault/run-files.ts';
import { onPosix, untouched } from '../../support/odd-files.ts';
import { createOddVault, forFile, forFolder, instead, inTheWay } from '../../support/odd-vault.ts';

async function start(t: TestContext) {
  const world = await createOddVault(t);
  const { root, clock } = world;
  const mask = (text: string) => text;
  return {
    ...world,
    recordLog: createRecordLog(root),
    lastCommit: createLastCommit(root),
    dayLog: createDayLog({ place: root, file: world.at('Logs/o.log'), level: 'INFO', clock, mask }),
    runFiles: createRunFiles({ root, clock }),
  };
}

type World = Awaited<ReturnType<typeof start>>;

const entry = (id: string) => ({ at: '2026-02-19 12:00:00', what: 'approve', file: 'a.md', who: 'x', text: 't', id });

/** Each part of `Logs/`, with the places it needs, how it is used, and what shows that nothing was lost. */
const parts: Readonly<
  Record<
    string,
    {
      readonly use: (world: World, id: string) => Promise<unknown>;
      readonly places: readonly [folders: string[], files: string[]];
      readonly kept: (world: World) => Promise<unknown>;
    }
  >
> = {
  'the log of decisions': {
    use: (world, id) => world.recordLog.append([entry(id)]),
    places: [['Logs'], ['Logs/record.log']],
    kept: async (world) => {
      const { entries, brokenAt } = await readRecordLog(world.root);
      return [entries.map(({ id }) => id).join(' '), brokenAt];
    },
  },
  'the name of the newest attempt': {
    use: (world, id) => world.lastCommit.write(id),
    places: [['Logs'], ['Logs/.last-commit']],
    kept: (world) => world.lastCommit.read(),
  },
  'the log of an attempt': {
    async use(world, id) {
      const run = await world.runFiles.open('run1');
      run.log(id);
      await run.keep('proof.png', Buffer.from(id));
      await run.close();
    },
    places: [['Logs', 'Logs/runs', 'Logs/runs/run1'], ['Logs/runs/run1/log.txt']],
    kept: async (world) => [
      readFileSync(world.at('Logs/runs/run1/log.txt'), 'utf8').replaceAll(/^.{9}/gm, '').trim(),
      Buffer.from((await world.runFiles.read('run1', 'proof.png')) ?? []).toString(),
    ],
  },
};
const whole: Readonly<Record<string, unknown>> = {
  'the log of decisions': ['a b', undefined],
  'the name of the newest attempt': 'b',
  'the log of an attempt': ['a\nb', 'b'],
};

for (const [part, { use, places, kept }] of Object.entries(parts)) {
  describe(part, onPosix, () => {
    const cases = [
      ...places[0].flatMap((place) => instead(forFolder).map(([kind, put]) => [place, kind, put] as const)),
      ...places[1].flatMap((place) => instead(forFile).map(([kind, put]) => [place, kind, put] as const)),
    ];
    for (const [place, kind, put] of cases) {
      it(`stands still while ${kind} lies at ${place}, and goes on afterwards`, async (t) => {
        const world = await start(t);
        await use(world, 'a');
        put(world, place);
        await assert.rejects(use(world, 'not now'), inTheWay);
        assert.deepEqual(world.theirs(), untouched);
        world.mend(place);
        await use(world, 'b');
        assert.deepEqual(await kept(world), whole[part]);
        assert.deepEqual(world.theirs(), untouched);
        assert.deepEqual(await world.vault.inspect(), []);
      });
    }
  });
}

describe('the log of the day', onPosix, () => {
  const file = 'Logs/o_20260219.log';
  for (const [place, kinds] of [
    ['Logs', forFolder],
    [file, forFile],
  ] as const) {
    for (const [kind, put] of instead(kinds)) {
      it(`keeps its lines while ${kind} lies at ${place}, says why, and writes them afterwards`, async (t) => {
        const world = await start(t);
        world.dayLog.info('one');
        await world.dayLog.flush();
        put(world, place);
        world.dayLog.info('two');
        await world.dayLog.flush();
        assert.match(await world.dayLog.trouble(), new RegExp(`^The log of the day can’t be written: ${place} `));
        assert.deepEqual(world.theirs(), untouched);
        world.mend(place);
        assert.equal(await world.dayLog.trouble(), '', 'it goes on without a new line');
        assert.match(readFileSync(world.at(file), 'utf8'), /INFO - one\n.*INFO - two\n$/);
      });
    }
  }
});
