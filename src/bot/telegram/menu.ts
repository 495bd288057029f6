/** The commands in the menu of the app. Best effort: without a menu everything works all the same. */
import type { Api } from 'grammy';

import { menu } from '../chat/inbound/commands.ts';
import { attempt } from './errors.ts';

export async function setMenus(api: Api): Promise<void> {
  const all = menu.map(({ word, does }) => ({ command: word, description: does }));
  const ofGroups = all.filter((_, at) => 'everybody' in (menu[at] ?? {}));
  await attempt(() => api.setMyCommands(all));
  await attempt(() => api.setMyCommands(ofGroups, { scope: { type: 'all_group_chats' } }));
}
