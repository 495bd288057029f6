/** Reads text or caption in two steps, as the server does: what is refused before the chat is looked up, and after. */
import { bad, read } from '../refusal.ts';
import type { Read } from '../refusal.ts';
import { readEntities } from '../text/entity.ts';
import type { Raw } from '../text/entity.ts';
import { codePoints, format } from '../text/formatted.ts';
import type { Formatted } from '../text/formatted.ts';
import { parseHtml } from '../text/html.ts';
import { parseMarkdown } from '../text/markdown.ts';
import { parseJson } from '../transport/request.ts';
import { textOf } from './call.ts';
import type { MethodCall } from './call.ts';

export function readText(call: MethodCall): Read<Raw> {
  const text = textOf(call, 'text');
  return text === '' ? bad('message text is empty') : readRaw(call, text, 'entities');
}

export const readCaption = (call: MethodCall): Read<Raw> => readRaw(call, textOf(call, 'caption'), 'caption_entities');

function readRaw(call: MethodCall, text: string, entitiesName: string): Read<Raw> {
  if (!call.parameters.isUtf8) return bad('strings must be encoded in UTF-8');
  return parseRaw(text, textOf(call, 'parse_mode'), parseJson(textOf(call, entitiesName)));
}

/** `entities` counts only without a parse mode. */
export function parseRaw(text: string, parseMode: string, entities: unknown): Read<Raw> {
  if (Buffer.byteLength(text) > 32_768) return bad('text is too long');
  const mode = parseMode.toLowerCase();
  if (text === '' || mode === '' || mode === 'none') {
    const given = readEntities(entities);
    return given.ok ? read({ text, entities: given.value }) : given;
  }
  if (mode === 'html') return parseHtml(text);
  if (mode === 'markdownv2') return parseMarkdown(text);
  if (mode === 'markdown') {
    return bad(`can't parse entities: the sandbox does not read ${parseMode}; send entities instead`);
  }
  return bad('unsupported parse_mode');
}

export function finishText(raw: Raw): Read<Formatted> {
  const text = format(raw.text, raw.entities, false);
  return text.ok && codePoints(text.value.text) > 4096 ? bad('message is too long') : text;
}

export function finishCaption(raw: Raw): Read<Formatted> {
  const text = format(raw.text, raw.entities, true);
  return text.ok && codePoints(text.value.text) > 1024 ? bad('message caption is too long') : text;
}
