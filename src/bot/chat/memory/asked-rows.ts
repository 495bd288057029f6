/** What people wrote that we ask about before it is used, and which question of ours is about which message. */
import type { Memory } from '../../../domain/ports.ts';
import type { MessageId } from '../messenger.ts';

export type AskedRows = {
  /** The text of a person's message that replied to nothing. */
  saidText(messageId: MessageId): Promise<string | undefined>;
  keepSaidText(messageId: MessageId, text: string): Promise<void>;
  /** The message of a person that this question of ours is about. */
  askedAbout(question: MessageId): Promise<MessageId | undefined>;
  keepAskedAbout(question: MessageId, messageId: MessageId): Promise<void>;
};

export const createAskedRows = (memory: Memory, put: Memory['set']): AskedRows => ({
  saidText: (messageId) => memory.get(`said:${messageId}`),
  keepSaidText: (messageId, text) => put(`said:${messageId}`, text),
  askedAbout: (question) => memory.get(`asked:${question}`),
  keepAskedAbout: (question, messageId) => put(`asked:${question}`, messageId),
});
