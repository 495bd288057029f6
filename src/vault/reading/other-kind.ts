import type { Fields } from './keys.ts';
import { otherKinds } from './heading-words.ts';
import { mostHeadings } from './headings.ts';
import type { Heading, Role } from './headings.ts';
import type { Field } from './text-range.ts';

/** Types that a watcher gives to what came in; with a sender they are somebody else's words. */
const incomingTypes = [
  'email',
  'mail',
  'gmail',
  'whatsapp',
  'message',
  'whatsapp_message',
  'email_message',
  'dm',
  'sms',
];
const plannedTypes: Readonly<Record<string, string>> = {
  plan: 'a plan',
  task: 'a task',
  prompt: 'a prompt',
  report: 'a report',
  briefing: 'a report',
  file_drop: 'a dropped file',
};

/**
 * What a file is when nothing in it is meant to leave, in words; undefined for a draft. A mail that came in lies in
 * `Pending_Approval` and even in `Approved` of real vaults: it must never be taken for ours.
 */
export function otherKind(parts: {
  fields: Fields;
  headings: readonly Heading[];
  /** Fields written above the text. */
  written: readonly Field[];
  /** The front matter names the platform. */
  told: boolean;
  pointsElsewhere: boolean;
}): string | undefined {
  const { fields, told } = parts;
  if (parts.headings.length === mostHeadings) return 'a long document';
  const headings = parts.headings.filter((heading) => !heading.quoted);
  const has = (...roles: readonly Role[]) => headings.some((heading) => roles.includes(heading.role));
  const type = (fields.key('type')[0] ?? '').toLowerCase().replaceAll(/[\s-]+/g, '_');
  const ownSection = has('full', 'draft', 'variant');
  if (!ownSection && isIncoming(fields, type, told, parts.written)) return 'a message that came in';
  const planned = plannedTypes[type];
  if (planned !== undefined) return planned;
  if (ownSection) return undefined;
  if (parts.pointsElsewhere) return 'a pointer to another file';
  if (has('generic')) return undefined;
  const titles = headings.map((heading) => heading.title.toLowerCase());
  return otherKinds.find(([pattern]) => titles.some((title) => pattern.test(title)))?.[1];
}

/** Whether somebody else wrote it: it names a sender, and nothing says that we should do something. */
function isIncoming(fields: Fields, type: string, told: boolean, written: readonly Field[]): boolean {
  if (fields.key('action').length > 0 || fields.key('action_type').length > 0) return false;
  const senders = ['from', 'sender', 'received', 'from_email', 'sender_email'];
  const inMatter = senders.some((key) => fields.key(key).length > 0);
  const inBody = written.some(({ key }) => senders.includes(key));
  const toSomebody = fields.values('to').length > 0 || written.some(({ key }) => key === 'to');
  if (inMatter) return incomingTypes.includes(type) || (type === '' && !told) || !toSomebody;
  return inBody && !toSomebody;
}
