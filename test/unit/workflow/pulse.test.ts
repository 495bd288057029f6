/** How the vault stands, as `/status`, `/healthz` and the doctor tell it. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import type { TestContext } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { jumpWords } from '../../../src/workflow/clock-jumps.ts';
import type { ClockJump } from '../../../src/workflow/clock-jumps.ts';
import { createPulse } from '../../../src/workflow/pulse.ts';
import { createFakeDoor } from '../../support/fake-door.ts';
import { createHeldClock } from '../../support/held-clock.ts';

async function start(t: TestContext) {
  const clock = createHeldClock(new Date('2026-11-28T09:00:00Z'));
  const state = {
    found: [] as readonly string[],
    rescan: '',
    unwritable: '',
    said: [] as string[],
    told: [] as string[],
  };
  const jumps: ClockJump[] = [];
  const fails = (why: string) => (why === '' ? undefined : assert.fail(why));
  const pulse = createPulse({
    intervalSeconds: 10,
    rescan: async () => fails(state.rescan),
    door: createFakeDoor(() => true),
    files: { status: async () => fails(state.unwritable), report: async () => undefined },
    inspect: async () => state.found,
    mailWatcher: 'gmail',
    clockJump: () => jumps.shift(),
    announce: async (text) => void state.told.push(text),
    clock,
    logger: {
      debug: () => undefined,
      info: () => undefined,
      warn: (line) => void state.said.push(line),
      error: () => undefined,
    },
  });
  t.after(() => pulse.stop());
  const beat = async () => {
    await clock.advance(10_000);
    return pulse.health();
  };
  await pulse.start();
  return { clock, state, pulse, beat, jumps };
}

const link =
  'Logs is a link to another place; a folder is wanted there. Put a folder in its place: it goes on by itself.';

it('is well while folders and record are compared and every place is what it should be', async (t) => {
  const { beat } = await start(t);
  const { standing, words, part } = await beat();
  assert.deepEqual([part, standing, words], ['vault', 'well', 'Folders and record are compared.']);
});

it('is troubled as long as a place is not what it should be, with its words, said once in the log', async (t) => {
  const { state, beat, clock } = await start(t);
  state.found = [link];
  const before = clock.now();
  const first = await beat();
  await beat();
  const { standing, words, since } = await beat();
  assert.deepEqual([first.standing, standing, words], ['troubled', 'troubled', link]);
  assert.ok(since > before && since.getTime() === first.since.getTime());
  assert.deepEqual(state.said, [link]);
  state.found = [];
  assert.equal((await beat()).standing, 'well');
  state.found = [link];
  await beat();
  assert.deepEqual(state.said, [link, link], 'and again when it came back');
});

it('tells what keeps the folders from being compared once, also when it is found twice', async (t) => {
  const { state, beat } = await start(t);
  state.rescan = link;
  state.found = [link, 'Inbox is a pipe.'];
  const { words } = await beat();
  assert.equal(unmarked(words), `Comparing folders and record fails: ${link} Inbox is a pipe.`);
});

it('is troubled while the status files can’t be written', async (t) => {
  const { state, beat } = await start(t);
  state.unwritable = 'no room';
  assert.deepEqual((await beat()).words, 'The status files could not be written: no room');
  state.unwritable = '';
  assert.equal((await beat()).standing, 'well');
});

it('says once in every chat and in the log that the clock was set', async (t) => {
  const { beat, state, jumps } = await start(t);
  await beat();
  assert.deepEqual(state.told, []);
  const jump = { ms: -3_600_000 };
  jumps.push(jump);
  await beat();
  await beat();
  assert.deepEqual([state.told, state.said], [[jumpWords(jump)], [jumpWords(jump)]]);
});
