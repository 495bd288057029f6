/** What happened to a draft, in plain words and local times, one line each. */
import type { Attempt } from '../../../domain/attempt.ts';
import type { Comment } from '../../../domain/comment.ts';
import type { Decision, DraftVerb } from '../../../domain/decision.ts';
import type { HistoryEvent } from '../../../domain/history.ts';
import { localMoment } from '../../../lib/local-time.ts';
import { oneLine, strange, unmarked } from '../../../lib/words.ts';

export type HistoryLine = {
  /** "14:02", with the day when it is another one. */
  readonly at: string;
  /** Ours. */
  readonly words: string;
  /** What somebody wrote or a far side answered, one line; empty when nothing. To be set apart from our words. */
  readonly quote: string;
};

/** Oldest first, as the events. */
export const historyLines = (events: readonly HistoryEvent[], now: Date): readonly HistoryLine[] =>
  events.flatMap((event) => {
    const at = localMoment(event.at, now);
    switch (event.kind) {
      case 'version':
        return [{ at, words: versionWords(event.version, event.signs), quote: '' }];
      case 'decision':
        return [{ at, ...decisionLine(event.decision, event.version, now) }];
      case 'comment':
        return [{ at, ...commentLine(event.comment) }];
      case 'attempt':
        return attemptLines(event.attempt, at, event.version, now);
    }
  });

function versionWords(version: number, signs: number): string {
  const size = signs === 0 ? 'no text that could go out' : `${signs.toLocaleString('en')} signs`;
  return version === 1 ? `📥 First seen: ${size}` : `📝 Version ${version}: ${size}`;
}

const verbWords: Readonly<Record<DraftVerb, string>> = {
  approve: '✅ Approved',
  reject: '❌ Rejected',
  close: '☑️ Closed, answered elsewhere',
  edit: '✏️ Edited',
  restore: '↩️ Edit taken back',
  choose: '✏️ Text chosen',
  plain: '🧹 Made plain text',
  reply_all: '👥 Made a reply to all',
  postpone: '🕒 Put off',
  reason: '✍️ Reason given',
  undo: '↩️ Taken back',
  happened: '❓ Answered that it went out',
  not_happened: '❓ Answered that it did not go out, to be asked again',
  leave: '❓ Left as it is',
  retry: '🔁 To be tried again',
  comment: '💬 Commented',
};

function decisionLine(decision: Decision, version: number, now: Date): Omit<HistoryLine, 'at'> {
  const { verb, actor, reason } = decision;
  const who =
    actor.source === 'vault' ? 'by hand, in the folder' : `by ${strange(actor.name, 40)} ${whereOf(actor.source)}`;
  const on = verb === 'approve' && version > 1 ? `, version ${version}` : '';
  return { words: `${verbWords[verb]}${timeOf(verb, reason, now)} ${who}${on}`, quote: quoteOf(verb, reason) };
}

function commentLine({ actor, text }: Comment): Omit<HistoryLine, 'at'> {
  const who = `by ${strange(actor.name, 40)} ${whereOf(actor.source)}`;
  return { words: `${verbWords.comment} ${who}`, quote: oneLine(unmarked(text), 500) };
}

/** Only some reasons are for people: an edit has the whole new text there, a time its instant. */
const quoteOf = (verb: DraftVerb, reason: string): string =>
  verb === 'reject' || verb === 'reason' || verb === 'reply_all' ? oneLine(unmarked(reason), 200) : '';

function timeOf(verb: DraftVerb, reason: string, now: Date): string {
  const at = new Date(verb === 'approve' || verb === 'postpone' ? reason : '');
  if (Number.isNaN(at.getTime())) return '';
  return ` ${verb === 'approve' ? 'for' : 'until'} ${localMoment(at, now)}`;
}

const places: Readonly<Record<string, string>> = { web: 'on the web page', cli: 'on the command line' };

const whereOf = (source: string): string =>
  places[source] ?? `in ${source.charAt(0).toUpperCase()}${oneLine(source, 20).slice(1)}`;

/** When it began, and how it ended. */
function attemptLines(attempt: Attempt, at: string, version: number, now: Date): readonly HistoryLine[] {
  const of = version > 1 ? ` with version ${version}` : '';
  const began = { at, words: `📤 Try ${attempt.number}${of}`, quote: '' };
  if (attempt.endedAt === undefined) {
    const far = attempt.committedAt === undefined ? 'under way' : 'under way, past the point of no return';
    return [{ ...began, words: `${began.words}: ${far}` }];
  }
  const { words, evidence } = attempt;
  const proof = [evidence?.link, evidence?.messageId, evidence?.note].find((one) => (one ?? '') !== '') ?? '';
  const said = attempt.outcome === 'posted' ? proof : words;
  return [
    began,
    { at: localMoment(attempt.endedAt, now), words: endWords(attempt), quote: oneLine(unmarked(said), 200) },
  ];
}

function endWords({ outcome, committedAt }: Attempt): string {
  switch (outcome) {
    case 'posted':
      // Only a dry run ends well without having passed its point of no return.
      return committedAt === undefined ? '🧪 Dry run: nothing was sent' : '✅ Went out';
    case 'retry_later':
      return '⚠️ Did not go out, to be tried again';
    case 'needs_login':
      return '⚠️ Did not go out: a login is needed';
    case 'refused':
      return '⛔ Did not go out: refused';
    case 'rate_limited':
      return '⚠️ Did not go out: to be tried later';
    case 'unknown':
    case undefined:
      return '❓ Nobody can tell whether it went out';
  }
}
