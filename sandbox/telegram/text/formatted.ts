/**
 * Turns a text and its entities into what the server keeps and sends back: control signs out, blanks at both ends off,
 * entities moved along, links and commands found. So what comes back can differ from what was sent.
 */
import { bad, read } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import { badUrl } from './bad-url.ts';
import { detected } from './detect.ts';
import type { Entity } from './entity.ts';
import { nested } from './nesting.ts';

export type Formatted = { readonly text: string; readonly entities: readonly Entity[] };

/** The server counts code points, not UTF-16 units. */
export const codePoints = (text: string): number => Array.from(text).length;

/** `allowEmpty` is for captions. */
export function format(text: string, given: readonly Entity[], allowEmpty: boolean): Read<Formatted> {
  for (const entity of given) {
    for (const part of ['offset', 'length'] as const) {
      const value = entity[part];
      if (value < 0 || value > 1_000_000) return bad(`receive an entity with incorrect ${part} ${value}`);
    }
  }
  for (const { type, url = '' } of given) {
    const reason = type === 'text_link' ? badUrl(url) : undefined;
    if (reason !== undefined) return bad(`entity URL '${url}' is invalid: ${reason}`);
  }
  const entities = given.filter((entity) => entity.length > 0).toSorted((a, b) => a.offset - b.offset);
  const misplaced = misplacedIn(text, entities);
  if (misplaced !== undefined) return bad(misplaced);
  const clean = cleaned(text, entities);
  if (/^[ \n]*$/.test(clean.text)) {
    return allowEmpty ? read({ text: '', entities: [] }) : bad('text must be non-empty');
  }
  const trimmed = trim(clean);
  return read({ text: trimmed.text, entities: nested(trimmed.entities, detected(trimmed.text)) });
}

function misplacedIn(text: string, entities: readonly Entity[]): string | undefined {
  const bytesBefore = (offset: number) => Buffer.byteLength(text.slice(0, offset));
  for (const { offset, length } of entities) {
    if (cutsPair(text, offset))
      return `entity begins in a middle of a UTF-16 symbol at byte offset ${bytesBefore(offset + 1)}`;
    if (offset > text.length) return `entity begins after the end of the text at UTF-16 offset ${offset}`;
    const end = offset + length;
    if (end > text.length) {
      return `entity beginning at UTF-16 offset ${offset} ends after the end of the text at UTF-16 offset ${end}`;
    }
    if (cutsPair(text, end)) {
      return `entity beginning at UTF-16 offset ${offset} ends in a middle of a UTF-16 symbol at byte offset ${bytesBefore(end + 1)}`;
    }
  }
  return undefined;
}

function cutsPair(text: string, offset: number): boolean {
  return /[\udc00-\udfff]/.test(text.charAt(offset)) && /[\ud800-\udbff]/.test(text.charAt(offset - 1));
}

/** Signs that vanish: carriage returns, direction overrides, combining lines. */
const vanishing = /[\r\u2028-\u202e]|\u0333|\u033f|\u030a/g;

function cleaned(text: string, entities: readonly Entity[]): Formatted {
  const lengthOf = (part: string) => part.replaceAll(vanishing, '').length;
  const moved = entities.map((entity) => ({
    ...entity,
    offset: lengthOf(text.slice(0, entity.offset)),
    length: lengthOf(text.slice(entity.offset, entity.offset + entity.length)),
  }));
  return { text: text.replaceAll(vanishing, '').replaceAll(/[\0-\t\v-\x1f]/g, ' '), entities: moved };
}

function trim({ text, entities }: Formatted): Formatted {
  const right = text.replace(/[ \n]+$/, '');
  const within = entities
    .map((entity) => ({ ...entity, length: Math.min(entity.offset + entity.length, right.length) - entity.offset }))
    .filter((entity) => entity.length > 0);
  // The left side is trimmed only up to the first entity.
  const blanks = /^[ \n]*/.exec(right)?.[0].length ?? 0;
  const cut = Math.min(blanks, within[0]?.offset ?? blanks);
  return { text: right.slice(cut), entities: within.map((entity) => ({ ...entity, offset: entity.offset - cut })) };
}
