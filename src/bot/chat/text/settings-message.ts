/**
 * The answer to the command for the settings. Only the sound can be chosen here: it is the one setting that no promise hangs on, and the
 * choice is kept in one place, above what the settings say. Undo time and policy stay where the owner of the machine is.
 */
import { settingsWords } from './list-text.ts';
import type { ChatRules } from './list-text.ts';
import { button } from '../buttons/button.ts';
import type { Below, Message, Messenger, Press } from '../messenger.ts';
import type { Remembered } from '../memory/memory.ts';
import type { Sound } from '../buttons/action.ts';
import { encodeWish } from '../buttons/action.ts';

export type SettingsMessage = {
  send(to: Below): Promise<void>;
  /** A tap on one of its buttons. */
  choose(press: Press, sound: Sound): Promise<void>;
};

export function createSettingsMessage(parts: {
  messenger: Messenger;
  rules: ChatRules;
  remembered: Remembered;
}): SettingsMessage {
  const { messenger, rules, remembered } = parts;
  const night = rules.quietHours !== undefined;
  const render = async (): Promise<Message> => {
    const now = await remembered.sound();
    const choices = (['usual', 'never', 'always'] as const).filter(
      (sound) => sound !== now && (sound !== 'always' || night),
    );
    const rows = choices.map((to) => ({ buttons: [button(labels[to], encodeWish({ kind: 'sound', to }))] }));
    const usual = night ? 'as set, none in quiet hours' : 'as set';
    return { text: { text: `${settingsWords(rules)}\n\nSound: ${{ usual, ...words }[now]}`, entities: [] }, rows };
  };
  return {
    async send(to) {
      const { text, rows } = await render();
      await messenger.reply(to, text, rows);
    },
    async choose(press, sound) {
      await remembered.keepSound(sound);
      await messenger.answer(press, said[sound], 'toast');
      await messenger.turn(press, await render());
    },
  };
}

const labels: Readonly<Record<Sound, string>> = {
  usual: '🔔 Sound as set',
  never: '🔕 No sound at all',
  always: '🔊 Sound in quiet hours too',
};
const words = { never: 'none at all', always: 'also in quiet hours' } as const;
const said: Readonly<Record<Sound, string>> = {
  usual: 'Sound as set.',
  never: 'No sound from now on.',
  always: 'Sound in quiet hours too.',
};
