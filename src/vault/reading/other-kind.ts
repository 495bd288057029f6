import type { NotPublishable } from '../../domain/reading.ts';
import { pointsOnly } from './clean-text.ts';
import type { Fields } from './keys.ts';
import type { Heading, HeadingRole } from './headings.ts';
import {
  feeds,
  incomingTypes,
  kindTitles,
  otherActs,
  overStatus,
  plannedTypes,
  pointerTexts,
  taskNames,
  senderKeys,
  watcherKeys,
} from './kind-words.ts';
import type { Field } from './line-kinds.ts';

type Parts = {
  readonly fields: Fields;
  readonly headings: readonly Heading[];
  /** Fields written above the text. */
  readonly written: readonly Field[];
  /** The front matter names the platform. */
  readonly told: boolean;
  readonly pointsElsewhere: boolean;
  /** First word of the file's name, in lower case. */
  readonly firstWord: string;
  /** The possible texts. */
  readonly texts: readonly string[];
};

/**
 * What a file is when nothing in it is meant to leave; undefined for a draft. A mail that came in lies in
 * `Pending_Approval` and even in `Approved` of real vaults: it must never be taken for ours.
 */
export function otherKind(parts: Parts): NotPublishable | undefined {
  const { fields, told, texts } = parts;
  const headings = parts.headings.filter((heading) => !heading.quoted);
  const has = (...roles: readonly HeadingRole[]) => headings.some((heading) => roles.includes(heading.role));
  const type = wordOf(fields.key('type')[0] ?? '');
  // A title says what a file is about; where the text is in another file it holds none.
  const ownSection = headings.some(({ role, level }) => own.includes(role) && (level > 1 || !parts.pointsElsewhere));
  if (!has('answer', 'draft', 'variant') && isIncoming(parts)) return 'incoming';
  if (!told && isOtherAct(fields, ['action', 'action_type'])) return 'other_approval';
  const planned = plannedTypes[type];
  if (planned !== undefined) return planned;
  const points = (text: string) => pointsOnly(text) || pointerTexts.some((pattern) => pattern.test(text.slice(0, 300)));
  if (texts.length > 0 && texts.every(points)) {
    return 'pointer';
  }
  if (ownSection) return undefined;
  if (parts.pointsElsewhere) return 'pointer';
  if (fields.key('task').length > 0 || (!told && taskNames.includes(parts.firstWord))) return 'task';
  if (isOtherAct(fields, ['type', 'action', 'action_type'])) return 'other_approval';
  if (has('generic', 'own_preview')) return undefined;
  const kind = kindOfTitles(headings);
  // A post with the result of sending it noted below is still a post; unless it says itself that it is over.
  const over = overStatus.includes(wordOf(fields.key('status')[0] ?? ''));
  return kind === 'record' && told && texts.length > 0 && !over ? undefined : kind;
}

const own: readonly HeadingRole[] = ['full', 'answer', 'draft', 'variant'];

const wordOf = (value: string): string => value.toLowerCase().replaceAll(/[\s-]+/g, '_');

/** What the headings say the file is. */
export function kindOfTitles(headings: readonly Heading[]): NotPublishable | undefined {
  const titles = headings.map((heading) => heading.title.toLowerCase().replaceAll(/^[^\p{L}]+/gu, ''));
  return kindTitles.find(([pattern]) => titles.some((title) => pattern.test(title)))?.[1];
}

/** Whether it asks for a payment, an appointment, a deletion … */
function isOtherAct(fields: Fields, keys: readonly string[]): boolean {
  const words = keys.flatMap((key) => fields.key(key)).flatMap((one) => wordOf(one).split('_'));
  return words.some((word) => otherActs.includes(word));
}

/** Whether somebody else wrote it: it names a sender, and nothing says that we should do something. */
export function isIncoming(parts: Pick<Parts, 'fields' | 'written' | 'told' | 'headings'>): boolean {
  const { fields, told, written, headings } = parts;
  if (fields.key('action').length > 0 || fields.key('action_type').length > 0) return false;
  const type = wordOf(fields.key('type')[0] ?? '');
  const inMatter =
    senderKeys.some((key) => fields.key(key).length > 0) ||
    fields.key('source').some((source) => feeds.test(source.slice(0, 200)));
  const inBody = written.some(({ key }) => senderKeys.includes(key));
  const toSomebody = fields.values('to').length > 0 || written.some(({ key }) => key === 'to');
  // `from:` may be our own address; what a watcher notes beside it is not.
  const watched = watcherKeys.some((key) => fields.key(key).length > 0);
  const untold = type === '' && !told && (watched || fields.values('subject').length === 0);
  if (inMatter) return incomingTypes.includes(type) || untold || !toSomebody;
  const sections = ['from', 'date'].every((name) => headings.some(({ title }) => title.trim().toLowerCase() === name));
  return inBody && (!toSomebody || (sections && !told));
}
