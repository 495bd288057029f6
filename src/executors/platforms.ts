import type { Platform } from '../domain/platform.ts';
import { facebookRules, instagramRules, linkedinRules, postProblems, postSize, xRules } from './post-rules.ts';
import type { PostRules } from './post-rules.ts';

const ruled = (rules: PostRules): Pick<Platform, 'check' | 'size'> => ({
  check: (effect) => postProblems(rules, effect),
  size: (effect) => postSize(rules, effect),
});

/**
 * Every platform a file can name, also those nobody has set up: "X is not set up" is a better answer than "no
 * platform". Words are lower case with `_`; the front matter forms are those counted in public vaults.
 */
export const linkedin: Platform = {
  id: 'linkedin',
  label: 'LinkedIn',
  noun: 'LinkedIn post',
  filePrefixes: ['linkedin', 'li'],
  names: ['linkedin', 'li', 'linked_in'],
  actions: {
    post_update: ['post_update', 'linkedin_post', 'post_linkedin', 'post_to_linkedin', 'linkedin_draft', 'linkedin'],
    article: ['article', 'linkedin_article'],
    comment: ['linkedin_comment'],
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
    status: ['status', 'facebook_post', 'post_facebook', 'post_to_facebook', 'facebook_draft', 'facebook'],
    photo: ['facebook_photo'],
    video: ['facebook_video', 'video'],
  },
  defaultAction: 'status',
  addressed: false,
  ...ruled(facebookRules),
};

export const instagram: Platform = {
  id: 'instagram',
  label: 'Instagram',
  noun: 'Instagram post',
  filePrefixes: ['instagram', 'ig'],
  names: ['instagram', 'ig'],
  actions: {
    photo: ['photo', 'instagram_post', 'post_instagram', 'post_to_instagram', 'instagram_draft', 'instagram'],
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
  names: ['twitter', 'x', 'x_twitter', 'twitter_x'],
  actions: {
    tweet: [
      'tweet',
      'twitter_post',
      'post_twitter',
      'post_tweet',
      'post_x',
      'x_post',
      'post_to_x',
      'twitter',
      'twitter_draft',
    ],
    reply: ['tweet_reply', 'twitter_reply', 'x_reply', 'reply_tweet'],
    dm: ['dm', 'twitter_dm', 'x_dm', 'direct_message'],
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
  names: ['email', 'gmail', 'mail', 'e_mail'],
  actions: {
    send: ['send', 'send_email', 'email_send', 'email_draft', 'email_approval', 'send_mail', 'email_outbound'],
    reply: ['reply_email', 'email_reply', 'email_response', 'email_reply_draft', 'reply_draft', 'email_reply_approval'],
  },
  defaultAction: 'send',
  addressed: true,
  // Its executor checks: what a mail may be depends on the account.
  check: () => [],
  size: () => '',
};

export const platforms: readonly Platform[] = [linkedin, facebook, instagram, x, mail];
