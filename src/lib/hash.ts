import { createHash } from 'node:crypto';

/** SHA-256, lower-case hex. Text is hashed as UTF-8. */
export const sha256 = (value: string | Uint8Array): string => createHash('sha256').update(value).digest('hex');
