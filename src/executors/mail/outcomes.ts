/**
 * The one translator from SMTP to our outcomes. The question is always: did it leave? Until the first byte of the
 * message may have left, whatever goes wrong is harmless. From then on only the answers in `refusals` prove that it
 * did not; everything else is `unknown`. docs/outcomes.md says the same as a table, and a test compares the two.
 */
import type { Outcome } from '../../domain/outcome.ts';
import { blocks } from '../../domain/problem.ts';
import { messageOf, strange } from '../../lib/words.ts';
import type { Left } from './smtp.ts';

export type Step = 'connect' | 'login' | 'send';

const minutes = 60;
const day = 24 * 60 * minutes;

export function outcomeOf(thrown: unknown, step: Step, left: Left): Outcome {
  const answer = answerOf(thrown);
  switch (step) {
    case 'connect':
      return notReached(thrown);
    case 'login':
      return answer === undefined ? notReached(thrown) : loginRefused(answer);
    case 'send':
      if (left !== 'nothing') return afterTheFirstByte(thrown, left);
      return answer === undefined ? notReached(thrown) : refusedBy(answer, answer.code >= 500 && answer.code !== 503);
  }
}

/** An answer to the end of the message by which the server says that it did not take it. */
type Refusal = {
  /** Reply codes, from and to. */
  readonly codes: readonly [number, number];
  /** Whether the mail itself is unwelcome; otherwise the same mail may be taken later. */
  readonly final: boolean;
};

/**
 * After a 4yz or 5yz answer to the end of the data a server must not deliver the mail (RFC 5321, 4.2.5). Not all of
 * them are here, because some need not be an answer to the mail: 421 says that the connection closes, which a server
 * may say at any time, also after it took the mail; 50x say that it took our lines for commands, so the two sides are
 * not at the same place any more; and nobody is known to give the rest here.
 */
const refusals: readonly Refusal[] = [
  // Exchange Online, for more than three connections of one sender.
  { codes: [432, 432], final: false },
  // “Mail system”: the answers that are about the mail.
  { codes: [450, 459], final: false },
  { codes: [550, 559], final: true },
  // No SMTP codes, but used by spam filters in the sense of 5.7.1.
  { codes: [541, 541], final: true },
  { codes: [571, 571], final: true },
];

/** The server gave up waiting for us: about the connection, not about the mail. */
const ranOut = /^4\.4\.[12]$/;

function afterTheFirstByte(thrown: unknown, left: Left): Outcome {
  const answer = answerOf(thrown);
  // A line cut off before its end, or one given before the mail was all there, answers something else.
  const answersTheWhole = left === 'whole' && fieldOf(thrown, 'code') === 'EMESSAGE';
  if (answer === undefined || !answersTheWhole || ranOut.test(answer.enhanced)) return inDoubt(thrown);
  const refusal = refusals.find(({ codes: [from, to] }) => from <= answer.code && answer.code <= to);
  return refusal === undefined ? inDoubt(thrown) : refusedBy(answer, refusal.final);
}

type Answer = {
  readonly code: number;
  /** The first enhanced code (`5.7.1`); empty when there is none. One in the words behind it is none. */
  readonly enhanced: string;
  readonly text: string;
};

/** The server's refusal, if it gave one. */
function answerOf(thrown: unknown): Answer | undefined {
  const code = fieldOf(thrown, 'responseCode');
  if (typeof code !== 'number' || code < 400) return undefined;
  const response = fieldOf(thrown, 'response');
  const text = typeof response === 'string' ? response : messageOf(thrown);
  return {
    code,
    enhanced: /^\d{3}[ -]([245]\.\d{1,3}\.\d{1,3})(?!\S)/.exec(text)?.[1] ?? '',
    text: strange(text, 200),
  };
}

const fieldOf = (thrown: unknown, name: string): unknown =>
  typeof thrown === 'object' && thrown !== null ? Object.entries(thrown).find(([key]) => key === name)?.[1] : undefined;

const notReached = (thrown: unknown): Outcome => ({
  kind: 'retry_later',
  problem: blocks(
    'unreachable',
    `The mail server could not be reached: ${strange(messageOf(thrown), 300)}.`,
    'It is tried again by itself.',
  ),
});

function loginRefused({ code, text }: Answer): Outcome {
  if (code < 500) {
    const problem = blocks(
      'unreachable',
      `The mail server takes no logins right now: ${text}`,
      'It is tried again by itself.',
    );
    return { kind: 'retry_later', problem, afterSeconds: 5 * minutes };
  }
  return {
    kind: 'needs_login',
    problem: blocks(
      'login_refused',
      'The mail server refused the login.',
      'Make a new app password (for Google: Security, 2-Step Verification, App passwords), set GMAIL_PASSWORD to it and restart.',
    ),
  };
}

/** @param final whether the mail itself is unwelcome */
function refusedBy({ code, enhanced, text }: Answer, final: boolean): Outcome {
  // Gmail’s daily limit. Others write those digits into their words, where they mean nothing.
  if (code === 550 && enhanced === '5.4.5') {
    const problem = blocks(
      'limit_reached',
      `The provider’s daily limit is reached: ${text}`,
      'It is tried again in a day.',
    );
    return { kind: 'rate_limited', problem, afterSeconds: day };
  }
  if (!final) {
    const problem = blocks(
      'refused_by_platform',
      `The mail server said “not now”: ${text}`,
      'It is tried again by itself.',
    );
    return { kind: 'retry_later', problem, afterSeconds: 20 * minutes };
  }
  const problem = blocks(
    'refused_by_platform',
    `The mail server refused it: ${text}`,
    'Change it as the server says, and approve again.',
  );
  return { kind: 'refused', problem };
}

const inDoubt = (thrown: unknown): Outcome => ({
  kind: 'unknown',
  problem: blocks(
    'outcome_unknown',
    `The mail was handed over, and no answer says what became of it: ${strange(messageOf(thrown), 300)}.`,
    'Look into your Sent folder, then say whether it went out.',
  ),
});
