/** The commands that talk to the running Countersign. */
import { basename } from 'node:path';
import type { ApiCards, ApiStatus, ApiVerdict } from '../app/command-line.ts';
import type { Settings } from '../config/index.ts';
import { oneLine, unmarked } from '../lib/words.ts';
import { isLong, listLines, wholeLines } from './card-lines.ts';
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
    print.line(`  ${part.part.padEnd(10)} ${part.standing.padEnd(9)} ${oneLine(unmarked(part.words), 500)}${last}`);
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

/** @param wanted name or key of one draft, which is then printed whole; undefined: all, long ones with their beginning */
export async function showPending(settings: Settings, wanted: string | undefined, print: Print): Promise<number> {
  if (wanted !== undefined) {
    const card = await oneCard(settings, wanted, print);
    if (typeof card === 'number') return card;
    for (const line of wholeLines(card)) print.line(line);
    return 0;
  }
  const answer = await callRunning<ApiCards>(settings, 'GET', '/api/cards');
  if (answer.kind === 'problem') return complain(print, answer);
  const { cards } = answer.value;
  if (cards.length === 0) print.line('Nothing is waiting.');
  for (const card of cards) for (const line of listLines(card)) print.line(line);
  return 0;
}

/** The one card that is meant; asks back when it could be several. @returns otherwise the exit code */
async function oneCard(settings: Settings, wanted: string, print: Print): Promise<ApiCards['cards'][number] | number> {
  const answer = await callRunning<ApiCards>(settings, 'GET', '/api/cards');
  if (answer.kind === 'problem') return complain(print, answer);
  const meant = answer.value.cards.filter((card) => card.key === wanted || basename(card.file) === basename(wanted));
  const [card] = meant;
  if (card !== undefined && meant.length === 1) return card;
  const what =
    card === undefined
      ? `No open draft is called ${wanted}; it may be decided already.`
      : `${meant.length} drafts are called ${wanted}.`;
  print.problem(what, 'npm run pending lists them; use the key in front.');
  return 2;
}

/**
 * Approves or rejects one draft. Approve prints first all that would leave, and counts for exactly that; where the list
 * shows only a beginning, or the core asks once more, it needs a yes after that.
 */
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
  const card = await oneCard(settings, wanted, print);
  if (typeof card === 'number') return card;
  const saysYes = reason.includes('--yes');
  const text = reason
    .filter((word) => word !== '--yes')
    .join(' ')
    .trim();
  const yes = `If so: npm run approve -- ${wanted} --yes`;
  if (verb === 'approve') {
    for (const line of wholeLines(card)) print.line(line);
    if (isLong(card) && card.verbs.includes('approve') && !saysYes) {
      print.problem('It is long; all of it stands above. Nothing was approved yet.', yes);
      return 2;
    }
  }
  const body = { key: card.key, revision: card.revision, verb, ...(text === '' ? {} : { text }) };
  // A yes to what was printed: to anything that became risky since, nobody said it.
  const sure = saysYes && card.sure !== '' ? { sure: card.sure } : {};
  const verdict = await callRunning<ApiVerdict>(settings, 'POST', '/api/decide', { ...body, ...sure });
  if (verdict.kind === 'problem' || verdict.value.kind !== 'asks') return tellVerdict(verdict, print);
  print.problem(oneLine(unmarked(verdict.value.say), 2_000), yes);
  return 2;
}

export async function pauseOrResume(settings: Settings, verb: 'pause' | 'resume', print: Print): Promise<number> {
  return tellVerdict(await callRunning<ApiVerdict>(settings, 'POST', `/api/${verb}`), print);
}

type Answer<T> = Awaited<ReturnType<typeof callRunning<T>>>;

export function tellVerdict(
  answer: Answer<ApiVerdict>,
  print: Print,
  remedy = 'npm run pending shows how things stand.',
): number {
  if (answer.kind === 'problem') return complain(print, answer);
  if (answer.value.kind === 'accepted') {
    print.line(oneLine(unmarked(answer.value.say), 2_000));
    return 0;
  }
  print.problem(oneLine(unmarked(answer.value.say), 2_000), remedy);
  return 1;
}

export function complain(print: Print, problem: { readonly what: string; readonly remedy: string }): number {
  print.problem(problem.what, problem.remedy);
  return 1;
}

const clockOf = (iso: string): string => new Date(iso).toLocaleString('sv');
