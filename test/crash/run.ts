/** `npm run proof:crash -- [--kills N] [--seed S] [--only KIND] [--strict] [--go-on] [--quiet]`: prints every point, and in the end how much was covered. */
import { parseArgs } from 'node:util';
import { kinds, prove } from './prove.ts';
import { canTrace } from './strace.ts';
import { coverage } from './tally.ts';

const { values } = parseArgs({
  options: {
    kills: { type: 'string' },
    seed: { type: 'string' },
    only: { type: 'string' },
    patience: { type: 'string' },
    'go-on': { type: 'boolean' },
    strict: { type: 'boolean' },
    lanes: { type: 'string' },
    quiet: { type: 'boolean' },
  },
});
const kills = Number(values.kills ?? 1_000);
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const asked = kinds.find((kind) => kind === values.only) ?? '';
const traced = canTrace();
// Instants under load need no tracer.
const only = traced ? asked : 'load';
const began = performance.now();
if (values.only !== undefined && asked === '') {
  console.error(`--only takes one of: ${kinds.join(', ')}`);
  process.exitCode = 2;
} else if (!traced && values.strict === true) {
  console.error('strace is missing or forbidden here (apt-get install strace), and --strict wants all of it.');
  process.exitCode = 2;
} else {
  if (!traced)
    console.error('strace is missing or forbidden here (apt-get install strace): deaths at random instants only.');
  const say = (line: string) =>
    values.quiet === true ? undefined : console.log(`${((performance.now() - began) / 1_000).toFixed(1)} s  ${line}`);
  const patienceMs = 1_000 * Number(values.patience ?? 120);
  const tally = await prove({
    kills,
    seed,
    only,
    lanes: Number(values.lanes ?? 2),
    say,
    patienceMs,
    goesOn: values['go-on'] === true,
  });
  const seconds = ((performance.now() - began) / 1_000).toFixed(0);
  const unseen = tally.unseen === 0 ? '' : `, ${tally.unseen} of them with a call nobody saw`;
  const kinded = `${tally.powerCuts} power cuts${unseen}, ${tally.browsers} with a browser`;
  console.log(
    `${tally.points} points, ${tally.kills} kills (${kinded}), ${tally.faults} disk faults, ${tally.cuts} cut connections, ${tally.missed} not reached, seed ${seed}, ${seconds} s: ${tally.broken.length === 0 ? 'every promise held' : `BROKEN ${tally.broken.length} times`}`,
  );
  for (const line of coverage(tally)) console.log(line);
  for (const broken of tally.broken) console.error(broken);
  if (tally.broken.length > 0) process.exitCode = 1;
}
