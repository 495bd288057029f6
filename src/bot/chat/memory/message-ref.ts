/** What the core keeps of where a card stands: the message of ours, or that only the digest leads to it. */
import type { MessageId } from '../messenger.ts';

/** A draft without a message of its own. No driver writes the id of a message so. */
export const digestRef = (key: string): string => `digest/${key}`;

/** The draft's key; undefined when the ref is a message. */
export const readDigestRef = (ref: string): string | undefined => /^digest\/([a-z0-9]+)$/.exec(ref)?.[1];

/** The message; undefined when the ref is none. */
export const readMessageRef = (ref: string): MessageId | undefined =>
  ref === '' || readDigestRef(ref) !== undefined ? undefined : ref;
