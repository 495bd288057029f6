/** What people wrote that we ask about before it is used, and which question of ours is about which message. */
import type { Memory } from '../../../domain/ports.ts';

export type AskedRows = {
  /** The text of a person's message that replied to nothing. */
  saidText(chatId: string, messageId: number): Promise<string | undefined>;
  keepSaidText(chatId: string, messageId: number, text: string): Promise<void>;
  /** The message of a person that this question of ours is about. */
  askedAbout(chatId: string, question: number): Promise<number | undefined>;
  keepAskedAbout(chatId: string, question: number, messageId: number): Promise<void>;
};

export const createAskedRows = (memory: Memory, put: Memory['set']): AskedRows => ({
  saidText: (chatId, messageId) => memory.get(`said:${chatId}:${messageId}`),
  keepSaidText: (chatId, messageId, text) => put(`said:${chatId}:${messageId}`, text),
  async askedAbout(chatId, question) {
    const messageId = Number((await memory.get(`asked:${chatId}:${question}`)) ?? 0);
    return Number.isInteger(messageId) && messageId > 0 ? messageId : undefined;
  },
  keepAskedAbout: (chatId, question, messageId) => put(`asked:${chatId}:${question}`, String(messageId)),
});
