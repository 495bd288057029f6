import { domainToASCII, domainToUnicode } from 'node:url';

const plain =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

/** One ordinary mail address and nothing else: no quotes, spaces, comments, groups or control signs. */
export const isPlainAddress = (text: string): boolean =>
  text.length <= 254 && text.indexOf('@') <= 64 && plain.test(text);

/** The part behind the @, lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();

/**
 * The plain address mail is sent to: a domain in letters of any script becomes its ASCII form (`müller.example` →
 * `xn--mller-kva.example`). Undefined when it is no ordinary address, and when the domain would become another one
 * than is written: full-width letters, signs nobody sees, other dots.
 */
export function plainAddress(text: string): string | undefined {
  if (isPlainAddress(text)) return text;
  const domain = domainOf(text).normalize('NFC');
  const ascii = domainToASCII(domain);
  if (ascii === domain || domainToUnicode(ascii) !== domain) return undefined;
  const address = text.slice(0, text.lastIndexOf('@') + 1) + ascii;
  return isPlainAddress(address) ? address : undefined;
}

/**
 * Whether a word of the domain has letters of alphabets that are easily taken for each other. No registry gives such
 * names away; they are made to look like another.
 */
export const mixesAlphabets = (address: string): boolean =>
  domainOf(address)
    .split('.')
    .some((label) => alphabets.filter((alphabet) => alphabet.test(label)).length > 1);

const alphabets = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/** Shorter names have too many neighbours to mean anything. */
const shortest = 8;

/** Whether two domains differ by one sign: another one, one more, one less, or two that changed places. */
export function isOneSignAway(one: string, other: string): boolean {
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short === long || short.length < shortest || long.length - short.length > 1) return false;
  let at = 0;
  while (at < short.length && short[at] === long[at]) at += 1;
  if (short.length < long.length) return short.slice(at) === long.slice(at + 1);
  const swapped = short[at] === long[at + 1] && short[at + 1] === long[at];
  return short.slice(at + 1) === long.slice(at + 1) || (swapped && short.slice(at + 2) === long.slice(at + 2));
}
