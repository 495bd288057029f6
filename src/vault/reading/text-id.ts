import { normaliseText } from '../../domain/effect.ts';
import { sha256 } from '../../lib/hash.ts';

/** Names a text among those of one file, however often the file is read: [0-9a-f]{64}. */
export const textId = (text: string): string => sha256(normaliseText(text));

/** Whether this text is the one a person picked. Picks of earlier versions are the first ten signs of its name. */
export const isPicked = (text: string, picked: string): boolean =>
  picked.length === 10 ? textId(text).startsWith(picked) : textId(text) === picked;
