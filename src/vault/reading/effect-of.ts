import { emptyEffect } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import { warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { addressesOf, threadOf } from './addresses.ts';
import { agreed } from './body-fields.ts';
import type { Fields } from './keys.ts';
import type { Field } from './line-kinds.ts';
import type { Route } from './route.ts';

export type Addressed = { readonly effect: Effect; readonly problems: readonly Problem[] };

/** Everything of the effect but text, media and time. Whether addresses are usable is the executor's check. */
export function effectOf(fields: Fields, written: readonly Field[], route: Route): Addressed {
  const { platform, action } = route;
  if (platform === undefined) return { effect: emptyEffect, problems: [] };
  const effect = { ...emptyEffect, platform: platform.id, action, target: fields.value('target') };
  if (!platform.addressed) return { effect, problems: [] };
  const field = (name: 'to' | 'cc' | 'bcc' | 'subject') =>
    agreed(
      name,
      fields.values(name),
      written.filter(({ key }) => key === name).map(({ value }) => value),
    );
  const [to, cc, bcc, subject] = [field('to'), field('cc'), field('bcc'), field('subject')];
  const lists = { to: addressesOf(to.values), cc: addressesOf(cc.values), bcc: addressesOf(bcc.values) };
  const problems = [to, cc, bcc, subject].flatMap((one) => one.problems);
  const isReply = action !== platform.defaultAction;
  const answered =
    [fields.values('inReplyTo'), isReply ? fields.values('messageId') : []].find((ids) => ids.length > 0) ?? [];
  const thread = threadOf(answered, fields.values('references'));
  if (isReply && thread === undefined) problems.push(noThread);
  const oneLineSubject = subject.values.join(' ').replaceAll(/\s+/g, ' ').trim();
  return { effect: { ...effect, ...lists, subject: oneLineSubject, thread }, problems };
}

const noThread = warns(
  'unknown_action',
  'It is called a reply, but the file does not name the mail it answers; it would leave as a new mail.',
  'Add “in_reply_to: <Message-ID>” if it should stay in the conversation.',
);
