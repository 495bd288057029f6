/**
 * The log of an attempt as a file, for phones that can't open the page it is on; its screenshots too. Changes nothing.
 * In a group it goes to whoever asked, in private: others may see the cards, but they are not the ones who may look.
 */
import type { Api, Context, Filter } from 'grammy';

import type { Exhibits } from '../../domain/exhibits.ts';
import type { Door } from '../../domain/ports.ts';
import { strange } from '../../lib/words.ts';
import { createFileSender } from './file-sender.ts';
import { actorOf, answerMessage, answerTap } from './person.ts';
import { richText } from './rich-text.ts';
import { attempt, troubleWords } from './trouble.ts';
import type { Trouble } from './trouble.ts';
import { createUploads } from './uploads.ts';
import type { Upload, Uploads } from './uploads.ts';
import { encodeWish } from './wish.ts';

type TapContext = Filter<Context, 'callback_query'>;

export type Logs = {
  log(ctx: TapContext, attemptId: string): Promise<void>;
  screenshots(ctx: TapContext, attemptId: string): Promise<void>;
};

const largestFile = 50_000_000;
const mostPictures = 10;

/** @param parts_.api the client for uploads */
export function createLogs(parts: { door: Door; exhibits: Exhibits; api: Api }): Logs {
  const { door, exhibits } = parts;

  /** Where it may go; undefined when the person was told why not. */
  const deskFor = async (ctx: TapContext, there: boolean): Promise<Desk | undefined> => {
    const permission = door.may(actorOf(ctx.from), 'look');
    const chat = ctx.chat?.type === 'private' ? ctx.chat.id : ctx.from.id;
    const words = permission.kind === 'refused' ? permission.why : there ? '' : notKept;
    if (words !== '') {
      await answerTap(ctx, words, 'alert');
      return undefined;
    }
    const apart = chat !== ctx.chat?.id;
    // Answered first: an upload takes longer than a tap may wait.
    await answerTap(ctx, apart ? 'I send it to you in private.' : 'Here it comes.', 'toast');
    const uploads = createUploads({
      api: parts.api,
      inChat: (call) => attempt(() => call(chat)),
      inTopic: (_, call) => attempt(() => call(chat, undefined)),
    });
    return { uploads, replyTo: apart ? undefined : ctx.callbackQuery.message?.message_id };
  };

  return {
    async log(ctx, attemptId) {
      const known = await door.attempt(attemptId);
      const text = known === undefined ? undefined : await exhibits.log(attemptId);
      const bytes = Buffer.from(text ?? '', 'utf8');
      const desk = await deskFor(ctx, bytes.length > 0 && bytes.length <= largestFile);
      if (desk === undefined) return;
      const pictures = (await exhibits.pictures(attemptId)).length;
      const screenshots = { kind: 'screenshots', attempt: attemptId } as const;
      const button = { text: `🖼 Screenshots (${pictures})`, callback_data: encodeWish(screenshots) };
      const caption = richText(['bold', `Log of attempt ${known?.number ?? ''}`]);
      const answer = await desk.uploads.send({ as: 'document', bytes, name: 'log.txt' }, caption, {
        silent: true,
        replyTo: desk.replyTo,
        keyboard: pictures === 0 ? undefined : { inline_keyboard: [[button]] },
      });
      if (answer.kind === 'trouble') await answerMessage(ctx, wordsFor(answer.trouble));
    },
    async screenshots(ctx, attemptId) {
      const known = await door.attempt(attemptId);
      const names = known === undefined ? [] : (await exhibits.pictures(attemptId)).slice(0, mostPictures);
      const files: Upload[] = [];
      for (const [at, name] of names.entries()) {
        const bytes = await exhibits.kept({ attempt: attemptId, name });
        if (bytes === undefined || bytes.length === 0 || bytes.length > largestPhoto) continue;
        files.push({ as: 'photo', bytes, name: `screenshot-${at + 1}${name.endsWith('.png') ? '.png' : '.jpg'}` });
      }
      const desk = await deskFor(ctx, files.length > 0);
      if (desk === undefined) return;
      const sender = createFileSender(desk.uploads, async () => undefined);
      const answer = await sender.hand(
        files,
        richText(`Screenshots: ${names.map((name) => strange(name, 80)).join(', ')}`),
        desk,
      );
      if (answer.kind === 'trouble') return answerMessage(ctx, wordsFor(answer.trouble));
      if (answer.value.missing.length > 0) await answerMessage(ctx, 'Telegram did not take all of the screenshots.');
    },
  };
}

type Desk = { readonly uploads: Uploads; readonly replyTo: number | undefined };

const largestPhoto = 10_000_000;
const notKept = 'That is not kept any more. Look into Logs/runs in the vault.';

const wordsFor = (trouble: Trouble): string =>
  trouble.kind === 'chat_closed'
    ? 'I can’t write to you in private yet: open my chat, press Start, and tap again.'
    : `I could not send it. ${troubleWords(trouble)}`;
