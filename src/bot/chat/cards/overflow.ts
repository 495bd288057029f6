/**
 * The messages above a long card: sent before it, in order, each once. What stands there is known by a digest of the draft, its
 * revision and the plain words of the messages, so that another way to draw the same words is no reason to send a card anew.
 */
import { sha256 } from '../../../lib/hash.ts';
import type { MessageId, Messenger, Place } from '../messenger.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Above, Remembered } from '../memory/memory.ts';
import type { RichText } from '../text/text.ts';
import type { Answer } from '../trouble.ts';

export type AboveMessages = {
  /** Sends them, going on where an earlier try broke off. */
  send(draft: DraftMark, messages: readonly RichText[], place: Place): Promise<Answer<Above>>;
  /** The card below them is sent: from now on they belong to it, and earlier ones go away. */
  settle(draft: DraftMark, above: Above, card: MessageId): Promise<void>;
  /** Whether exactly these messages stand above this card now; for none, whether nothing does. */
  fits(draft: DraftMark, messages: readonly RichText[], card: MessageId): Promise<boolean>;
  /** The card says everything itself now. */
  drop(draft: DraftMark, card: MessageId): Promise<void>;
};

const form = '2:';
const digestOf = ({ key, revision }: DraftMark, messages: readonly RichText[]): string =>
  messages.length === 0 ? '' : form + sha256(JSON.stringify([key, revision, messages.map(({ text }) => text)]));

/** Earlier versions hashed how the messages were drawn. That can't be told from the words any more. */
const isOfOldForm = (digest: string): boolean => digest !== '' && !digest.startsWith(form);

export function createAboveMessages(parts: { messenger: Messenger; remembered: Remembered }): AboveMessages {
  const { messenger, remembered } = parts;
  return {
    async send(draft, messages, place) {
      const digest = digestOf(draft, messages);
      const before = await remembered.above(draft.key);
      const broken = before.card === undefined && before.digest === digest;
      let above: Above = broken ? before : { digest, ids: [], card: undefined, old: [...before.old, ...before.ids] };
      for (const message of messages.slice(above.ids.length)) {
        const answer = await messenger.send(place, message, { silent: true });
        if (answer.kind === 'trouble') return answer;
        above = { ...above, ids: [...above.ids, answer.value.messageId] };
        await remembered.keepAbove(draft.key, above);
        await remembered.keepDraftAt(answer.value.messageId, draft);
      }
      return { kind: 'ok', value: above };
    },
    async settle(draft, above, card) {
      if (above.digest === '' && above.old.length === 0) return;
      await messenger.remove(above.old);
      await remembered.keepAbove(draft.key, { ...above, card, old: [] });
    },
    async fits(draft, messages, card) {
      const above = await remembered.above(draft.key);
      const shown = above.card === card ? above.digest : '';
      const digest = digestOf(draft, messages);
      if (shown === digest || digest === '' || !isOfOldForm(shown)) return shown === digest;
      // The card asks about this revision, so the messages above, which were sent for the card, hold its text.
      const standing = await remembered.draftAt(card);
      if (standing?.key !== draft.key || standing.revision !== draft.revision) return false;
      await remembered.keepAbove(draft.key, { ...above, digest });
      return true;
    },
    async drop({ key }, card) {
      const { digest, ids, old } = await remembered.above(key);
      if (digest === '' && old.length === 0) return;
      await messenger.remove([...old, ...ids]);
      await remembered.keepAbove(key, { digest: '', ids: [], card, old: [] });
    },
  };
}
