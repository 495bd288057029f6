import { canonicalEffect, normaliseText } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { fenced } from '../lib/fenced.ts';
import { lineEndOf } from './file-text.ts';
import type { Form } from './reading/found.ts';
import { readDraft } from './reading/read-draft.ts';
import { textId } from './reading/text-id.ts';

/**
 * The file's text with another text to send; undefined when it can't be written so that reading it gives exactly this
 * text and changes nothing else. Written as before where possible, in a code fence when words in it would be taken for
 * headings, fields or instructions.
 */
export function rewritten(
  text: string,
  newText: string,
  fileName: string,
  platforms: readonly Platform[],
  now: Date,
  picked = '',
): string | undefined {
  const before = readDraft(text, fileName, platforms, now, picked);
  if (before.reading.kind !== 'draft') return undefined;
  const { span, effect } = before.reading;
  const wanted = canonicalEffect({ ...effect, text: normaliseText(newText) });
  const lineEnd = lineEndOf(text);
  for (const written of waysToWrite(normaliseText(newText), before.form, before.kept)) {
    const changed = text.slice(0, span.start) + written.replaceAll('\n', lineEnd) + text.slice(span.end);
    const after = readDraft(changed, fileName, platforms, now, picked === '' ? '' : textId(newText));
    const sameMedia = after.media.join('\n') === before.media.join('\n');
    if (after.reading.kind === 'draft' && sameMedia && canonicalEffect(after.reading.effect) === wanted) return changed;
  }
  return undefined;
}

/** @param kept what stood within the old text and is no part of it: embeds and comments, which must not get lost */
function waysToWrite(text: string, form: Form, kept: readonly string[]): readonly string[] {
  if (kept.length > 0) return form === 'plain' ? [`${text}\n\n${kept.join('\n')}`] : [];
  switch (form) {
    case 'plain':
      return [text, fenced(text)];
    case 'quoted':
      return [text.replaceAll(/^/gm, '> ')];
    case 'fenced':
      return [text];
    case 'key':
      return [];
  }
}
