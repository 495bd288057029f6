import type { Verb } from './decision.ts';

/** Who acts. `id` is immutable (a numeric id, never a name); `name` is for people and proves nothing. */
export type Actor = {
  /** A channel's name, `cli`, or `vault` for a file moved by hand. */
  readonly source: string;
  readonly id: string;
  readonly name: string;
};

/** Allowed ids per source. A source that is missing or empty refuses everybody. */
export type ApproverList = ReadonlyMap<string, ReadonlySet<string>>;

/** The id of whoever may write into the vault folder. */
export const vaultOwner: Actor = { source: 'vault', id: 'owner', name: 'by hand' };

export type Permission = { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly why: string };

/**
 * The one place that decides who may do what (promise P5): buttons, replies, commands, the web page, the command line
 * and hand moves all ask here. Deny by default.
 */
export function mayAct(approvers: ApproverList, actor: Actor, verb: Verb | 'look'): Permission {
  if (approvers.get(actor.source)?.has(actor.id) === true) return { kind: 'allowed' };
  return { kind: 'refused', why: `You are not on the list of approvers, so you can't ${verbWords[verb]} here.` };
}

const verbWords: Readonly<Record<Verb | 'look', string>> = {
  approve: 'approve drafts',
  reject: 'reject drafts',
  edit: 'edit drafts',
  choose: 'choose texts',
  plain: 'edit drafts',
  postpone: 'put drafts off',
  reason: 'reject drafts',
  undo: 'undo decisions',
  happened: 'answer for drafts',
  not_happened: 'answer for drafts',
  leave: 'answer for drafts',
  retry: 'retry drafts',
  pause: 'pause',
  resume: 'resume',
  look: 'see drafts',
};
