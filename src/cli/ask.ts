/** The commands that talk to the running Countersign. */
import { basename } from 'node:path';
import type { ApiCards, ApiStatus, ApiVerdict } from '../app-tools.ts';
import type { Settings } from '../config.ts';
import { oneLine, unmarked } from '../lib/words.ts';
import { callRunning, pageOf } from './running.ts';
import type { Print } from './print.ts';

export async function showStatus(settings: Settings, print: Print): Promise<number> {
  const answer = await callRunning<ApiStatus>(settings, 'GET', '/api/status');
  if (answer.kind === 'problem') return complain(print, answer);
  const status = answer.value;
  const { counts } = status;
  print.line(status.paused ? 'PAUSED: nothing goes out (npm run resume)' : 'Running');
  print.line(
    `${counts.pending} waiting · ${counts.approved} approved · ${counts.inProgress} going out · ${counts.unknown} unknown · ${counts.done} done · ${counts.rejected} rejected · ${counts.failed} failed`,
  );
  for (const part of status.parts) {
    const last = part.lastSuccess === undefined ? '' : ` (last success ${clockOf(part.lastSuccess)})`;
    print.line(`  ${part.part.padEnd(10)} ${part.standing.padEnd(9)} ${oneLine(part.words, 500)}${last}`);
  }
  for (const limit of status.limits) print.line(`  ${limit.label}: ${limit.used} of ${limit.perHour} this hour`);
  for (const { source, count, last } of status.knocks) {
    print.line(`  strangers  ${source}: ${count} since the start, the last at ${clockOf(last)}; the log names them`);
  }
  tellPage(settings, print);
  return status.parts.some((part) => part.standing === 'troubled') ? 3 : 0;
}

/** The link opens the page to whoever has it: in a pipe or a file nobody knows who reads along. */
function tellPage(settings: Settings, print: Print): void {
  const page = pageOf(settings);
  if (page === undefined) return;
  print.line(
    print.onScreen
      ? `Page: ${page.link}`
      : `Page: ${page.address} (npm run status in a terminal shows the link that opens it)`,
  );
}

/** Ends every session of the page. A login at a platform is something else. */
export async function logOut(settings: Settings, words: readonly string[], print: Print): Promise<number> {
  if (words.length > 0) {
    print.problem(
      'logout ends the sessions of the web page, all of them, and takes nothing behind it.',
      'npm run logout. To log out of a platform, do it on its site.',
    );
    return 2;
  }
  const code = tellVerdict(await callRunning<ApiVerdict>(settings, 'POST', '/api/logout'), print);
  if (code === 0) tellPage(settings, print);
  return code;
}

export async function showPending(settings: Settings, print: Print): Promise<number> {
  const answer = await callRunning<ApiCards>(settings, 'GET', '/api/cards');
  if (answer.kind === 'problem') return complain(print, answer);
  const { cards } = answer.value;
  if (cards.length === 0) print.line('Nothing is waiting.');
  for (const card of cards) {
    print.line(`${card.key}  ${oneLine(card.title, 200)}`);
    print.line(`            ${oneLine(card.standing, 200)} · ${oneLine(card.file, 300)}`);
    for (const field of card.fields) print.line(`            ${oneLine(`${field.label}: ${field.value}`, 1_000)}`);
    if (card.text !== '') print.line(`            ${oneLine(card.text, 100)}`);
    for (const { what, remedy } of card.problems) print.line(`            ! ${oneLine(`${what} ${remedy}`, 1_000)}`);
  }
  return 0;
}

/** Approves or rejects the one card that is meant; asks back when it could be several. */
export async function decideOne(
  settings: Settings,
  verb: 'approve' | 'reject',
  [wanted = '', ...reason]: readonly string[],
  print: Print,
): Promise<number> {
  if (wanted === '') {
    print.problem(`Which draft? npm run ${verb} -- <name or key>`, 'npm run pending lists them.');
    return 2;
  }
  const answer = await callRunning<ApiCards>(settings, 'GET', '/api/cards');
  if (answer.kind === 'problem') return complain(print, answer);
  const meant = answer.value.cards.filter((card) => card.key === wanted || basename(card.file) === basename(wanted));
  const [card] = meant;
  if (card === undefined || meant.length > 1) {
    const what =
      card === undefined
        ? `No open draft is called ${wanted}; it may be decided already.`
        : `${meant.length} drafts are called ${wanted}.`;
    print.problem(what, 'npm run pending lists them; use the key in front.');
    return 2;
  }
  const text = reason
    .filter((word) => word !== '--yes')
    .join(' ')
    .trim();
  const body = { key: card.key, revision: card.revision, verb, ...(text === '' ? {} : { text }) };
  const verdict = await callRunning<ApiVerdict>(settings, 'POST', '/api/decide', body);
  if (verdict.kind === 'problem' || verdict.value.kind !== 'asks') return tellVerdict(verdict, print);
  const { sure, say } = verdict.value;
  if (!reason.includes('--yes')) {
    print.problem(oneLine(unmarked(say), 1_000), `If so: npm run approve -- ${wanted} --yes`);
    return 2;
  }
  // Said in any case: something may have become risky since the person typed their yes.
  print.line(`${oneLine(unmarked(say), 1_000)} You said yes.`);
  return tellVerdict(await callRunning<ApiVerdict>(settings, 'POST', '/api/decide', { ...body, sure }), print);
}

export async function pauseOrResume(settings: Settings, verb: 'pause' | 'resume', print: Print): Promise<number> {
  return tellVerdict(await callRunning<ApiVerdict>(settings, 'POST', `/api/${verb}`), print);
}

type Answer<T> = Awaited<ReturnType<typeof callRunning<T>>>;

function tellVerdict(answer: Answer<ApiVerdict>, print: Print): number {
  if (answer.kind === 'problem') return complain(print, answer);
  if (answer.value.kind === 'accepted') {
    print.line(unmarked(answer.value.say));
    return 0;
  }
  print.problem(unmarked(answer.value.say), 'npm run pending shows how things stand.');
  return 1;
}

function complain(print: Print, problem: { readonly what: string; readonly remedy: string }): number {
  print.problem(problem.what, problem.remedy);
  return 1;
}

const clockOf = (iso: string): string => new Date(iso).toLocaleString('sv');
