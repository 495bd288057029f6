import type { Effect } from '../domain/effect.ts';
import type { Platform } from '../domain/platform.ts';
import { facebookRules, instagramRules, linkedinRules, postProblems, postSize, xRules } from './post-rules.ts';
import type { PostRules } from './post-rules.ts';

const ruled = (rules: PostRules, threaded: readonly string[] = []) => ({
  targeted: Object.keys(rules.targets ?? {}),
  threaded,
  check: (effect: Effect) => postProblems(rules, effect, threaded),
  size: (effect: Effect) => postSize(rules, effect),
});

/**
 * Every platform a file can name, also those nobody has set up: "X is not set up" is a better answer than "no
 * platform". Words are lower case; those of actions are looked for without the platform's own name, so that
 * `x_reply`, `reply_tweet` and `reply` beside `platform: x` are one (see vault/reading/acts.ts).
 */
export const linkedin: Platform = {
  id: 'linkedin',
  label: 'LinkedIn',
  noun: 'LinkedIn post',
  filePrefixes: ['linkedin', 'li'],
  names: ['linkedin', 'li', 'linked_in'],
  actions: {
    post_update: ['update', 'image', 'picture', 'photo'],
    article: ['article', 'articles'],
    comment: ['comment', 'comments'],
  },
  defaultAction: 'post_update',
  addressed: false,
  ...ruled(linkedinRules),
};

export const facebook: Platform = {
  id: 'facebook',
  label: 'Facebook',
  noun: 'Facebook post',
  filePrefixes: ['facebook', 'fb'],
  names: ['facebook', 'fb'],
  actions: {
    status: ['status', 'update'],
    photo: ['photo', 'photos', 'image', 'picture'],
    video: ['video'],
  },
  defaultAction: 'status',
  addressed: false,
  ...ruled(facebookRules),
};

export const instagram: Platform = {
  id: 'instagram',
  label: 'Instagram',
  noun: 'Instagram post',
  filePrefixes: ['instagram', 'ig', 'insta'],
  names: ['instagram', 'ig', 'insta'],
  actions: {
    photo: ['photo', 'image', 'picture', 'caption', 'update'],
  },
  defaultAction: 'photo',
  addressed: false,
  ...ruled(instagramRules),
};

export const x: Platform = {
  id: 'twitter',
  label: 'X',
  noun: 'X post',
  filePrefixes: ['twitter', 'tweet', 'x'],
  names: ['twitter', 'x', 'x_twitter', 'twitter_x', 'tweet', 'tweets'],
  actions: {
    tweet: ['status', 'update', 'image', 'picture', 'photo'],
    reply: ['reply', 'replies', 'response', 'respond', 'answer', 'comment'],
    dm: ['dm', 'dms', 'direct', 'message', 'messages', 'private', 'pm'],
  },
  defaultAction: 'tweet',
  addressed: false,
  direct: ['dm'],
  ...ruled(xRules),
};

export const mail: Platform = {
  id: 'mail',
  label: 'Mail',
  noun: 'Mail',
  filePrefixes: ['email', 'gmail', 'mail'],
  names: ['email', 'gmail', 'mail', 'e_mail', 'emails', 'mails'],
  actions: {
    send: ['send', 'sending', 'outbound', 'outgoing', 'outreach', 'message', 'messages', 'newsletter', 'follow_up'],
    reply: ['reply', 'replies', 'response', 'respond', 'answer'],
  },
  defaultAction: 'send',
  addressed: true,
  // Its executor checks: what a mail may be depends on the account.
  check: () => [],
  size: () => '',
};

export const platforms: readonly Platform[] = [linkedin, facebook, instagram, x, mail];
