import type { Folder } from '../domain/lifecycle.ts';

/** The folders of a vault, in the order a draft passes them. */
export const folders: readonly Folder[] = [
  'Inbox',
  'Needs_Action',
  'Pending_Approval',
  'Approved',
  'In_Progress',
  'Done',
  'Rejected',
  'Failed',
  'Logs',
];
