import type { Item, ReplyContext } from '../../domain/item.ts';
import type { Platform } from '../../domain/platform.ts';
import type { Drafter } from '../../domain/ports.ts';
import type { Clock } from '../../lib/clock.ts';
import { localDate } from '../../lib/local-time.ts';
import { inertBlock, inertValue } from '../../lib/inert.ts';
import { oneLine } from '../../lib/words.ts';

/**
 * Writes a polite answer from a fixed text: complete as it is, nothing left to fill in, promising only what is true
 * whatever was asked. The person changes it or lets it go.
 */
export function createTemplateDrafter(parts: { platforms: readonly Platform[]; clock: Clock }): Drafter {
  const { platforms, clock } = parts;
  return {
    name: 'template',
    draft: (item) => Promise.resolve(draftOf(item, platforms, clock.now())),
  };
}

function draftOf(item: Item, platforms: readonly Platform[], now: Date) {
  const { draftable } = item;
  switch (draftable.kind) {
    case 'none':
      return undefined;
    case 'ready':
      return { fileStem: draftable.fileStem, content: draftable.content };
    case 'reply': {
      const platform = platforms.find(({ id }) => id === draftable.reply.platform);
      if (platform === undefined) return undefined;
      const prefix = (platform.filePrefixes[0] ?? platform.id).toUpperCase();
      const [first] = draftable.reply.to;
      const who = oneLine(first?.name || first?.address.split('@')[0] || 'somebody', 40);
      const fileStem = `${prefix}_reply_${who.replaceAll(/[^\p{L}\p{N}]+/gu, '_')}_${localDate(now).replaceAll('-', '')}`;
      return { fileStem, content: contentOf(item, draftable.reply, platform) };
    }
  }
}

function contentOf(item: Item, reply: ReplyContext, platform: Platform): string {
  const fields: readonly (readonly [string, string])[] = [
    ['type', `${platform.filePrefixes[0] ?? platform.id}_reply`],
    ['action', 'reply'],
    ['to', reply.to.map(({ address }) => address).join(', ')],
    ['subject', reply.subject],
    ['in_reply_to', reply.thread.inReplyTo],
    ['references', reply.thread.references.join(' ')],
    ['source_item', item.fileStem],
  ];
  return [
    '---',
    ...fields.map(([key, value]) => `${key}: ${inertValue(value, 4_000)}`),
    '---',
    '',
    '## Email Body',
    '',
    greeting(reply.to[0]?.name ?? ''),
    '',
    'Thank you for your message. I have received it and will get back to you as soon as I can.',
    '',
    'Kind regards',
    '',
    ...(reply.original.trim() === '' ? [] : ['## Original message', '', inertBlock(bounded(reply.original)), '']),
  ].join('\n');
}

/** A file of more lines than a draft can have would be none. */
const mostLines = 1_000;

function bounded(original: string): string {
  const lines = original.replaceAll(/\r\n?/g, '\n').split('\n');
  return lines.length <= mostLines ? lines.join('\n') : [...lines.slice(0, mostLines), '…'].join('\n');
}

/** By name only when it is a plain one: a stranger's name must not bring marks or addresses into our text. */
function greeting(name: string): string {
  const plain = name.normalize('NFC').trim();
  const isPlain = /^\p{L}[\p{L}\p{M}.'’ -]{0,60}$/u.test(plain);
  return isPlain ? `Hello ${plain},` : 'Hello,';
}
