/**
 * What LinkedIn's answer to the publish request means. Pure; a wrong guess here would be a double or a lost post. Only
 * what is listed proves anything: `made` that the post is there, `refusals` that it is not; all the rest is `unknown`.
 * docs/outcomes.md says the same as a table, and a test compares the two.
 */
import { blocks } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { permalink } from './urls.ts';
import type { GateAnswer } from '../browser-gate.ts';
import type { Outcome } from '../../domain/outcome.ts';

const usualPause = 3600;
const longestPause = 24 * 3600;

/** @param baseUrl for the link */
export function judge(answer: GateAnswer, baseUrl: string): Outcome {
  if (answer.kind === 'lost') return unknown('LinkedIn got the post, but its answer was lost.');
  if (answer.kind === 'none') return unknown('Post was pressed, but no answer from LinkedIn was seen.');
  const { status } = answer;
  const body = bodyOf(answer.body);
  const urn = made.has(status) && body.kind === 'object' && body.errors.length === 0 ? createdUrn(body.whole) : '';
  if (urn !== '') {
    return { kind: 'posted', evidence: { link: permalink(baseUrl, urn), messageId: '', note: `LinkedIn made ${urn}` } };
  }
  if (namesPost.test(answer.body)) return unknown('LinkedIn said no, but named a post, which may be this one.');
  // Browsers send a request again by themselves when a connection breaks: the first copy may have been taken.
  if (/duplicate/i.test(answer.body)) return unknown('LinkedIn says this text is there already.');
  const refusal = refusals.find((one) => one.status === status && one.body(body));
  if (refusal === undefined) return unknown(`LinkedIn’s answer (${status}) doesn’t say whether it made the post.`);
  return refused(refusal.as, body, answer);
}

/** Statuses with which a post is made, if the answer names it and no error. */
const made: ReadonlySet<number> = new Set([200, 201]);

type Refusal = {
  readonly status: number;
  readonly body: (body: Body) => boolean;
  readonly as: 'refused' | 'needs_login' | 'rate_limited';
};

/** The site's own data, with no result in it. */
const saysNo = (body: Body): boolean => body.kind === 'object' && !body.result;

/** Answers that prove that nothing was posted. A page instead of the site's own data is none: gateways send pages. */
const refusals: readonly Refusal[] = [
  // The site's way to say no: the request was understood, and nothing but errors came of it.
  { status: 200, body: (body) => saysNo(body) && body.kind === 'object' && body.errors.length > 0, as: 'refused' },
  // Not understood, not allowed, not acceptable: found out by the site before it makes anything.
  { status: 400, body: saysNo, as: 'refused' },
  { status: 403, body: saysNo, as: 'refused' },
  { status: 422, body: saysNo, as: 'refused' },
  // By its definition: not applied, for want of a login.
  { status: 401, body: (body) => saysNo(body) || body.kind === 'empty', as: 'needs_login' },
  // Counted at the door, before anybody looks at the request.
  { status: 429, body: (body) => saysNo(body) || body.kind === 'empty', as: 'rate_limited' },
  // LinkedIn's own number for "too much like a robot", given only at the door, with a page.
  { status: 999, body: () => true, as: 'rate_limited' },
];

function refused(as: Refusal['as'], body: Body, { status, retryAfter }: GateAnswer & { kind: 'answered' }): Outcome {
  switch (as) {
    case 'rate_limited': {
      const asked = Number(retryAfter);
      return {
        kind: 'rate_limited',
        problem: blocks('limit_reached', 'LinkedIn asks to slow down.', 'Nothing to do: it is tried again later.'),
        afterSeconds: asked > 0 && Number.isFinite(asked) ? Math.min(Math.ceil(asked), longestPause) : usualPause,
      };
    }
    case 'needs_login': {
      const what = 'The LinkedIn login ended before the post was taken.';
      return { kind: 'needs_login', problem: blocks('needs_login', what, 'Run npm run login -- linkedin.') };
    }
    case 'refused': {
      const words = body.kind === 'object' && body.words !== '' ? strange(body.words, 200) : `error ${status}`;
      const what = `LinkedIn said no: ${words}`;
      return {
        kind: 'refused',
        problem: blocks('refused_by_platform', what, 'Change the draft, or post it by hand.'),
      };
    }
  }
}

const unknown = (what: string): Outcome => ({
  kind: 'unknown',
  problem: blocks('outcome_unknown', what, 'Wait for the check, or look at your recent activity on LinkedIn.'),
});

type Body =
  | {
      readonly kind: 'object';
      readonly whole: unknown;
      readonly errors: readonly unknown[];
      /** What the site says about the error; empty when nothing. */
      readonly words: string;
      /** Whether anything is there that could be about something made. */
      readonly result: boolean;
    }
  | { readonly kind: 'empty' }
  /** A page, a list, cut off … */
  | { readonly kind: 'other' };

function bodyOf(text: string): Body {
  if (text.trim() === '') return { kind: 'empty' };
  const whole = parse(text);
  if (!isRecord(whole)) return { kind: 'other' };
  const { data } = whole;
  const places = [whole, data].filter(isRecord);
  const errors = places.flatMap((place) => (Array.isArray(place['errors']) ? place['errors'] : []));
  const spoken = [errors[0], whole].filter(isRecord).map((place) => place['message']);
  const words = spoken.find((message) => typeof message === 'string') ?? '';
  const results = isRecord(data) ? Object.entries(data).filter(([name]) => !besides.has(name)) : [['data', data]];
  const result =
    results.some(([, value]) => !isNothing(value)) || !isNothing(whole['urn']) || isRecord(whole['status']);
  return { kind: 'object', whole, errors, words, result };
}

/** What stands in `data` beside a result. */
const besides: ReadonlySet<string> = new Set(['errors', 'extensions', 'meta', '$type', '$recipeTypes']);

const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.values(value).every(isNothing));

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const namesPost = /urn:li:(?:share|activity|ugcPost):\d+/;

/** Id of the new post: only from the part about what was made, never from `included`, where neighbours stand. */
function createdUrn(body: unknown): string {
  const made = isRecord(body) ? (body['data'] ?? body['urn'] ?? body['status']) : undefined;
  return namesPost.exec(JSON.stringify(made ?? ''))?.[0] ?? '';
}
