/** `npm run bench`: the figures of docs/measurements.md, measured here and now. `--quick` takes a minute. */
import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { bareNode } from './bare-node.ts';
import { createFarSide } from './far-side.ts';
import { writeHistory } from './history.ts';
import { measure } from './measure.ts';
import type { Ground, Plan } from './measure.ts';
import { measurePoller } from './polled.ts';
import { eventTable, memoryTable, startTable } from './report.ts';

const quick = process.argv.includes('--quick');
const plan: Plan = quick
  ? { repetitions: 5, starts: 2, idleMs: 3_000 }
  : { repetitions: 30, starts: 5, idleMs: 20_000 };
const pasts = quick ? [10, 10_000] : [10, 100_000];

const say = (line: string) => console.log(line);
const load = () =>
  loadavg()
    .map((one) => one.toFixed(2))
    .join(' ');

const root = await mkdtemp(join(tmpdir(), 'countersign-bench-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));
const grounds: Ground[] = [];
try {
  say(`Node ${process.version}, ${cpus().length} CPUs (${cpus()[0]?.model ?? 'unknown'}), load ${load()} before`);
  for (const count of pasts) {
    const folder = join(root, String(count));
    const [vaultPath, stateDir, far] = [join(folder, 'vault'), join(folder, 'state'), await createFarSide()];
    grounds.push({ folder, vaultPath, stateDir, far });
    await writeHistory({ vaultPath, stateDir, email: far.email, count });
  }
  // Beside the rest: a look every ten seconds costs next to nothing.
  const polling = measurePoller(join(root, 'polled'), quick ? 5 : 20);
  const measured = [];
  for (const ground of grounds) measured.push(await measure(ground, plan));
  const polled = await polling;
  const bare = await bareNode();
  say(`load ${load()} after\n`);
  say(eventTable(pasts, measured, polled));
  say(`\n${startTable(pasts, measured, bare)}`);
  say(`\n${memoryTable(pasts, measured, bare)}`);
} finally {
  for (const { far } of grounds) await far.stop();
}
