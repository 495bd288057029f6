/** Mail that only its reader's own program can open: as its structure says it, or in the text itself. */
import type { Mail } from './mail.ts';

const whole = new Set(['multipart/encrypted', 'application/pkcs7-mime', 'application/x-pkcs7-mime']);
/** Servers that take such a mail apart leave these behind. */
const inside = ['multipart/encrypted', 'application/pgp-encrypted'];

const begin = /^-----BEGIN (?:PGP MESSAGE(?:, PART \d{1,3}\/\d{1,3})?|PKCS7|CMS|AGE ENCRYPTED FILE)-----$/;
const end = /^-----END (?:PGP MESSAGE(?:, PART \d{1,3}\/\d{1,3})?|PKCS7|CMS|AGE ENCRYPTED FILE)-----$/;

/** More letters around the block are somebody’s words about it, and can be read: greetings and footers have less. */
const mostAround = 300;

export function isEncrypted({ shape, text }: Pick<Mail, 'shape' | 'text'>): boolean {
  if (whole.has(shape.type) || inside.some((type) => shape.types.has(type))) return true;
  if (text.text === '' && [...whole].some((type) => shape.types.has(type))) return true;
  let [isInside, any, around] = [false, false, 0];
  for (const line of text.text.split('\n')) {
    const bare = line.trim();
    if (begin.test(bare)) [isInside, any] = [true, true];
    else if (end.test(bare)) isInside = false;
    else if (!isInside) around += bare.match(/\p{L}/gu)?.length ?? 0;
  }
  return any && around <= mostAround;
}
