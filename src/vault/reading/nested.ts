import { keyName } from '../front-matter.ts';
import type { Lines } from '../lines.ts';
import { senderKeys } from './kind-words.ts';
import { isRule } from './line-kinds.ts';

const mostKeys = 30;
const mostBlocks = 50;

/**
 * Lines, from 0, where a second block of keys inside the body begins that names a sender: a whole message copied into
 * the file. What a heading like “Email Content” below it holds is somebody else's.
 */
export function nestedMessages(lines: Lines, from: number): readonly number[] {
  const found: number[] = [];
  for (let at = from; at < lines.length && found.length < mostBlocks; at += 1) {
    if (!isRule(lines.text(at))) continue;
    let sender = false;
    let end = at + 1;
    for (; end < lines.length && end - at <= mostKeys; end += 1) {
      const key = /^([A-Za-z_][\w .-]{0,40}?)\s*:(?:\s|$)/.exec(lines.text(end).slice(0, 200))?.[1];
      if (key === undefined) break;
      sender ||= senderKeys.includes(keyName(key));
    }
    if (sender && end < lines.length && isRule(lines.text(end))) {
      found.push(at);
      at = end;
    }
  }
  return found;
}
