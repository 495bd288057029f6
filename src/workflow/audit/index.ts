/**
 * The promises P1 to P4 as one function over what can be seen. Every test of the proof uses it, and so does
 * `npm run doctor -- --audit` on a real vault. It shares as little as it can with the code it judges.
 */
import { auditChat } from './chat.ts';
import { auditFolders } from './folders.ts';
import { auditSending } from './sending.ts';
import type { Breach, Seen } from './seen.ts';

export type { Breach, Received, Seen, Written } from './seen.ts';

/** @returns what contradicts a promise; empty when all of them hold */
export const audit = (seen: Seen): readonly Breach[] => [
  ...auditSending(seen),
  ...auditFolders(seen),
  ...auditChat(seen),
];
