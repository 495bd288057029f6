/** Formatting as callers give it: a list of entities, positions in UTF-16 units (an index into a JavaScript string). */
import { bad, read } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import { isRecord } from '../transport/request.ts';

export type Entity = {
  readonly type: string;
  readonly offset: number;
  readonly length: number;
  readonly url?: string;
  readonly language?: string;
  readonly user?: unknown;
  readonly custom_emoji_id?: string;
  readonly unix_time?: number;
  readonly date_time_format?: string;
};

/** A text as it was sent, before anything is cleaned or trimmed. */
export type Raw = { readonly text: string; readonly entities: readonly Entity[] };

/** What the server finds by itself; given ones of these types are dropped. */
const found = new Set(['mention', 'hashtag', 'cashtag', 'bot_command', 'url', 'email', 'phone_number']);
const plain = new Set([
  'bold',
  'italic',
  'underline',
  'strikethrough',
  'spoiler',
  'code',
  'blockquote',
  'expandable_blockquote',
]);

/** As the server reads the `entities` parameter: something that is no list counts as none. */
export function readEntities(value: unknown): Read<readonly Entity[]> {
  if (!Array.isArray(value)) return read([]);
  const entities: Entity[] = [];
  for (const one of value as unknown[]) {
    const entity = readEntity(one);
    if (typeof entity === 'string') return bad(`can't parse MessageEntity: ${entity}`);
    if (entity !== undefined) entities.push(entity);
  }
  return read(entities);
}

/** A string is the reason of a refusal; undefined is an entity that is silently left out. */
function readEntity(value: unknown): Entity | string | undefined {
  if (!isRecord(value)) return 'expected an Object';
  for (const name of ['offset', 'length']) {
    if (value[name] === undefined) return `Can't find field "${name}"`;
    if (!Number.isInteger(Number(value[name]))) return `Field "${name}" must be a valid Number`;
  }
  const type = value['type'];
  if (type === undefined) return 'Can\'t find field "type"';
  if (typeof type !== 'string') return 'Field "type" must be of type String';
  if (type === '') return 'Type is not specified';
  const base = { type, offset: Number(value['offset']), length: Number(value['length']) };
  if (found.has(type)) return undefined;
  if (plain.has(type)) return base;
  return withDetails(base, value);
}

function withDetails(
  base: { readonly type: string; readonly offset: number; readonly length: number },
  value: Readonly<Record<string, unknown>>,
): Entity | string {
  const { url, language, user, custom_emoji_id: emoji, unix_time: time, date_time_format: format } = value;
  switch (base.type) {
    case 'pre':
      return typeof language === 'string' && language !== '' ? { ...base, language } : base;
    case 'text_link':
      return typeof url === 'string' ? { ...base, url } : 'Can\'t find field "url"';
    case 'text_mention':
      return isRecord(user) ? { ...base, user } : 'Can\'t find field "user"';
    case 'custom_emoji':
      return typeof emoji === 'string' ? { ...base, custom_emoji_id: emoji } : 'Can\'t find field "custom_emoji_id"';
    case 'date_time': {
      if (!Number.isInteger(time)) return 'Can\'t find field "unix_time"';
      const shape = typeof format === 'string' ? format : '';
      if (!/^(?:[rR]|[tTdDwW]*)$/.test(shape)) return 'Invalid date-time format specified';
      return { ...base, unix_time: Number(time), ...(shape === '' ? {} : { date_time_format: shape }) };
    }
    default:
      return 'Unsupported type specified';
  }
}
