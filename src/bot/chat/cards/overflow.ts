/** The messages above a long card: sent before it, in order, each once. */
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
  /** Hash of what stands above this card now; empty when nothing does. */
  digestAt(draft: DraftMark, card: MessageId): Promise<string>;
  /** The card says everything itself now. */
  drop(draft: DraftMark, card: MessageId): Promise<void>;
};

export const digestOf = (messages: readonly RichText[]): string =>
  messages.length === 0 ? '' : sha256(JSON.stringify(messages));

export function createAboveMessages(parts: { messenger: Messenger; remembered: Remembered }): AboveMessages {
  const { messenger, remembered } = parts;
  return {
    async send(draft, messages, place) {
      const digest = digestOf(messages);
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
    async digestAt({ key }, card) {
      const above = await remembered.above(key);
      return above.card === card ? above.digest : '';
    },
    async drop({ key }, card) {
      const { digest, ids, old } = await remembered.above(key);
      if (digest === '' && old.length === 0) return;
      await messenger.remove([...old, ...ids]);
      await remembered.keepAbove(key, { digest: '', ids: [], card, old: [] });
    },
  };
}
