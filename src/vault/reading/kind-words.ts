import type { NotPublishable } from '../../domain/reading.ts';

/**
 * What files are that hold nothing to publish, counted in public vaults. A synonym is one line here and one line in
 * test/unit/vault/reading/words.test.ts.
 */

/** What each kind is called in a sentence. */
export const kindWords: Readonly<Record<NotPublishable, string>> = {
  incoming: 'a message that came in',
  plan: 'a plan',
  task: 'a task',
  prompt: 'a prompt',
  report: 'a report',
  record: 'a record of something done',
  pointer: 'a pointer to another file',
  other_approval: 'an approval of something else than a text',
  dropped_file: 'a dropped file',
  long_document: 'a long document',
  placeholder: 'a place for a text',
  no_text: 'a file without a text',
  unreadable: 'a file that can’t be read',
};

/** Types that a watcher gives to what came in; with a sender they are somebody else's words. */
export const incomingTypes: readonly string[] = [
  'email',
  'mail',
  'gmail',
  'whatsapp',
  'message',
  'whatsapp_message',
  'email_message',
  'incoming_email',
  'linkedin_message',
  'linkedin_notification',
  'facebook_message',
  'instagram_message',
  'notification',
  'mention',
  'dm',
  'sms',
];

/** Words in `type` that say that the text is ours, although a sender is named. */
export const ourTypes: readonly string[] = ['draft', 'reply', 'response', 'outgoing', 'outbound'];

/** Keys that name who sent something. */
export const senderKeys: readonly string[] = [
  'from',
  'sender',
  'received',
  'received_at',
  'from_email',
  'sender_email',
];

/** Keys beside a sender that only whoever received a message can know. */
export const watcherKeys: readonly string[] = [
  'received',
  'received_at',
  'date',
  'message_id',
  'thread_id',
  'gmail_id',
  'email_id',
  'uid',
  'labels',
  'snippet',
  'detected',
  'detected_at',
  'internal_date',
  'has_attachments',
];

/** Values of `source` that say that it was read somewhere, not written. */
export const feeds = /\b(?:feed|timeline|notifications?|mentions?)\b/i;

/** Values of `type` that name no draft. */
export const plannedTypes: Readonly<Record<string, NotPublishable>> = {
  plan: 'plan',
  action_plan: 'plan',
  task: 'task',
  scheduled_task: 'task',
  todo: 'task',
  prompt: 'prompt',
  report: 'report',
  briefing: 'report',
  audit: 'report',
  summary: 'report',
  log: 'record',
  file_drop: 'dropped_file',
};

/** Words in `type`, `action` and `action_type` that ask for something else than sending a text. */
export const otherActs: readonly string[] = [
  'payment',
  'invoice',
  'bill',
  'refund',
  'transaction',
  'reconcile',
  'finance',
  'odoo',
  'calendar',
  'event',
  'cancel',
  'delete',
  'subscription',
  'purchase',
  'transfer',
  'budget',
  'accounting',
  'operation',
];

/** Values of `status` that say it is over. */
export const overStatus: readonly string[] = ['executed', 'sent', 'posted', 'published', 'completed', 'done'];

/** First words of names of files that ask for work. */
export const taskNames: readonly string[] = ['task', 'todo', 'plan', 'prompt'];

/** Headings of files that hold no text to publish; tried when no heading of ours is there. */
export const kindTitles: readonly (readonly [title: RegExp, kind: NotPublishable])[] = [
  [/^(?:objective|goal|steps|implementation plan|plan|proposed steps)\b/, 'plan'],
  [/^(?:execution (?:result|log)|failed task|error details|completion)\b/, 'record'],
  [/^(?:task|todo|to do|required actions?)\b/, 'task'],
  [/^(?:draft reference|full draft)\b/, 'pointer'],
];

/** Texts that only say that the text is somewhere else. */
export const pointerTexts: readonly RegExp[] = [
  /^(?:see|refer to|as in|content in|full (?:text|draft|content|post) (?:in|at|is in))\b.{0,40}(?:`[^`]+`|\[\[[^\]]+\]\]|\S+\.md\b|\bplan\b|\bdraft file\b)/i,
  /^(?:\[\[[^\]]+\]\]|`[^`\s]+\.md`|\S+\.md)$/i,
];
