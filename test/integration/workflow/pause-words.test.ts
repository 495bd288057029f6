import assert from 'node:assert/strict';
import { it } from 'node:test';
import { unmarked } from '../../../src/lib/words.ts';
import { createWorld, sara } from '../../support/workflow-world.ts';
import { until } from '../../support/until.ts';

const post = (text: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${text}\n`;

it('a pause says what left lately and what it may be too late for', async (t) => {
  const world = await createWorld(t);
  world.write('Pending_Approval/LINKEDIN_one.md', post('One.'));
  await world.rescan();
  await world.tap(await world.card('LINKEDIN_one.md', 'asks'), 'approve');
  await until(() => world.exists('Approved/LINKEDIN_one.md'), 'the first lies in Approved');
  await world.pass(10_500);
  await world.card('LINKEDIN_one.md', 'done');
  let isCommitted = false;
  let finish: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (finish = resolve));
  world.executor.next(async (_, run) => {
    isCommitted = (await run.commit()).kind === 'go';
    await held;
    return { kind: 'posted', evidence: { link: '', messageId: '', note: 'ok' } };
  });
  world.write('Pending_Approval/LINKEDIN_two.md', post('Two.'));
  world.write('Pending_Approval/LINKEDIN_three.md', post('Three.'));
  await world.rescan();
  await world.tap(await world.card('LINKEDIN_two.md', 'asks'), 'approve');
  try {
    await until(async () => {
      await world.pass(500);
      return isCommitted;
    }, 'the second has passed its point of no return');
    await world.tap(await world.card('LINKEDIN_three.md', 'asks'), 'approve');
    const { say } = await world.door().pause(sara);
    assert.match(
      unmarked(say),
      /^Paused: .* too late for: LINKEDIN_two\.md\. Left in the last 10 minutes: LINKEDIN_one\.md\.$/,
    );
  } finally {
    // What hangs must not outlive a failure.
    finish();
  }
  await world.card('LINKEDIN_two.md', 'done');
  await world.pass(60_000);
  assert.equal((await world.door().status()).paused, true);
  assert.equal(world.executor.effects.filter(({ text }) => text === 'Three.').length, 0, 'the countdown is frozen');
});
