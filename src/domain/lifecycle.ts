/**
 * The states of a draft and what every move by hand means. The folder a file lies in is its state for people; this
 * table says what it means when somebody moves it (promise P4). Pure: the workflow does what it says.
 */
export type DraftState =
  /** In Pending_Approval, waits for a decision. */
  | 'pending'
  /** Decided yes; on hold, scheduled, over a limit, or about to go. */
  | 'approved'
  /** An attempt is running. */
  | 'in_progress'
  /** It may have left; looked up, then asked. */
  | 'unknown'
  | 'done'
  | 'rejected'
  | 'failed'
  /** The file is nowhere to be found. */
  | 'vanished';

export type Folder =
  | 'Inbox'
  | 'Needs_Action'
  | 'Pending_Approval'
  | 'Approved'
  | 'In_Progress'
  | 'Done'
  | 'Rejected'
  | 'Failed'
  | 'Logs';

/** Where the file of a draft in this state belongs; a vanished one has no place. */
export const folderOf = (state: Exclude<DraftState, 'vanished'>): Folder => places[state];

const places = {
  pending: 'Pending_Approval',
  approved: 'Approved',
  in_progress: 'In_Progress',
  unknown: 'In_Progress',
  done: 'Done',
  rejected: 'Rejected',
  failed: 'Failed',
} as const;

export type MoveMeaning =
  /** The file is where it belongs. */
  | { readonly kind: 'none' }
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject' }
  /** Back to the question: whatever was decided no longer counts. */
  | { readonly kind: 'ask_again'; readonly say: string }
  /** The person took care of it themselves; nothing leaves. */
  | { readonly kind: 'close' }
  /** Answers to an unknown outcome. */
  | { readonly kind: 'happened' }
  | { readonly kind: 'not_happened' }
  | { readonly kind: 'leave' }
  /** Means nothing: the file goes back where it belongs, and the card says so. */
  | { readonly kind: 'undo_move'; readonly say: string }
  /** Meant as a no, and nobody can call it back any more: the file goes back, and the chat says so. */
  | { readonly kind: 'too_late'; readonly say: string };

const none: MoveMeaning = { kind: 'none' };
const approve: MoveMeaning = { kind: 'approve' };
const reject: MoveMeaning = { kind: 'reject' };
const close: MoveMeaning = { kind: 'close' };
const askAgain = (say: string): MoveMeaning => ({ kind: 'ask_again', say });
const undoMove = (say: string): MoveMeaning => ({ kind: 'undo_move', say });

const running = undoMove('It is approved already, and about to leave.');
const tooLate = (say: string): MoveMeaning => ({ kind: 'too_late', say });
const leaving = tooLate('It is past its point of no return.');
const onlyWe = undoMove('Only Countersign moves files into In_Progress.');
const onlyFailures = undoMove('Only Countersign moves files into Failed; use Rejected.');
const sentBefore = undoMove('It went out before. To send it once more, move it to Pending_Approval.');

type Target = 'Pending_Approval' | 'Approved' | 'In_Progress' | 'Done' | 'Rejected' | 'Failed';

/** `leaving`: being carried out, and past its point of no return. */
type Row = DraftState | 'leaving';

/** Row: what the ledger says. Column: where the file was found. */
const table: Readonly<Record<Row, Readonly<Record<Target, MoveMeaning>>>> = {
  pending: {
    Pending_Approval: none,
    Approved: approve,
    In_Progress: onlyWe,
    Done: close,
    Rejected: reject,
    Failed: onlyFailures,
  },
  approved: {
    Pending_Approval: askAgain('Taken back by hand.'),
    Approved: none,
    In_Progress: onlyWe,
    Done: close,
    Rejected: reject,
    Failed: onlyFailures,
  },
  in_progress: {
    Pending_Approval: askAgain('Taken back by hand.'),
    Approved: running,
    In_Progress: none,
    Done: close,
    Rejected: reject,
    Failed: onlyFailures,
  },
  leaving: {
    Pending_Approval: leaving,
    Approved: leaving,
    In_Progress: none,
    Done: leaving,
    Rejected: leaving,
    Failed: leaving,
  },
  unknown: {
    Pending_Approval: { kind: 'not_happened' },
    Approved: { kind: 'not_happened' },
    In_Progress: none,
    Done: { kind: 'happened' },
    Rejected: { kind: 'leave' },
    Failed: { kind: 'leave' },
  },
  done: {
    Pending_Approval: askAgain('Asked again by hand, after it went out once.'),
    Approved: sentBefore,
    In_Progress: onlyWe,
    Done: none,
    Rejected: none,
    Failed: none,
  },
  rejected: {
    Pending_Approval: askAgain('Asked again by hand.'),
    // Two machines on one vault may each have moved it; of yes and no the no counts until somebody says it once more.
    Approved: askAgain('It was rejected before it was moved to Approved.'),
    In_Progress: onlyWe,
    Done: close,
    Rejected: none,
    Failed: none,
  },
  failed: {
    Pending_Approval: askAgain('Asked again by hand.'),
    Approved: approve,
    In_Progress: onlyWe,
    Done: close,
    Rejected: reject,
    Failed: none,
  },
  vanished: {
    Pending_Approval: askAgain('The file came back.'),
    Approved: approve,
    In_Progress: onlyWe,
    Done: close,
    Rejected: reject,
    Failed: none,
  },
};

/**
 * What it means that the file of a draft in `state` was found in `folder`. Total.
 *
 * @param isLeaving its attempt has passed its point of no return
 */
export function meaningOfMove(state: DraftState, folder: Folder, isLeaving = false): MoveMeaning {
  switch (folder) {
    case 'Inbox':
    case 'Needs_Action':
    case 'Logs':
      return undoMove(`A draft can’t be decided by moving it to ${folder}.`);
    default:
      return table[state === 'in_progress' && isLeaving ? 'leaving' : state][folder];
  }
}
