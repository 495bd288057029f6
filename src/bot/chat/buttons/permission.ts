/** Which right a button needs. Every tap is held against the lists of people before it does anything that others see. */
import type { Verb } from '../../../domain/decision.ts';
import type { Wish } from './action.ts';

/**
 * What somebody must be allowed to who taps this, before anything is asked of them or changed under the thumbs of
 * others. The core asks again when they decide.
 */
export function powerFor(wish: Wish | undefined): Verb | 'look' {
  switch (wish?.kind) {
    case 'draft':
      return wish.verb;
    case 'choose':
      return 'choose';
    case 'because':
      return 'reason';
    case 'time':
      return wish.what;
    case 'sure':
    case 'other_time':
    case 'slot':
    case 'batch':
    case 'batch_yes':
    case 'set_approve':
    // How the chat sounds is for those who decide in it.
    case 'sound':
      return 'approve';
    case 'set_reject':
      return 'reject';
    case 'take_back':
    case 'set_undo':
      return 'undo';
    // Takes the times away, or the question whether it is really meant.
    case 'back':
      return 'postpone';
    case 'use_text':
    case 'joint':
      return 'edit';
    case 'mail_draft':
      return 'draft_reply';
    case 'pause':
    case 'resume':
      return wish.kind;
    case 'review':
    case 'previous':
    case 'skip':
    case 'whole':
    case 'left_out':
    case 'drop_text':
    case 'batch_no':
    case 'mails':
    case 'mail_open':
    case 'mails_older':
    case 'mails_newer':
    case 'log':
    case 'screenshots':
    case 'show_files':
    case 'more':
    case 'less':
    case 'more_text':
    case 'more_file':
    case 'more_history':
    case 'more_copy':
    case undefined:
      return 'look';
  }
}
