/** Who is who in a mail: whom an answer goes to, who else got it, and which addresses are our own. */
import type { Head, Person } from './mail.ts';
import { isRoleAddress } from './role-address.ts';

type People = Pick<Head, 'from' | 'replyTo' | 'to' | 'cc'>;

/** Whom an answer would go to: everybody in Reply-To who can be answered and is not ourselves, else From. */
export function answerTo({ from, replyTo }: People, account: string): readonly Person[] {
  const wished = distinct(replyTo).filter(({ address }) => !isRoleAddress(address) && !isOwn(address, account));
  if (wished.length > 0) return wished;
  return from === undefined ? [] : [from];
}

/** Who else got it: all of To and Cc without ourselves, the sender and those an answer goes to. */
export function othersOf(people: People, account: string): readonly Person[] {
  const { from, to, cc } = people;
  const reached = new Set([...answerTo(people, account), ...(from === undefined ? [] : [from])].map(addressOf));
  return distinct([...to, ...cc]).filter((one) => !reached.has(addressOf(one)) && !isOwn(one.address, account));
}

/** Our own address, also written with a plus and more behind it. */
export const isOwn = (address: string, account: string): boolean => mailbox(address) === mailbox(account);

/** Where it arrives. Gmail takes dots for nothing and has two names for itself. */
function mailbox(address: string): string {
  const lower = address.trim().toLowerCase();
  const at = lower.lastIndexOf('@');
  const domain = lower.slice(at + 1);
  const name = lower.slice(0, Math.max(at, 0)).replace(/(?<=.)\+.*$/, '');
  const isGmail = domain === 'gmail.com' || domain === 'googlemail.com';
  return isGmail ? `${name.replaceAll('.', '')}@gmail.com` : `${name}@${domain}`;
}

const addressOf = ({ address }: Person): string => address.toLowerCase();

/** The first of each address. */
const distinct = (people: readonly Person[]): readonly Person[] =>
  people.filter((one, at) => people.findIndex((other) => addressOf(other) === addressOf(one)) === at);
