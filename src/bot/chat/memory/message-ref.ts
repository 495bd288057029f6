/** A message of ours, as the core keeps it: `chatId:messageId`. */
export const formatRef = (chatId: string, messageId: number): string => `${chatId}:${messageId}`;

export function readRef(ref: string): { readonly chatId: string; readonly messageId: number } | undefined {
  const [, chatId, messageId] = /^(.+):(\d{1,15})$/.exec(ref) ?? [];
  return chatId === undefined ? undefined : { chatId, messageId: Number(messageId) };
}

/** A draft without a message of its own: the digest leads to it. Has no colon, so it is never read as a message. */
export const digestRef = (key: string): string => `digest/${key}`;

/** The draft's key; undefined when the ref is a message. */
export const readDigestRef = (ref: string): string | undefined => /^digest\/([a-z0-9]+)$/.exec(ref)?.[1];
