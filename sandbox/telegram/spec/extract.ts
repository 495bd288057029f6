/**
 * Writes `bot-api.json` beside this file: the facts (names, types, required, limits, listed values; no prose) of the
 * methods the stand-in answers and of every type reachable from them.
 *
 *     node sandbox/telegram/spec/extract.ts <telegram-bot-api.json>
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BotApi, Field, Limit, Shape } from './bot-api.ts';

/** What we read of the full description of the Bot API. */
export type FullSpec = {
  readonly version: string;
  readonly methods: Readonly<Record<string, FullShape>>;
  readonly types: Readonly<Record<string, FullShape>>;
  readonly limits: Readonly<Record<string, Limit>>;
};

type FullShape = {
  readonly fields?: readonly FullField[];
  readonly subtypes?: readonly string[];
  readonly returns?: readonly string[];
};
type FullField = {
  readonly name: string;
  readonly types: readonly string[];
  readonly required: boolean;
  readonly description: string;
};

const methods = [
  'getMe',
  'getUpdates',
  'setWebhook',
  'deleteWebhook',
  'getWebhookInfo',
  'setMyCommands',
  'sendMessage',
  'sendPhoto',
  'sendDocument',
  'sendMediaGroup',
  'sendChatAction',
  'setMessageReaction',
  'editMessageText',
  'editMessageCaption',
  'editMessageMedia',
  'editMessageReplyMarkup',
  'deleteMessage',
  'answerCallbackQuery',
  'getChat',
  'getFile',
  'createForumTopic',
];

/** The part of the full description that the stand-in needs. */
export function extract(full: FullSpec): BotApi {
  const types: Record<string, Shape> = {};
  const waiting: string[] = [];
  const keep = (owner: string, shape: FullShape): Shape => {
    const fields = (shape.fields ?? []).map((field) => factsOf(owner, field, full.limits));
    waiting.push(...fields.flatMap((field) => field.types.map(nameOf)), ...(shape.subtypes ?? []).map(nameOf));
    waiting.push(...(shape.returns ?? []).map(nameOf));
    return {
      fields,
      ...(shape.subtypes === undefined ? {} : { subtypes: shape.subtypes }),
      ...(shape.returns === undefined ? {} : { returns: shape.returns }),
    };
  };
  const chosen: Record<string, Shape> = {};
  for (const name of methods) {
    const shape = full.methods[name];
    if (shape === undefined) throw new Error(`the description has no method ${name}`);
    chosen[name] = keep(name, shape);
  }
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    const shape = full.types[name];
    if (shape !== undefined && types[name] === undefined) types[name] = keep(name, shape);
  }
  return { version: full.version, methods: chosen, types };
}

const nameOf = (type: string): string => type.replaceAll('Array of ', '');

function factsOf(owner: string, field: FullField, limits: FullSpec['limits']): Field {
  const limit = limits[`${owner}.${field.name}`];
  const values = valuesOf(field);
  return {
    name: field.name,
    types: field.types,
    ...(field.required ? { required: true } : {}),
    ...(limit === undefined ? {} : { limit }),
    ...(values === undefined ? {} : { values }),
  };
}

/** The values a String may take, where the description lists them; undefined where it doesn't. */
function valuesOf(field: FullField): readonly string[] | undefined {
  if (field.types.join() !== 'String') return undefined;
  const text = field.description;
  if (text.includes('Choose one')) {
    return [...text.matchAll(/\b([a-z_]+)(?= for | or [a-z_]+ for )/g)].flatMap((match) => match[1] ?? []);
  }
  const bare = /must be ([a-z_]+)$/.exec(text)?.[1];
  if (bare !== undefined) return [bare];
  if (!/\b(always|must be|one of|can be|either)\b/.test(text)) return undefined;
  const quoted = [...text.matchAll(/['“]([A-Za-z0-9_]+)['”]/g)].flatMap((match) => match[1] ?? []);
  return quoted.length === 0 ? undefined : quoted;
}

/** One method or type a line: small, and a change shows as a changed line. */
function written(api: BotApi): string {
  const lines = (shapes: Readonly<Record<string, Shape>>) =>
    Object.entries(shapes)
      .map(([name, shape]) => `    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`)
      .join(',\n');
  return `{\n  "version": ${JSON.stringify(api.version)},\n  "methods": {\n${lines(api.methods)}\n  },\n  "types": {\n${lines(api.types)}\n  }\n}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const source = process.argv[2];
  if (source === undefined) throw new Error('say which description to read: extract.ts <telegram-bot-api.json>');
  const full = JSON.parse(await readFile(source, 'utf8')) as FullSpec;
  await writeFile(new URL('bot-api.json', import.meta.url), written(extract(full)));
}
