/** The one translator from SMTP to our outcomes. The question is always: did it leave? */
import type { Outcome } from '../../domain/outcome.ts';
import { blocks } from '../../domain/problem.ts';
import { messageOf, oneLine } from '../../lib/words.ts';

export type Step = 'connect' | 'login' | 'send';

const minutes = 60;
const day = 24 * 60 * minutes;

/**
 * @param dataBegan whether the server had said 354: then an error without the server's answer tells nothing
 */
export function outcomeOf(thrown: unknown, step: Step, dataBegan: boolean): Outcome {
  const answer = answerOf(thrown);
  switch (step) {
    case 'connect':
      return notReached(thrown);
    case 'login':
      return answer === undefined ? notReached(thrown) : loginRefused(answer);
    case 'send':
      if (answer !== undefined) return refusedBy(answer);
      return dataBegan ? inDoubt(thrown) : notReached(thrown);
  }
}

type Answer = { readonly code: number; readonly text: string };

/** The server's refusal, if it gave one. */
function answerOf(thrown: unknown): Answer | undefined {
  if (!(thrown instanceof Error) || !('responseCode' in thrown) || typeof thrown.responseCode !== 'number')
    return undefined;
  if (thrown.responseCode < 400) return undefined;
  const text = 'response' in thrown && typeof thrown.response === 'string' ? thrown.response : thrown.message;
  return { code: thrown.responseCode, text: oneLine(text, 200) };
}

const notReached = (thrown: unknown): Outcome => ({
  kind: 'retry_later',
  problem: blocks(
    'unreachable',
    `The mail server could not be reached: ${messageOf(thrown)}.`,
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

function refusedBy({ code, text }: Answer): Outcome {
  if (/\b5\.4\.5\b/.test(text)) {
    const problem = blocks(
      'limit_reached',
      `The provider’s daily limit is reached: ${text}`,
      'It is tried again in a day.',
    );
    return { kind: 'rate_limited', problem, afterSeconds: day };
  }
  // 503 says that the dialogue went wrong, not that the mail is unwelcome.
  if (code < 500 || code === 503) {
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
    `The connection broke while the mail was handed over: ${messageOf(thrown)}.`,
    'Look into your Sent folder, then say whether it went out.',
  ),
});
