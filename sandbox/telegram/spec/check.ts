/** Compares values with the documented types, down to the leaf. Used on what the bot sends and, in tests, on our answers. */
import type { BotApi, Field, Limit, Shape } from './bot-api.ts';
import { codePoints } from '../text/formatted.ts';
import { isRecord } from '../transport/request.ts';

/** Problems as "path: what is wrong"; empty when the value is as documented. */
export function checkValue(api: BotApi, types: readonly string[], value: unknown, path: string): readonly string[] {
  const attempts = types.map((type) => checkType(api, type, value, path));
  return attempts.reduce((best, next) => (next.length < best.length ? next : best), attempts[0] ?? []);
}

function checkType(api: BotApi, type: string, value: unknown, path: string): readonly string[] {
  const wrong = [`${path}: should be ${type}, was ${shown(value)}`];
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return wrong;
    const inner = [type.slice('Array of '.length)];
    return (value as unknown[]).flatMap((one, index) => checkValue(api, inner, one, `${path}[${index}]`));
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value) ? [] : wrong;
    case 'Float':
      return typeof value === 'number' ? [] : wrong;
    case 'Boolean':
      return typeof value === 'boolean' ? [] : wrong;
    case 'True':
      return value === true ? [] : wrong;
    case 'String':
    case 'InputFile':
      return typeof value === 'string' ? [] : wrong;
    default: {
      const shape = api.types[type];
      if (shape === undefined) return [`${path}: the description has no type ${type}`];
      if (shape.subtypes !== undefined) return checkValue(api, shape.subtypes, value, path);
      return isRecord(value) ? [...checkFields(api, shape, value, path), ...checkButton(type, value, path)] : wrong;
    }
  }
}

/** All of a shape's fields: required, known, typed, within limits, one of the listed values. */
export function checkFields(
  api: BotApi,
  shape: Shape,
  value: Readonly<Record<string, unknown>>,
  path: string,
): readonly string[] {
  const known = new Set(shape.fields.map((field) => field.name));
  const prefix = path === '' ? '' : `${path}.`;
  const unknown = Object.keys(value).filter((name) => !known.has(name) && value[name] !== undefined);
  return [
    ...unknown.map((name) => `${prefix}${name}: is not a documented field`),
    ...shape.fields.flatMap((field) => checkField(api, field, value[field.name], `${prefix}${field.name}`)),
  ];
}

function checkField(api: BotApi, field: Field, value: unknown, path: string): readonly string[] {
  if (value === undefined) return field.required === true ? [`${path}: is required`] : [];
  const problems = checkValue(api, field.types, value, path);
  if (problems.length > 0 || typeof value !== 'string') return problems;
  const limit = field.limit === undefined ? undefined : beyond(field.limit, value);
  if (limit !== undefined) return [`${path}: ${limit}`];
  if (field.values !== undefined && !field.values.includes(value)) {
    return [`${path}: "${value}" is not one of ${field.values.join(', ')}`];
  }
  return [];
}

function beyond({ min, max, unit }: Limit, text: string): string | undefined {
  const length = unit === 'bytes' ? Buffer.byteLength(text) : codePoints(text);
  return length < min || length > max ? `${length} ${unit}, allowed are ${min} to ${max}` : undefined;
}

const looks = new Set(['text', 'icon_custom_emoji_id', 'style']);

/** A button must do exactly one thing, have a label, and the server takes twelve a row. */
function checkButton(type: string, value: Readonly<Record<string, unknown>>, path: string): readonly string[] {
  if (type === 'InlineKeyboardButton') {
    const actions = Object.keys(value).filter((name) => !looks.has(name));
    return [
      ...(actions.length === 1
        ? []
        : [`${path}: a button needs exactly one action, this has ${actions.join(' and ') || 'none'}`]),
      ...(value['text'] === '' ? [`${path}.text: a button without a label is silently left out`] : []),
    ];
  }
  if (type !== 'InlineKeyboardMarkup' || !Array.isArray(value['inline_keyboard'])) return [];
  const rows = value['inline_keyboard'] as unknown[];
  const sizes = rows.map((row) => (Array.isArray(row) ? row.length : 0));
  return sizes.some((size) => size > 12)
    ? [`${path}.inline_keyboard: more than 12 buttons in a row are silently cut`]
    : [];
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 60);
