/**
 * Which headings mean what, counted in public vaults. Titles are compared in lower case, without brackets, punctuation
 * and the name of the channel (`LinkedIn Post Content` is `post content`). The order of the rules in headings.ts
 * matters; the lists here don't. A synonym is one line here and one line in test/unit/vault/reading/words.test.ts.
 */

/** Names in front of a title that say where a text goes, not what it is. */
export const channelWords: readonly string[] = [
  'ai',
  'linkedin',
  'facebook',
  'fb',
  'instagram',
  'ig',
  'twitter',
  'x',
  'email',
  'e',
  'gmail',
  'mail',
  'whatsapp',
  'wa',
  'slack',
  'telegram',
  'social',
  'media',
  'the',
  'your',
  'our',
  'my',
];

export const exactTitles: Readonly<Record<'full' | 'draft' | 'generic', readonly string[]>> = {
  full: [
    'full post',
    'full caption',
    'full content',
    'full text',
    'full message',
    'full tweet',
    'complete post',
    'final post',
    'final text',
    'final version',
    'final content',
    'copy this block',
    'copy this',
    'copy paste version',
    'ready to post',
    'ready to copy',
  ],
  draft: [
    'post content',
    'post text',
    'post body',
    'post copy',
    'post message body',
    'message to send',
    'email to send',
    'outgoing message',
    'outgoing email',
    'article content',
    'dm text',
    'ready to send email',
    'tweet content',
    'tweet text',
    'draft content',
    'draft body',
    'draft text',
    'draft message',
    'reply content',
    'reply text',
    'reply body',
    'reply message',
    'response content',
    'response text',
    'caption text',
    'comment text',
    'content to post',
    'content to publish',
    'text to post',
  ],
  generic: [
    'content',
    'contents',
    'body',
    'body text',
    'message',
    'text',
    'copy',
    'email body',
    'email content',
    'email text',
    'email message',
    'email copy',
    'mail body',
    'mail text',
    'mail content',
    'message body',
    'message content',
    'message text',
    'content body',
    'content to review',
  ],
};

/** A title of at most five words that begins or ends with one of these holds a text of ours. */
export const draftWords: readonly string[] = [
  'draft',
  'drafted',
  'reply',
  'response',
  'proposed',
  'suggested',
  'recommended',
  'generated',
  'caption',
  'tweet',
  'post',
  'comment',
];

/** “Best time to post”, “About this draft”: a word of ours behind one of these is only talked about. */
export const speaksAbout: readonly string[] = [
  'to',
  'this',
  'that',
  'the',
  'of',
  'for',
  'a',
  'an',
  'next',
  'previous',
  'last',
];

/** Of these, the ones for something said to somebody else's post or mail. */
export const answerWords: readonly string[] = ['reply', 'response', 'comment'];

/** A post we would write, when nothing is answered; the post that is answered, when something is. */
export const postWords: readonly string[] = ['post', 'tweet', 'status', 'mention'];

/** The first or second word of a heading over somebody else's text. */
export const originalWords: readonly string[] = ['original', 'incoming', 'received', 'quoted', 'notification'];

/** The beginning of a heading over somebody else's text. */
export const originalBeginnings: readonly string[] = [
  'source',
  'email from',
  'mail from',
  'message from',
  'email received',
  'message received',
  'in reply to',
  'in response to',
  'replying to',
  'client message',
  'client email',
  'customer message',
  'customer email',
  'customer inquiry',
  'inquiry',
  'their message',
  'user message',
  'sender message',
  'email thread',
  'message thread',
  'conversation',
  'thread history',
];

/** Headings whose section is a field. */
export const fieldTitles: Readonly<Record<string, string>> = {
  to: 'to',
  recipient: 'to',
  recipients: 'to',
  cc: 'cc',
  bcc: 'bcc',
  subject: 'subject',
  'subject line': 'subject',
  'email subject': 'subject',
};

/** `### Topic: Launch`: a field written as a heading. */
export const fieldBeginnings: readonly string[] = [
  'from',
  'target audience',
  'post type',
  'character count',
  'business goal',
  'scheduled time',
  'to',
  'cc',
  'bcc',
  'subject',
  'topic',
  'platform',
  'status',
  'priority',
  'date',
  'tone',
  'type',
  'audience',
  'goal',
];
