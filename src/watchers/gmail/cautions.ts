/**
 * What a careful reader would want to know about a mail before answering it. Sentences of ours; what the sender wrote is
 * set apart in them.
 */
import { domainToUnicode } from 'node:url';
import { domainOf, isOneSignAway, mixesAlphabets } from '../../lib/address.ts';
import { strange } from '../../lib/words.ts';
import type { Mail, Person } from './mail.ts';
import { answerTo } from './people.ts';

/** Everybody can have an address there: the same domain says nothing about the person. */
const openToAll =
  /^(?:gmail|googlemail|outlook|hotmail|live|msn|yahoo|ymail|icloud|me|aol|gmx|web|mail|proton|protonmail|yandex|qq|163|126|t-online|orange|free|libero|zoho)\.(?:[a-z]{2,3}|co\.[a-z]{2}|com\.[a-z]{2})$/;

export function cautionsOf({ head, text }: Pick<Mail, 'head' | 'text'>, account: string): readonly string[] {
  const { from } = head;
  const answered = answerTo(head, account);
  const domains = new Set([...(from === undefined ? [] : [from]), ...answered].map(({ address }) => domainOf(address)));
  return [
    ...(from === undefined ? ['The sender’s address is malformed.'] : [...spoofed(from), ...elsewhere(from, answered)]),
    ...[...domains].flatMap((domain) => [...inOtherLetters(domain), ...nearOurs(domain, account)]),
    ...(text.hidden ? ['The mail contained hidden text, which was left out.'] : []),
  ];
}

const spoofed = ({ name, address }: Person): readonly string[] =>
  /@/.test(name) && !name.toLowerCase().includes(address.toLowerCase())
    ? [`The sender’s name ${strange(name, 120)} looks like an address, but the mail is from ${shown(address)}.`]
    : [];

function elsewhere(from: Person, answered: readonly Person[]): readonly string[] {
  const domain = domainOf(from.address);
  const away = answered
    .map(({ address }) => address)
    .filter((address) => domainOf(address) !== domain || openToAll.test(domain))
    .filter((address) => address.toLowerCase() !== from.address.toLowerCase());
  if (away.length === 0) return [];
  const more = away.length > 3 ? ` and ${away.length - 3} more` : '';
  const list = away.slice(0, 3).map(shown).join(', ');
  return [`The sender wants answers sent to ${list}${more}; the mail came from ${shown(from.address)}.`];
}

function inOtherLetters(domain: string): readonly string[] {
  if (!domain.includes('xn--')) return [];
  const unicode = domainToUnicode(domain);
  const mixed = mixesAlphabets(unicode) ? ' It mixes letters of alphabets that look alike.' : '';
  const name = unicode === '' || unicode === domain ? 'no name that can be shown' : strange(unicode, 253);
  return [`The domain ${strange(domain, 253)} is shown by most programs as ${name}.${mixed}`];
}

const nearOurs = (domain: string, account: string): readonly string[] =>
  isOneSignAway(domain, domainOf(account))
    ? [`The domain ${strange(domain, 253)} is one sign away from your own, ${strange(domainOf(account), 253)}.`]
    : [];

const shown = (address: string): string => strange(address, 254);
