/** SEARCH of the stand-in: the keys our own code uses, everything else is BAD. */
import { inSet, isSet, parseDay, type Word } from './imap-words.ts';
import type { StoredMail } from './mail-store.ts';
import { header, parsePart } from './mime.ts';

type Test = (mail: StoredMail, number: number) => boolean;

/** Messages that match all keys; undefined when a key is not known. */
export function searchMails(view: readonly StoredMail[], keys: readonly Word[]): readonly StoredMail[] | undefined {
  const words = keys.map((word) => (typeof word === 'string' ? word : ''));
  const tests: Test[] = [];
  for (let at = 0; at < words.length;) {
    const [test, used] = readKey(view, words.slice(at));
    if (test === undefined) return undefined;
    tests.push(test);
    at += used;
  }
  return view.filter((mail, index) => tests.every((test) => test(mail, index + 1)));
}

function readKey(view: readonly StoredMail[], words: readonly string[]): readonly [Test | undefined, number] {
  const [key = '', first = '', second = ''] = words;
  if (isSet(key)) return [(_, number) => inSet(key, number, view.length), 1];
  switch (key.toUpperCase()) {
    case 'ALL':
      return [() => true, 1];
    case 'UID':
      return [isSet(first) ? (mail) => inSet(first, mail.uid, view.at(-1)?.uid ?? 0) : undefined, 2];
    case 'HEADER':
      return [(mail) => matchesHeader(mail, first, second), 3];
    case 'SINCE': {
      const day = parseDay(first);
      return [day === undefined ? undefined : (mail) => mail.at.getTime() >= day.getTime(), 2];
    }
    case 'UNDELETED':
      return [(mail) => !mail.flags.has('\\Deleted'), 1];
    case 'UNSEEN':
      return [(mail) => !mail.flags.has('\\Seen'), 1];
    case 'X-GM-RAW': {
      const [, id] = /^rfc822msgid:(\S+)$/.exec(first) ?? [];
      return [id === undefined ? undefined : (mail) => matchesHeader(mail, 'Message-ID', id), 2];
    }
    default:
      return [undefined, 1];
  }
}

const matchesHeader = (mail: StoredMail, name: string, piece: string): boolean =>
  (header(parsePart(mail.raw).headers, name.toLowerCase()) ?? '').toLowerCase().includes(piece.toLowerCase());
