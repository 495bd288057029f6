/** The commands of the stand-in: what runs when, and the words of the tagged answer. */
import { fetchAnswer } from './imap-fetch.ts';
import { searchMails } from './imap-search.ts';
import { capabilities, refresh, type ImapSession } from './imap-state.ts';
import { inSet, isSet, quote, type Word } from './imap-words.ts';
import type { StoredMail } from './mail-store.ts';

type Command = {
  readonly states: readonly ImapSession['state'][];
  /** The tagged answer without its tag; undefined when it follows later. */
  run(session: ImapSession, words: readonly Word[], tag: string): string | undefined;
};

const always = ['fresh', 'logged_in', 'selected'] as const;
const loggedIn = ['logged_in', 'selected'] as const;
const bad = 'BAD these arguments make no sense';

const text = (word: Word | undefined): string => (typeof word === 'string' ? word : '');

export const commands: Readonly<Record<string, Command>> = {
  CAPABILITY: {
    states: always,
    run(session) {
      session.say(`* CAPABILITY ${capabilities}`);
      return 'OK done';
    },
  },
  ID: {
    states: always,
    run(session) {
      session.say('* ID ("name" "countersign-sandbox")');
      return 'OK done';
    },
  },
  NOOP: {
    states: always,
    run(session) {
      refresh(session);
      return 'OK done';
    },
  },
  LOGOUT: {
    states: always,
    run(session, _, tag) {
      session.say('* BYE until next time');
      session.say(`${tag} OK done`);
      session.end();
      return undefined;
    },
  },
  LOGIN: { states: ['fresh'], run: (session, [user, password]) => logIn(session, text(user), text(password)) },
  AUTHENTICATE: { states: ['fresh'], run: authenticate },
  NAMESPACE: {
    states: loggedIn,
    run(session) {
      session.say('* NAMESPACE (("" "/")) NIL NIL');
      return 'OK done';
    },
  },
  LIST: { states: loggedIn, run: (session, words) => list(session, words, 'LIST') },
  LSUB: { states: loggedIn, run: (session, words) => list(session, words, 'LSUB') },
  SELECT: { states: loggedIn, run: (session, words) => select(session, words, false) },
  EXAMINE: { states: loggedIn, run: (session, words) => select(session, words, true) },
  UNSELECT: { states: ['selected'], run: unselect },
  CLOSE: { states: ['selected'], run: unselect },
  IDLE: { states: loggedIn, run: idle },
  APPEND: { states: loggedIn, run: append },
  SEARCH: { states: ['selected'], run: (session, words) => search(session, words, false) },
  'UID SEARCH': { states: ['selected'], run: (session, words) => search(session, words, true) },
  FETCH: { states: ['selected'], run: (session, words) => fetch(session, words, false) },
  'UID FETCH': { states: ['selected'], run: (session, words) => fetch(session, words, true) },
  'UID STORE': { states: ['selected'], run: store },
};

function logIn(session: ImapSession, user: string, password: string): string {
  if (!session.accepts(user, password)) return 'NO [AUTHENTICATIONFAILED] Invalid credentials (Failure)';
  session.state = 'logged_in';
  return `OK [CAPABILITY ${capabilities}] welcome`;
}

function authenticate(session: ImapSession, [method, first]: readonly Word[], tag: string): string | undefined {
  if (text(method).toUpperCase() !== 'PLAIN') return 'NO only PLAIN';
  const take = (encoded: string): string => {
    const [, user = '', password = ''] = Buffer.from(encoded, 'base64').toString('utf8').split('\0');
    return logIn(session, user, password);
  };
  if (first !== undefined) return take(text(first));
  session.nextLine = (line) => session.say(`${tag} ${take(line)}`);
  session.say('+ ');
  return undefined;
}

function list(session: ImapSession, [, pattern]: readonly Word[], name: 'LIST' | 'LSUB'): string {
  const wanted = text(pattern);
  for (const mailbox of session.store.mailboxes) {
    if (wanted !== '*' && wanted !== '%' && wanted !== mailbox.name) continue;
    const use = mailbox.use === '' ? '' : ` ${mailbox.use}`;
    session.say(`* ${name} (\\HasNoChildren${use}) "/" ${quote(mailbox.name)}`);
  }
  return 'OK done';
}

function select(session: ImapSession, [name]: readonly Word[], readOnly: boolean): string {
  const mailbox = session.store.find(text(name));
  if (mailbox === undefined) return 'NO [NONEXISTENT] no such mailbox';
  Object.assign(session, { mailbox, readOnly, state: 'selected', view: [...mailbox.mails] });
  session.say(`* FLAGS (\\Answered \\Flagged \\Deleted \\Seen \\Draft)`);
  session.say(`* ${mailbox.mails.length} EXISTS`);
  session.say('* 0 RECENT');
  session.say(`* OK [UIDVALIDITY ${mailbox.uidValidity}] these UIDs hold`);
  session.say(`* OK [UIDNEXT ${mailbox.uidNext}] next one`);
  return `OK [READ-${readOnly ? 'ONLY' : 'WRITE'}] done`;
}

function unselect(session: ImapSession): string {
  Object.assign(session, { mailbox: undefined, state: 'logged_in', view: [] });
  return 'OK done';
}

function idle(session: ImapSession, _: readonly Word[], tag: string): undefined {
  session.idleTag = tag;
  session.nextLine = (line) => {
    session.idleTag = '';
    session.say(`${tag} ${line.toUpperCase() === 'DONE' ? 'OK done' : 'BAD expected DONE'}`);
  };
  session.say('+ idling');
  refresh(session);
}

function append(session: ImapSession, words: readonly Word[]): string {
  const [name, ...rest] = words;
  const mailbox = session.store.find(text(name));
  const raw = rest.at(-1);
  if (mailbox === undefined) return 'NO [TRYCREATE] no such mailbox';
  if (typeof raw !== 'string') return bad;
  const flags = rest.find((word) => typeof word !== 'string') ?? [];
  const mail = session.store.file(mailbox, Buffer.from(raw, 'latin1'), flags.map(text));
  return `OK [APPENDUID ${mailbox.uidValidity} ${mail.uid}] done`;
}

function search(session: ImapSession, keys: readonly Word[], byUid: boolean): string {
  const found = searchMails(session.view, keys);
  if (found === undefined) return 'BAD a search key is not known here';
  const numbers = found.map((mail) => (byUid ? mail.uid : session.view.indexOf(mail) + 1));
  session.say(`* SEARCH${numbers.map((number) => ` ${number}`).join('')}`);
  return 'OK done';
}

function fetch(session: ImapSession, [set, wanted]: readonly Word[], byUid: boolean): string {
  const asked = typeof wanted === 'string' ? [wanted] : (wanted ?? []);
  const items = byUid && !asked.some((item) => text(item).toUpperCase() === 'UID') ? ['UID', ...asked] : asked;
  if (!isSet(text(set)) || asked.length === 0) return bad;
  for (const [mail, number] of chosen(session, text(set), byUid)) {
    const answer = fetchAnswer(mail, items);
    if (answer === undefined) return 'BAD an item is not known here';
    session.say(`* ${number} FETCH ${answer}`);
  }
  return 'OK done';
}

function store(session: ImapSession, [set, action, flags]: readonly Word[]): string {
  const [, sign] = /^([+-])FLAGS(?:\.SILENT)?$/i.exec(text(action)) ?? [];
  if (sign === undefined || !isSet(text(set))) return bad;
  if (session.readOnly) return 'NO opened for reading only';
  for (const [mail, number] of chosen(session, text(set), true)) {
    for (const flag of typeof flags === 'string' ? [flags] : (flags ?? [])) {
      if (sign === '+') mail.flags.add(text(flag));
      else mail.flags.delete(text(flag));
    }
    session.say(`* ${number} FETCH (UID ${mail.uid} FLAGS (${[...mail.flags].join(' ')}))`);
  }
  return 'OK done';
}

function chosen(session: ImapSession, set: string, byUid: boolean): readonly (readonly [StoredMail, number])[] {
  const last = byUid ? (session.view.at(-1)?.uid ?? 0) : session.view.length;
  return session.view
    .map((mail, index) => [mail, index + 1] as const)
    .filter(([mail, number]) => inSet(set, byUid ? mail.uid : number, last));
}
