import { emptyEffect } from '../../domain/effect.ts';
import type { Effect } from '../../domain/effect.ts';
import type { Platform } from '../../domain/platform.ts';
import { blocks, warns } from '../../domain/problem.ts';
import type { Problem } from '../../domain/problem.ts';
import { strange } from '../../lib/words.ts';
import { actOf } from './acts.ts';
import { addressesOf, threadOf } from './addresses.ts';
import { agreed } from './body-fields.ts';
import type { Layout } from './layout.ts';
import type { Field } from './line-kinds.ts';
import type { Route } from './route.ts';
import { targetOf } from './target.ts';

export type Addressed = { readonly effect: Effect; readonly problems: readonly Problem[] };

/**
 * Everything of the effect but text, media and time. Whether addresses are usable is the executor's check.
 *
 * @param written fields above the text
 */
export function effectOf(layout: Layout, written: readonly Field[], route: Route, action: string): Addressed {
  const { fields } = layout;
  const { platform } = route;
  if (platform === undefined) return { effect: emptyEffect, problems: [] };
  if (!platform.addressed) {
    const effect = { ...emptyEffect, platform: platform.id, action, target: targetOf(layout, platform, action) };
    return { effect, problems: action === platform.defaultAction ? forSomebody(layout, written, platform) : [] };
  }
  const field = (name: 'to' | 'cc' | 'bcc' | 'subject', told = fields.values(name)) =>
    agreed(
      name,
      told,
      written.filter(({ key }) => key === name).map(({ value }) => value),
    );
  const target = fields.values('target').filter((value) => value.includes('@'));
  const [to, cc, bcc] = [field('to', fields.values('to').length > 0 ? undefined : target), field('cc'), field('bcc')];
  const subject = field('subject');
  const lists = { to: addressesOf(to.values), cc: addressesOf(cc.values), bcc: addressesOf(bcc.values) };
  const problems = [to, cc, bcc, subject].flatMap((one) => one.problems);
  const isReply = action !== platform.defaultAction;
  const answered =
    [fields.values('inReplyTo'), isReply ? fields.values('messageId') : []].find((ids) => ids.length > 0) ?? [];
  const thread = threadOf(answered, fields.values('references'));
  if (isReply && thread === undefined && Object.hasOwn(platform.actions, action)) problems.push(noThread);
  const oneLineSubject = subject.values.join(' ').replaceAll(/\s+/g, ' ').trim();
  const effect = { ...emptyEffect, platform: platform.id, action, ...lists, subject: oneLineSubject, thread };
  return { effect, problems };
}

/** Words in `to:` that mean everybody. */
const everybody =
  /\b(?:public|everyone|everybody|anyone|all|any|feed|timeline|network|connections|followers|subscribers|audience|community|profile|page|wall|account)\b/i;

/** A post whose file names a person: it may be a message to that person. */
function forSomebody({ fields }: Layout, written: readonly Field[], platform: Platform): readonly Problem[] {
  const named = [...fields.values('to'), ...written.filter(({ key }) => key === 'to').map(({ value }) => value)].find(
    (value) => !everybody.test(value.slice(0, 200)) && actOf(value, [platform]).platforms.length === 0,
  );
  if (named === undefined) return [];
  const what = `It names somebody it is for (${strange(named, 40)}), and a ${platform.noun} goes to everybody.`;
  return [blocks('contradiction', what, 'Take the recipient out, or say what kind of message it is.')];
}

const noThread = warns(
  'unknown_action',
  'It is called a reply, but the file does not name the mail it answers; it would leave as a new mail.',
  'Add “in_reply_to: <Message-ID>” if it should stay in the conversation.',
);
