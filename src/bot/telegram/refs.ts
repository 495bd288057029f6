/** A message of ours, as the core keeps it: `chatId:messageId`. */
export const formatRef = (chatId: string, messageId: number): string => `${chatId}:${messageId}`;

export function readRef(ref: string): { readonly chatId: string; readonly messageId: number } | undefined {
  const [, chatId, messageId] = /^(.+):(\d{1,15})$/.exec(ref) ?? [];
  return chatId === undefined ? undefined : { chatId, messageId: Number(messageId) };
}
