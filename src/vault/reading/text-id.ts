import { normaliseText } from '../../domain/effect.ts';
import { sha256 } from '../../lib/hash.ts';

/** Names a text among those of one file, however often the file is read: [0-9a-f]{10}. */
export const textId = (text: string): string => sha256(normaliseText(text)).slice(0, 10);
