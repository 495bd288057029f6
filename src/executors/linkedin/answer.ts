/** What LinkedIn's answer to the publish request means. Pure; a wrong guess here would be a double or a lost post. */
import { blocks } from '../../domain/problem.ts';
import { oneLine } from '../../lib/words.ts';
import { permalink } from './urls.ts';
import type { GateAnswer } from '../browser-gate.ts';
import type { Outcome } from '../../domain/outcome.ts';

const usualPause = 3600;

/** @param baseUrl for the link */
export function judge(answer: GateAnswer, baseUrl: string): Outcome {
  if (answer.kind === 'lost') return unknown('LinkedIn got the post, but its answer was lost.');
  if (answer.kind === 'none') return unknown('Post was pressed, but no answer from LinkedIn was seen.');
  const { status } = answer;
  if (status === 429 || status === 999) {
    const asked = Number(answer.retryAfter);
    return {
      kind: 'rate_limited',
      problem: blocks('limit_reached', 'LinkedIn asks to slow down.', 'Nothing to do: it is tried again later.'),
      afterSeconds: Number.isFinite(asked) && asked > 0 ? Math.ceil(asked) : usualPause,
    };
  }
  if (status === 401) {
    return {
      kind: 'needs_login',
      problem: blocks(
        'needs_login',
        'The LinkedIn login ended before the post was taken.',
        'Run npm run login -- linkedin.',
      ),
    };
  }
  // A gateway may fail after the post was saved behind it.
  if (status >= 500 || status === 408) return unknown(`LinkedIn answered with an error (${status}).`);
  const body = parse(answer.body);
  const said = errorIn(body);
  if (said !== undefined && /duplicate/i.test(said)) {
    // Browsers send a request again by themselves when a connection breaks: the first copy may have been taken.
    return unknown('LinkedIn says this text is there already.');
  }
  if (status >= 400 || said !== undefined) {
    const words = said === undefined ? `error ${status}` : oneLine(said, 200);
    return {
      kind: 'refused',
      problem: blocks('refused_by_platform', `LinkedIn said no: ${words}`, 'Change the draft, or post it by hand.'),
    };
  }
  const urn = createdUrn(body);
  if (urn === undefined) return unknown('LinkedIn took the request, but did not say which post it made.');
  return { kind: 'posted', evidence: { link: permalink(baseUrl, urn), messageId: '', note: `LinkedIn made ${urn}` } };
}

const unknown = (what: string): Outcome => ({
  kind: 'unknown',
  problem: blocks('outcome_unknown', what, 'Wait for the check, or look at your recent activity on LinkedIn.'),
});

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Object.entries(value).find(([key]) => key === name)?.[1] : undefined;

/** Words of an error. A refusal may come with status 200. */
function errorIn(body: unknown): string | undefined {
  for (const place of [body, field(body, 'data')]) {
    const errors = field(place, 'errors');
    if (Array.isArray(errors) && errors.length > 0) {
      const message = field(errors[0], 'message');
      return typeof message === 'string' ? message : 'no reason given';
    }
  }
  const message = field(body, 'message');
  return typeof message === 'string' ? message : undefined;
}

/** Id of the new post: only from the part about what was made, never from `included`, where neighbours stand. */
function createdUrn(body: unknown): string | undefined {
  const made = field(body, 'data') ?? field(body, 'urn') ?? field(body, 'status');
  return /urn:li:(?:share|activity|ugcPost):\d+/.exec(JSON.stringify(made ?? ''))?.[0];
}
