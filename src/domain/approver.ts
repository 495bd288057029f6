/**
 * Who may approve, and who may do what else: the lists of people, the rights of each role, and the one function that every way
 * in asks.
 */
import type { Actor } from './actor.ts';
import { asides } from './decision.ts';
import type { Verb } from './decision.ts';

/** Allowed ids per source. A source that is missing or empty refuses everybody. */
export type ApproverList = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Approvers may do everything. Editors work on what a draft says and decide nothing. Viewers look. Each
 * of them may comment. Whoever stands in
 * several lists has the stronger role.
 */
export type People = {
  readonly approvers: ApproverList;
  readonly editors?: ApproverList;
  readonly viewers?: ApproverList;
};
export type Role = 'approver' | 'editor' | 'viewer';

/** The id of whoever may write into the vault folder. */
export const vaultOwner: Actor = { source: 'vault', id: 'owner', name: 'by hand' };

/**
 * Which person an id belongs to, where it was said; whoever is not in it is somebody else each. Keys are `source:id`, and
 * `owner` for whoever sits at this machine.
 */
export type Identities = ReadonlyMap<string, string>;

/**
 * Names one person, so that nobody counts twice. Page, command line and folder of this machine are all its owner:
 * whoever has one of them has the others.
 */
export function personOf({ source, id }: Actor, identities: Identities): string {
  const own = id === vaultOwner.id ? id : `${source}:${id}`;
  const person = identities.get(own);
  // No source has a slash in its name.
  return person === undefined ? own : `person/${person}`;
}

export type Permission = { readonly kind: 'allowed' } | { readonly kind: 'refused'; readonly why: string };

export function roleOf(people: People, actor: Actor): Role | undefined {
  const isIn = (list: ApproverList | undefined) => list?.get(actor.source)?.has(actor.id) === true;
  if (isIn(people.approvers)) return 'approver';
  if (isIn(people.editors)) return 'editor';
  return isIn(people.viewers) ? 'viewer' : undefined;
}

/**
 * The one place that decides who may do what (promise P5): buttons, replies, commands, the web page, the command line
 * and hand moves all ask here. Deny by default.
 */
export function mayAct(people: People, actor: Actor, verb: Verb | 'look'): Permission {
  const role = roleOf(people, actor);
  if (role !== undefined && powers[role](verb)) return { kind: 'allowed' };
  return { kind: 'refused', why: `${positions[role ?? 'stranger']}, so you can't ${verbWords[verb]} here.` };
}

const open: ReadonlySet<Verb | 'look'> = new Set(['look', 'comment'] as const);
const editable: ReadonlySet<Verb | 'look'> = new Set<Verb>([...asides, 'draft_reply']);

const powers: Readonly<Record<Role, (verb: Verb | 'look') => boolean>> = {
  approver: () => true,
  editor: (verb) => open.has(verb) || editable.has(verb),
  viewer: (verb) => open.has(verb),
};

const positions: Readonly<Record<Role | 'stranger', string>> = {
  approver: 'You are an approver',
  editor: 'You may edit drafts but are not on the list of approvers',
  viewer: 'You may only look',
  stranger: 'You are not on the list of approvers',
};

const verbWords: Readonly<Record<Verb | 'look', string>> = {
  approve: 'approve drafts',
  reject: 'reject drafts',
  close: 'close drafts',
  edit: 'edit drafts',
  restore: 'edit drafts',
  choose: 'choose texts',
  plain: 'edit drafts',
  reply_all: 'edit drafts',
  postpone: 'put drafts off',
  reason: 'say why drafts are rejected',
  undo: 'undo decisions',
  happened: 'answer for drafts',
  not_happened: 'answer for drafts',
  leave: 'answer for drafts',
  retry: 'retry drafts',
  comment: 'comment on drafts',
  pause: 'pause',
  resume: 'resume',
  draft_reply: 'have replies drafted',
  look: 'see drafts',
};
