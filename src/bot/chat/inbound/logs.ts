/**
 * The log of an attempt as a file, for phones that can't open the page it is on; its screenshots too. Changes nothing.
 * In a group it goes to whoever asked, in private: others may see the cards, but they are not the ones who may look.
 */
import type { Exhibits } from '../../../domain/exhibits.ts';
import type { Door } from '../../../domain/ports.ts';
import { strange } from '../../../lib/words.ts';
import { button } from '../buttons/button.ts';
import { createFileSender } from '../cards/send-files.ts';
import type { Spot } from '../cards/send-files.ts';
import { answerMessage } from '../answers.ts';
import type { Messenger, Press, Upload } from '../messenger.ts';
import { richText } from '../text/text.ts';
import type { Trouble } from '../trouble.ts';
import { encodeWish } from '../buttons/action.ts';

export type Logs = {
  log(press: Press, attemptId: string): Promise<void>;
  screenshots(press: Press, attemptId: string): Promise<void>;
};

const largestFile = 50_000_000;
const mostPictures = 10;

export function createLogs(parts: { messenger: Messenger; door: Door; exhibits: Exhibits }): Logs {
  const { messenger, door, exhibits } = parts;

  /** Where it may go; undefined when the person was told why not. */
  const deskFor = async (press: Press, there: boolean): Promise<Spot | undefined> => {
    const permission = door.may(press.actor, 'look');
    const direct = press.shared ? await messenger.direct(press.actor) : undefined;
    const closed = direct?.kind === 'trouble' ? wordsFor(direct.trouble) : '';
    const words = permission.kind === 'refused' ? permission.why : there ? closed : notKept;
    if (words !== '') {
      await messenger.answer(press, words, 'alert');
      return undefined;
    }
    const place = direct?.kind === 'ok' ? direct.value : press.place;
    const apart = direct !== undefined && place !== press.chat;
    // Answered first: an upload takes longer than a tap may wait.
    await messenger.answer(press, apart ? 'I send it to you in private.' : 'Here it comes.', 'toast');
    return { place, replyTo: apart ? undefined : press.messageId };
  };

  return {
    async log(press, attemptId) {
      const known = await door.attempt(attemptId);
      const text = known === undefined ? undefined : await exhibits.log(attemptId);
      const bytes = Buffer.from(text ?? '', 'utf8');
      const desk = await deskFor(press, bytes.length > 0 && bytes.length <= largestFile);
      if (desk === undefined) return;
      const pictures = (await exhibits.pictures(attemptId)).length;
      const screenshots = { kind: 'screenshots', attempt: attemptId } as const;
      const show = button(`🖼 Screenshots (${pictures})`, encodeWish(screenshots));
      const caption = richText(['bold', `Log of attempt ${known?.number ?? ''}`]);
      const answer = await messenger.sendFile(desk.place, { as: 'document', bytes, name: 'log.txt' }, caption, {
        silent: true,
        replyTo: desk.replyTo,
        rows: pictures === 0 ? [] : [{ buttons: [show] }],
      });
      if (answer.kind === 'trouble') await answerMessage(messenger, press, wordsFor(answer.trouble));
    },
    async screenshots(press, attemptId) {
      const known = await door.attempt(attemptId);
      const names = known === undefined ? [] : (await exhibits.pictures(attemptId)).slice(0, mostPictures);
      const files: Upload[] = [];
      for (const [at, name] of names.entries()) {
        const bytes = await exhibits.kept({ attempt: attemptId, name });
        if (bytes === undefined || bytes.length === 0 || bytes.length > largestPhoto) continue;
        files.push({ as: 'photo', bytes, name: `screenshot-${at + 1}${name.endsWith('.png') ? '.png' : '.jpg'}` });
      }
      const desk = await deskFor(press, files.length > 0);
      if (desk === undefined) return;
      const sender = createFileSender(messenger, async () => undefined);
      const answer = await sender.hand(
        files,
        richText(`Screenshots: ${names.map((name) => strange(name, 80)).join(', ')}`),
        desk,
      );
      if (answer.kind === 'trouble') return answerMessage(messenger, press, wordsFor(answer.trouble));
      if (answer.value.missing.length > 0)
        await answerMessage(messenger, press, `${messenger.label} did not take all of the screenshots.`);
    },
  };
}

const largestPhoto = 10_000_000;
const notKept = 'That is not kept any more. Look into Logs/runs in the vault.';

const wordsFor = (trouble: Trouble): string =>
  trouble.kind === 'chat_closed'
    ? 'I can’t write to you in private yet: open my chat, press Start, and tap again.'
    : `I could not send it. ${trouble.words}`;
