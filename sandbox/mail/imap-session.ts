/**
 * One IMAP connection of the stand-in: reads commands (with literals) and hands them to the table of commands. Strict:
 * what breaks the grammar or is not known is BAD, so that a client that asks wrongly is seen.
 */
import type { Socket } from 'node:net';
import { commands } from './imap-commands.ts';
import { capabilities, refresh, type ImapSession } from './imap-state.ts';
import { literalMark, readWords } from './imap-words.ts';

const longestLine = 65_536;
const longestLiteral = 40 * 1024 * 1024;

/** Serves one connection until it ends. */
export function serveImap(socket: Socket, parts: Pick<ImapSession, 'store' | 'accepts' | 'cuts'>): ImapSession {
  const session: ImapSession = {
    ...parts,
    state: 'fresh',
    mailbox: undefined,
    readOnly: true,
    view: [],
    idleTag: '',
    nextLine: undefined,
    say: (line) => {
      if (!socket.destroyed) socket.write(`${line}\r\n`, 'latin1');
    },
    end: () => socket.end(),
    vanish: () => void socket.destroy(),
  };
  const feed = createLineReader(session);
  const unlisten = parts.store.listen((mailbox) => {
    if (session.idleTag !== '' && mailbox === session.mailbox) refresh(session);
  });
  socket.on('data', (chunk) => feed(chunk.toString('latin1')));
  socket.on('error', () => socket.destroy());
  socket.on('close', unlisten);
  if (session.cuts('greeting')) session.vanish();
  session.say(`* OK [CAPABILITY ${capabilities}] stand-in ready`);
  return session;
}

/** Collects bytes into whole commands; literals are taken out and stand as marks in the line. */
function createLineReader(session: ImapSession): (text: string) => void {
  let waiting = '';
  let line = '';
  let literals: string[] = [];
  let literalLength: number | undefined;
  const step = (): boolean => {
    if (literalLength !== undefined) {
      if (waiting.length < literalLength) return false;
      line += literalMark(literals.length);
      literals.push(waiting.slice(0, literalLength));
      waiting = waiting.slice(literalLength);
      literalLength = undefined;
      return true;
    }
    const end = waiting.indexOf('\r\n');
    if (end < 0) return false;
    line += waiting.slice(0, end);
    waiting = waiting.slice(end + 2);
    const [announced, length, plus] = /\{(\d+)(\+?)\}$/.exec(line) ?? [];
    if (announced === undefined) {
      runLine(session, line, literals);
      line = '';
      literals = [];
    } else {
      line = line.slice(0, -announced.length);
      literalLength = Number(length);
      if (plus === '') session.say('+ go on');
    }
    return true;
  };
  return (text) => {
    waiting += text;
    while (step());
    const tooLong = literalLength === undefined ? waiting.length > longestLine : literalLength > longestLiteral;
    if (!tooLong) return;
    session.say('* BYE line too long');
    session.end();
  };
}

function runLine(session: ImapSession, line: string, literals: readonly string[]): void {
  if (session.nextLine !== undefined) {
    const take = session.nextLine;
    session.nextLine = undefined;
    take(line);
    return;
  }
  const words = readWords(line, literals);
  const [tag, name, ...rest] = words ?? [];
  if (typeof tag !== 'string' || typeof name !== 'string') {
    session.say(`${typeof tag === 'string' ? tag : '*'} BAD not a command`);
    return;
  }
  const byUid = name.toUpperCase() === 'UID' && typeof rest[0] === 'string';
  const known = byUid ? `UID ${String(rest[0]).toUpperCase()}` : name.toUpperCase();
  if (session.cuts(known)) return session.vanish();
  const command = commands[known];
  if (command === undefined || !command.states.includes(session.state)) {
    session.say(`${tag} BAD ${command === undefined ? 'unknown command' : 'not now'}`);
    return;
  }
  const answer = command.run(session, byUid ? rest.slice(1) : rest, tag);
  if (answer !== undefined) session.say(`${tag} ${answer}`);
}
