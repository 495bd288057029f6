/** The message that says how everything stands, with the button that pauses and resumes. */
import type { Door } from '../../../domain/ports.ts';
import type { Clock } from '../../../lib/clock.ts';

import { statusLines } from './status-words.ts';
import { ownWords } from './text.ts';
import { button } from '../buttons/button.ts';
import type { Below, Message, Messenger, Press } from '../messenger.ts';
import { encodeWish } from '../buttons/action.ts';

export type StatusMessage = {
  send(to: Below): Promise<void>;
  /** Rewrites the message whose button was tapped, with what was said to the tap on top. */
  redraw(press: Press, said: string): Promise<void>;
};

/**
 * The answer to /status, /pause and /resume. Pausing is a button here: mail can hold a word that becomes a tappable
 * command, so no bare command may change anything.
 */
export function createStatusMessage(parts: { messenger: Messenger; door: Door; clock: Clock }): StatusMessage {
  const { messenger, door, clock } = parts;
  const render = async (said: string): Promise<Message> => {
    const status = await door.status();
    const turn = status.paused
      ? button('▶️ Resume', encodeWish({ kind: 'resume' }))
      : button('⏸ Pause', encodeWish({ kind: 'pause' }));
    return {
      text: ownWords([...(said === '' ? [] : [said, '']), ...statusLines(status, clock.now())].join('\n')),
      rows: [{ buttons: [turn] }],
    };
  };
  return {
    async send(to) {
      const { text, rows } = await render('');
      await messenger.reply(to, text, rows);
    },
    async redraw(press, said) {
      await messenger.turn(press, await render(said));
    },
  };
}
