/** Mails without a draft in a terminal: the list, one of them with its text, and a reply drafted for it. */
import type { ApiMail, ApiMails, ApiVerdict } from '../app/command-line.ts';
import type { Settings } from '../config/index.ts';
import { oneLine, spelledOut, unmarked } from '../lib/words.ts';
import { complain, tellVerdict } from './ask.ts';
import { callRunning } from './running.ts';
import type { Print } from './print.ts';

const isKey = (word: string): boolean => /^[a-z0-9]{1,40}$/.test(word);
const lists = 'npm run mails lists them; use the key in front.';

/** @param words nothing, the key of one, or `--older` and a key */
export async function showMails(settings: Settings, words: readonly string[], print: Print): Promise<number> {
  const [first = '', second = ''] = words;
  const isOlder = first === '--older';
  if ((isOlder && !isKey(second)) || (!isOlder && first !== '' && !isKey(first))) {
    print.problem(`No mail has the key ${oneLine(isOlder ? second : first, 80)}.`, lists);
    return 2;
  }
  return first === '' || isOlder ? await listMails(settings, second, print) : await showMail(settings, first, print);
}

async function listMails(settings: Settings, olderThan: string, print: Print): Promise<number> {
  const query = olderThan === '' ? '' : `?older=${olderThan}`;
  const answer = await callRunning<ApiMails>(settings, 'GET', `/api/mails${query}`);
  if (answer.kind === 'problem') return complain(print, answer);
  const { messages, total, hasOlder } = answer.value;
  if (messages.length === 0) {
    print.line(olderThan === '' ? 'No mail of the last 30 days is without a draft.' : 'There is none before it.');
    return 0;
  }
  print.line(`${total} without a draft`);
  for (const { key, at, kind, sender, subject } of messages) {
    print.line(`${key}  ${clockOf(at)} · ${kind}`);
    for (const value of [sender, subject]) if (value !== '') print.line(indented(spelledOut(value, 'line')));
  }
  if (hasOlder) print.line(`More: npm run mails -- --older ${messages.at(-1)?.key ?? ''}`);
  return 0;
}

async function showMail(settings: Settings, key: string, print: Print): Promise<number> {
  const answer = await callRunning<ApiMail>(settings, 'GET', `/api/mails/${key}`);
  if (answer.kind === 'problem') return complain(print, answer);
  const { at, sender, subject, why, file, text, noText, answer: reply } = answer.value;
  print.line(`${key}  ${clockOf(at)}`);
  const values = [
    ['From', sender],
    ['Subject', subject],
    ['File', file],
  ] as const;
  for (const [label, value] of values) if (value !== '') print.line(indented(`${label}: ${spelledOut(value, 'line')}`));
  print.line(indented(`No draft: ${why}.`));
  if (noText !== '') print.line(indented(oneLine(unmarked(noText), 2_000)));
  // Its lines begin with a bar, so that none can pass for one of ours.
  for (const line of text === '' ? [] : spelledOut(text, 'lines').split('\n')) print.line(indented(`│ ${line}`));
  const to = reply.kind === 'possible' ? spelledOut(reply.to.join(', '), 'line') : '';
  print.line(
    reply.kind === 'possible'
      ? `A reply would go to ${to}: npm run draft -- ${key}`
      : oneLine(unmarked(reply.words), 2_000),
  );
  return 0;
}

export async function draftReply(settings: Settings, key: string, print: Print): Promise<number> {
  if (!isKey(key)) {
    print.problem('Which mail? npm run draft -- <key>', lists);
    return 2;
  }
  const answer = await callRunning<ApiVerdict>(settings, 'POST', '/api/mails/draft', { key });
  return tellVerdict(answer, print, lists);
}

const clockOf = (iso: string): string => new Date(iso).toLocaleString('sv');
const indented = (line: string): string => `            ${line}`;
