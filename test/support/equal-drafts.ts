/** Drafts that would do the same, and what their cards say of each other. */
import type { Card } from '../../src/domain/card.ts';
import { until } from './until.ts';
import type { World } from './workflow-world.ts';

export const post = (text: string, more = '') =>
  `---\ntype: linkedin_post\n${more}---\n\n## LinkedIn Post\n\n${text}\n`;
export const open = 'We are open on Sunday.';

/** Cards of files that say the same; those that are not there yet are written. */
export async function asked(world: World, ...names: readonly string[]): Promise<readonly Card[]> {
  for (const name of names)
    if (!world.exists(`Pending_Approval/${name}`)) world.write(`Pending_Approval/${name}`, post(open));
  await world.rescan();
  return await Promise.all(names.map((name) => world.card(name, 'asks')));
}
/** The card of this file, once one of its problems says this. */
export const says = (world: World, name: string, words: RegExp): Promise<Card> =>
  until(() => {
    const card = [...world.chat.cards.values()].find(({ file }) => file.endsWith(name));
    return card?.problems.some(({ code, what }) => code === 'duplicate' && words.test(what)) === true
      ? card
      : undefined;
  }, `the card of ${name} says ${words}`);
