import { blocks } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';

/** Texts that only hold the place of a text. Tried on short texts only. */
const emptyTexts: readonly RegExp[] = [
  // A text that is one remark in brackets: “[No reply needed: it is a newsletter.]”
  /^\[[^[\]]{3,}\]$/,
  /^\([^()]{3,}\)$/,
  /^[[(*_\s]*(?:add|insert|write|put|paste|enter|type) (?:your|the|a)\b.{0,60}(?:here|above|below)[\])*_.\s]*$/i,
  /^[[(*_\s]*no (?:specific )?(?:content|text|reply|draft|response)\b.{0,250}$/i,
  /^[[(*_\s]*ai-generated .{0,60}go here[\])*_.\s]*$/i,
  /^[[(*_\s]*(?:your (?:post|text|message|reply|caption)|none|n\/a|tbd|todo|placeholder|draft|empty|lorem ipsum.*)[\])*_.\s]*$/i,
];

/** Whether a text is nothing but a stand-in for one. */
export const isEmptyText = (text: string): boolean =>
  text === '' || (text.length <= 300 && emptyTexts.some((pattern) => pattern.test(text)));

/** How the output of a program begins that was put where a text should be. */
const machineTalk: readonly RegExp[] = [
  /^[[{]\s*"[^"\n]{1,60}"\s*:/,
  /^(?:\w*error|exception|traceback|fatal|warning)\b\s*[:([]/i,
  /^(?:HTTP\/?[\d.]*\s+)?[45]\d\d\s+(?:[A-Z][a-z]+ ?){1,4}(?:$|[:.\n])/,
];

/** Whether a text reads like what a program said and not like what a person would say. */
export const isMachineTalk = (text: string): boolean => machineTalk.some((pattern) => pattern.test(text.slice(0, 200)));

/** Words that make `[…]` a place to fill in and not a remark. */
const fillIn =
  /\b(?:your|my|client|customer|name|company|organi[sz]ation|insert|specific|date|time|day|link|url|recipient|sender|placeholder|amount|number|title|position|phone|email|address|product|topic|add|details|here|tbd|todo|claude|please|signature|contact)\b/i;

const forms: readonly { readonly pattern: RegExp; readonly needsWord: boolean }[] = [
  { pattern: /\{\{[^{}\n]{0,80}\}\}/g, needsWord: false },
  { pattern: /(?<!\{)\{[A-Za-z_][\w.]{0,60}\}(?!\})/g, needsWord: false },
  // `[word](address)` is a link, `[x]` a ticked box.
  { pattern: /\[[^[\]\n]{2,200}\](?!\()/g, needsWord: true },
  { pattern: /<(?:your|insert|client|company|recipient)\b[^<>\n]{0,60}>/gi, needsWord: false },
];

/** Places left to fill in, each once, at most three. */
export function placeholderProblems(text: string): readonly Problem[] {
  const found = new Set<string>();
  for (const { pattern, needsWord } of forms) {
    for (const [place] of text.matchAll(pattern)) {
      if (!needsWord || fillIn.test(place)) found.add(strange(place, 60));
      if (found.size === 3) break;
    }
  }
  return [...found]
    .slice(0, 3)
    .map((place) => blocks('placeholder', `${place} is still to be filled in.`, 'Edit the text and fill it in.'));
}
