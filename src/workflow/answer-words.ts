/**
 * What a card says about the message that is answered: from the record, never from the draft. Whoever writes drafts
 * could leave a warning out, or name other people (promise P1).
 */
import type { Effect } from '../domain/effect.ts';
import type { Correspondent, Incoming } from '../domain/item.ts';
import type { Tables } from '../domain/ledger-port.ts';
import { warns } from '../domain/problem.ts';
import type { Problem } from '../domain/problem.ts';
import { localDate } from '../lib/local-time.ts';
import { oneLine, strange } from '../lib/words.ts';
import { newerTexts, newsFor, newsProblems } from './conversations.ts';
import { answeredMessage, leftOutOf } from './answered.ts';

export type AnswerWords = {
  /** Day, sender and subject of the message; empty when there is none, or none that we know. */
  readonly field: string;
  readonly problems: readonly Problem[];
  /** Somebody who got the message would not get the answer. */
  readonly leavesOut: boolean;
  /** Somebody answered it without us. */
  readonly elsewhere: boolean;
  /** Texts of newer messages of the conversation, to stand before what is answered. */
  readonly newer: string;
};

export const noAnswer: AnswerWords = { field: '', problems: [], leavesOut: false, elsewhere: false, newer: '' };

export async function answerWords(tables: Pick<Tables, 'incoming' | 'news'>, effect: Effect): Promise<AnswerWords> {
  if (effect.thread === undefined) return noAnswer;
  const message = await answeredMessage(tables, effect);
  if (message === undefined) return { ...noAnswer, problems: [neverCame] };
  const left = leftOutOf(message, effect);
  const news = await newsFor(tables, effect);
  return {
    field: fieldOf(message),
    problems: [
      ...newsProblems(news),
      ...message.cautions.map((caution) => warns('sender_caution', caution, 'Make sure who it is before you approve.')),
      ...(left.length === 0 ? [] : [leftOutProblem(left)]),
    ],
    leavesOut: left.length > 0,
    elsewhere: news.some(({ what }) => what.kind === 'answered'),
    newer: await newerTexts(tables, news),
  };
}

/** Ours first: nothing that a stranger wrote can look like the day or the address. */
const fieldOf = ({ at, from, subject }: Incoming): string =>
  [localDate(at), oneLine(from.address, 254), oneLine(subject, 500)].filter((part) => part !== '').join(' · ');

const neverCame = warns(
  'unknown_message',
  'No message with the id that this answers ever came in here.',
  'It counts as a first one: look twice at whom it goes to.',
);

const mostNamed = 50;

function leftOutProblem(people: readonly Correspondent[]): Problem {
  const who = people.length === 1 ? 'One more person' : `${people.length} more people`;
  const names = people.slice(0, mostNamed).map(nameOf).join(', ');
  const more = people.length > mostNamed ? ` and ${people.length - mostNamed} more` : '';
  return warns(
    'others_left_out',
    `${who} of the message would not get this answer: ${names}${more}.`,
    'Reply to all puts them in copy; leave it if it is not for them.',
  );
}

/** The address proves who it is; the name is what they are called by. */
const nameOf = ({ name, address }: Correspondent): string =>
  strange(name === '' ? address : `${oneLine(name, 60)} <${address}>`, 330);
