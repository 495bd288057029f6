/**
 * Brings entities into the order and nesting in which the server keeps them, so that an edit can be compared with what
 * is there. Simpler than the real rules in one point: overlapping styles are not cut at each other's borders.
 */
import type { Entity } from './entity.ts';

const styles = new Set(['bold', 'italic', 'underline', 'strikethrough', 'spoiler']);
const quotes = new Set(['blockquote', 'expandable_blockquote']);
const verbatim = new Set(['pre', 'code', 'date_time']);

const end = (entity: Entity): number => entity.offset + entity.length;
const overlaps = (a: Entity, b: Entity): boolean => a.offset < end(b) && b.offset < end(a);
const inside = (inner: Entity, outer: Entity): boolean => inner.offset >= outer.offset && end(inner) <= end(outer);
const byPlace = (a: Entity, b: Entity): number =>
  a.offset - b.offset || b.length - a.length || a.type.localeCompare(b.type);

/** `detected` are those the server found by itself: they give way to given ones. */
export function nested(given: readonly Entity[], detected: readonly Entity[]): readonly Entity[] {
  const sorted = given.filter((entity) => entity.length > 0).sort(byPlace);
  const blocks = apart(sorted.filter((entity) => quotes.has(entity.type)));
  const fits = (entity: Entity) => blocks.every((block) => !overlaps(entity, block) || inside(entity, block));
  const solid = apart(sorted.filter((entity) => !styles.has(entity.type) && !quotes.has(entity.type))).filter(fits);
  const free = detected.filter((entity) => fits(entity) && !solid.some((other) => overlaps(entity, other)));
  const closed = solid.filter((entity) => verbatim.has(entity.type));
  const soft = joined(sorted.filter((entity) => styles.has(entity.type))).filter(
    (entity) => !closed.some((other) => inside(entity, other)),
  );
  return mostImportant([...blocks, ...solid, ...free, ...soft].sort(byPlace));
}

/** Of entities that overlap only the first stays. */
function apart(sorted: readonly Entity[]): readonly Entity[] {
  const kept: Entity[] = [];
  for (const entity of sorted) {
    const last = kept.at(-1);
    if (last === undefined || entity.offset >= end(last)) kept.push(entity);
  }
  return kept;
}

/** Touching stretches of one style become one. */
function joined(sorted: readonly Entity[]): readonly Entity[] {
  const open = new Map<string, Entity>();
  const kept: Entity[] = [];
  for (const entity of sorted) {
    const last = open.get(entity.type);
    if (last !== undefined && entity.offset <= end(last)) {
      const longer = { ...last, length: Math.max(end(last), end(entity)) - last.offset };
      kept[kept.indexOf(last)] = longer;
      open.set(entity.type, longer);
    } else {
      kept.push(entity);
      open.set(entity.type, entity);
    }
  }
  return kept;
}

/** The server keeps a hundred and drops the rest without a word: styles go before links, code and quotes. */
function mostImportant(sorted: readonly Entity[]): readonly Entity[] {
  const counted = sorted.filter((entity) => entity.type !== 'custom_emoji');
  if (counted.length <= 100) return sorted;
  const kept = new Set(
    counted.toSorted((a, b) => Number(styles.has(a.type)) - Number(styles.has(b.type))).slice(0, 100),
  );
  return sorted.filter((entity) => entity.type === 'custom_emoji' || kept.has(entity));
}
