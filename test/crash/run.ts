/** `npm run proof:crash -- [--kills N] [--seed S] [--only KIND] [--quiet]`: prints every point, and in the end how much was covered. */
import { parseArgs } from 'node:util';
import { kinds, prove } from './prove.ts';
import { hasStrace } from './strace.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    patience: { type: 'string' },
    lanes: { type: 'string' },
    quiet: { type: 'boolean' },
  },
});
const kills = Number(values.kills ?? 1_000);
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const only = kinds.find((kind) => kind === values.only) ?? '';
const began = performance.now();
if (values.only !== undefined && only === '') {
  console.error(`--only takes one of: ${kinds.join(', ')}`);
  process.exitCode = 2;
} else if (hasStrace()) {
  const say = (line: string) =>
    values.quiet === true ? undefined : console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s  ${line}`);
  const tally = await prove({
    kills,
    seed,
    only,
    lanes: Number(values.lanes ?? 2),
    say,
    patienceMs: 1_000 * Number(values.patience ?? 120),
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  console.log(
    `${tally.points} points, ${tally.kills} kills (${tally.powerCuts} power cuts, ${tally.browsers} with a browser), ${tally.faults} disk faults, ${tally.cuts} cut connections, seed ${seed}, ${seconds} s: every promise held`,
  );
} else {
  console.error('strace is missing: apt-get install strace');
  process.exitCode = 2;
}
