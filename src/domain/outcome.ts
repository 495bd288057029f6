import type { Problem } from './problem.ts';

/**
 * The result of one attempt. The question that matters is "did it leave?": `posted` yes; `unknown` nobody can tell;
 * everything else provably no. Unsure means `unknown`, never one of the others (promise P2).
 */
export type Outcome =
  | { readonly kind: 'posted'; readonly evidence: Evidence }
  /** Did not leave; may be tried again by itself. `afterSeconds` overrides the usual growing delay. */
  | { readonly kind: 'retry_later'; readonly problem: Problem; readonly afterSeconds?: number }
  /** Did not leave; waits for a person to log in. */
  | { readonly kind: 'needs_login'; readonly problem: Problem }
  /** Did not leave and will not: the platform or a check before the point of no return said no. */
  | { readonly kind: 'refused'; readonly problem: Problem }
  /** Did not leave; the platform named a time. */
  | { readonly kind: 'rate_limited'; readonly problem: Problem; readonly afterSeconds: number }
  | { readonly kind: 'unknown'; readonly problem: Problem };

/** What proves an outcome. At least one of `link`, `messageId`, `note` is non-empty when posted. */
export type Evidence = {
  /** Address of the post; empty when none. */
  readonly link: string;
  /** Message-ID of the mail; empty when none. */
  readonly messageId: string;
  /** What the far side answered, one line, no secrets. */
  readonly note: string;
};

/** What a read-only look for evidence found. `did_not_happen` only from a source that can't be behind. */
export type Confirmation =
  | { readonly kind: 'happened'; readonly evidence: Evidence }
  | { readonly kind: 'did_not_happen'; readonly why: string }
  | { readonly kind: 'cannot_tell'; readonly why: string };

export const noEvidence: Evidence = { link: '', messageId: '', note: '' };
