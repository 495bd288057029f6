/**
 * `npm run proof:model -- [--runs N] [--seed S] [--path P]`: many walks, each drawn from the seed. A walk that breaks a
 * promise is made as short as it goes, and the line that plays it again is printed.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { parseArgs } from 'node:util';
import { asyncProperty, check } from 'fast-check';
import { modelEnvironment } from './environment.ts';
import { play } from './walk.ts';
import { walks } from './steps.ts';

const { values } = parseArgs({
  options: {
    runs: { type: 'string' },
    seed: { type: 'string' },
    path: { type: 'string' },
    verbose: { type: 'boolean' },
    unshrunk: { type: 'boolean' },
  },
});

if (Object.entries(modelEnvironment).every(([name, value]) => process.env[name] === value)) await run();
else {
  const again = spawnSync(process.execPath, process.argv.slice(1), {
    env: { ...process.env, ...modelEnvironment },
    stdio: 'inherit',
  });
  process.exitCode = again.status ?? 1;
}

async function run(): Promise<void> {
  const runs = Number(values.runs ?? 500);
  const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
  // Memory never gives an inode twice and needs no waiting for a disk; other systems use what they have.
  const folder = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();
  const tell = (line: string) => (values.verbose === true ? console.log(line) : undefined);
  const began = performance.now();
  let played = 0;
  let steps = 0;

  const property = asyncProperty(walks, async (walk) => {
    played += 1;
    steps += walk.steps.length;
    tell(`-- walk ${played} from ${walk.from}`);
    await play(walk, folder, tell);
  });
  const found = await check(property, {
    seed,
    numRuns: runs,
    endOnFailure: values.unshrunk === true,
    ...(values.path === undefined ? {} : { path: values.path }),
  });
  const seconds = (performance.now() - began) / 1_000;
  console.log(
    `${played} walks, ${steps} steps, seed ${seed}, ${seconds.toFixed(1)} s: ${Math.round((played / seconds) * 60)} walks a minute`,
  );
  if (found.failed) {
    const [walk] = found.counterexample ?? [];
    console.error(`A promise is broken after ${found.numShrinks} shrinks. Play it again:`);
    console.error(
      `  npm run proof:model -- --runs 1 --verbose --seed ${found.seed} --path ${found.counterexamplePath}`,
    );
    console.error(
      `From ${walk?.from}, ${walk?.needed} must approve:\n${walk?.steps.map((step) => `  ${JSON.stringify(step)}`).join('\n')}`,
    );
    console.error(found.errorInstance);
    process.exitCode = 1;
  }
}
