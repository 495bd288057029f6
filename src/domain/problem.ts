/**
 * An expected bad thing, as data: the same words go to the card, the log, the command line and the page.
 * A problem never carries a secret, and never a stranger's text longer than one line; what it has of one is set apart
 * (`strange`).
 */
export type Problem = {
  /** Stable, snake_case; documented in docs/problems.md (a test compares the two). */
  readonly code: ProblemCode;
  /** One sentence: what was found. */
  readonly what: string;
  /** One sentence: what the person can do about it. */
  readonly remedy: string;
  /** `blocks` takes the Approve button away; `warns` is only shown. */
  readonly severity: 'blocks' | 'warns';
};

export type ProblemCode =
  // what a file says
  | 'unreadable_file'
  | 'file_too_large'
  | 'no_platform'
  | 'platform_not_set_up'
  | 'unknown_action'
  | 'no_target'
  | 'contradiction'
  | 'unclear_text'
  | 'no_text'
  | 'not_publishable'
  | 'placeholder'
  | 'conflict_marks'
  | 'model_marks'
  | 'embedded_note'
  | 'left_behind'
  | 'sent_already'
  | 'too_long'
  | 'too_many_hashtags'
  | 'markdown_marks'
  | 'hidden_signs'
  | 'bad_recipient'
  | 'no_recipient'
  | 'no_subject'
  | 'media_missing'
  | 'media_unsupported'
  | 'bad_schedule'
  | 'expired'
  | 'duplicate'
  // what is answered
  | 'unknown_message'
  | 'sender_caution'
  | 'others_left_out'
  | 'conversation_moved_on'
  // what happened on the way out
  | 'changed_after_approval'
  | 'never_seen'
  | 'hand_moves_off'
  | 'too_few_approvals'
  | 'undone_move'
  | 'stuck_move'
  | 'limit_reached'
  | 'paused'
  | 'needs_login'
  | 'checkpoint'
  | 'wrong_account'
  | 'page_changed'
  | 'text_differs'
  | 'no_browser'
  | 'unreachable'
  | 'login_refused'
  | 'refused_by_platform'
  | 'too_many_tries'
  | 'outcome_unknown'
  | 'stopped'
  | 'bug';

/** A problem that takes the Approve button away. */
export const blocks = (code: ProblemCode, what: string, remedy: string): Problem => ({
  code,
  what,
  remedy,
  severity: 'blocks',
});

/** A problem that is only shown. */
export const warns = (code: ProblemCode, what: string, remedy: string): Problem => ({
  code,
  what,
  remedy,
  severity: 'warns',
});

export const isBlocked = (problems: readonly Problem[]): boolean =>
  problems.some((problem) => problem.severity === 'blocks');
