/** A world that worked and is stopped, and what the command line says about it. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { readConfig } from '../../src/config/index.ts';
import type { Config } from '../../src/config/index.ts';
import { quiet } from './walk-checks.ts';
import { createWorld } from './workflow-world.ts';
import type { World } from './workflow-world.ts';

export const post = (words: string): string => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n${words}\n`;

/** One post went out, approved by a move by hand; another one asks. Stopped in good order. */
export async function createStoppedWorld(t: TestContext): Promise<World> {
  const world = await createWorld(t, { holdSeconds: 0 });
  world.write('Pending_Approval/sent.md', post('Sent.'));
  world.write('Pending_Approval/asks.md', post('Still a question.'));
  await world.rescan();
  await world.card('sent.md', 'asks');
  world.move('Pending_Approval/sent.md', 'Approved/sent.md');
  await world.rescan();
  await world.card('sent.md', 'done');
  await quiet(world);
  assert.equal(world.executor.effects.length, 1);
  await world.stop();
  return world;
}

/** The settings of somebody who has this world and nothing else. */
export function configOf({ vaultPath, home }: World, more: Readonly<Record<string, string>> = {}): Config {
  return readConfig({ VAULT_PATH: vaultPath, DATA_DIR: home, ...more }, home);
}

export function settingsOf(world: World, more: Readonly<Record<string, string>> = {}) {
  const config = configOf(world, more);
  return config.kind === 'settings' ? config.settings : assert.fail(JSON.stringify(config.mistakes));
}

/** @param onScreen whether it passes for a terminal */
export function createPaper(onScreen = false) {
  const lines: string[] = [];
  return {
    print: {
      line: (text: string) => void lines.push(text),
      problem: (...said: string[]) => void lines.push(...said),
      onScreen,
    },
    text: () => lines.join('\n'),
  };
}
