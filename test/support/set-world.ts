/** One idea drafted for three platforms, in the real workflow with the real chat. */
import type { TestContext } from 'node:test';
import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { facebook } from '../../src/executors/platforms.ts';
import type { Rules } from '../../src/workflow/parts.ts';
import { createChatWorld } from './chat-world.ts';
import type { ChatWorld } from './chat-world.ts';
import { createFakeExecutor } from './fake-executor.ts';
import { until } from './until.ts';

export const texts = {
  LINKEDIN_sale: 'We are open on Sunday.',
  FACEBOOK_sale: 'Open on Sunday!',
  EMAIL_sale: 'Yes, we are open on Sunday.',
} as const;
export type Name = keyof typeof texts;
export const names: readonly Name[] = ['LINKEDIN_sale', 'FACEBOOK_sale', 'EMAIL_sale'];

const kinds: Readonly<Record<Name, string>> = {
  LINKEDIN_sale: 'type: linkedin_post',
  FACEBOOK_sale: 'type: facebook_post',
  // An answer goes to somebody who wrote first, so nothing is asked a second time.
  EMAIL_sale: 'type: email\nto: sara@customer.example\nsubject: "Re: Sunday"\nin_reply_to: "<1@customer.example>"',
};

/** As the drafters of real vaults write them: each names the plan it comes from. */
export const fileOf = (name: Name, text: string = texts[name]): string =>
  `---\n${kinds[name]}\nsource_plan: "[[PLAN_20260217_sunday]]"\n---\n\n## ${name.startsWith('EMAIL') ? 'Email Body' : 'Post Content'}\n\n${text}\n`;

export async function createSetWorld(t: Pick<TestContext, 'after'>, rules: Partial<Rules> = {}) {
  const wall = createFakeExecutor(facebook);
  const world = await createChatWorld(t, rules, { also: [wall] });
  await world.wroteFirst('<1@customer.example>', 'sara@customer.example');
  return Object.assign(world, {
    wall,
    dropAll(): void {
      for (const name of names) world.write(`Pending_Approval/${name}.md`, fileOf(name));
    },
    left: (): readonly string[] =>
      [world.executor, wall, world.mailer].flatMap(({ effects }) => effects.map(({ text }) => text)),
  });
}
export type SetWorld = Awaited<ReturnType<typeof createSetWorld>>;

/** The message below the cards, once it has exactly these buttons. */
export const listWith = (world: ChatWorld, ...labels: readonly string[]): Promise<SeenMessage> =>
  until(
    async () => {
      const found = world.said().findLast(({ text }) => text.startsWith('One idea, '));
      if (
        found?.buttons
          .flat()
          .map(({ label }) => label)
          .join() === labels.join()
      )
        return found;
      await world.pass(100);
      return undefined;
    },
    `the list has the buttons ${labels.join(', ')}`,
  );
