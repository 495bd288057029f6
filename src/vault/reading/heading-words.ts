/**
 * Which headings mean what, counted in public vaults. Titles are compared in lower case, without brackets and
 * punctuation. The order of the rules in headings.ts matters; the lists here don't.
 */
export const exactTitles: Readonly<Record<'full' | 'draft' | 'generic', readonly string[]>> = {
  full: ['full post', 'full content', 'full text', 'final post', 'final text', 'final version', 'copy this block'],
  draft: [
    'post content',
    'post text',
    'post body',
    'message to send',
    'post message body',
    'tweet content',
    'draft content',
  ],
  generic: [
    'content',
    'body',
    'message',
    'text',
    'email body',
    'email content',
    'email text',
    'mail body',
    'message body',
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

/** The first or second word of a heading over somebody else's text. */
export const originalWords: readonly string[] = ['original', 'incoming', 'received', 'source', 'quoted'];

/** Instructions and records: they end the text, wherever they stand. */
export const strongStopWords: readonly string[] = [
  'approve',
  'approved',
  'approval',
  'reject',
  'rejected',
  'instruction',
  'instructions',
  'reviewer',
  'metadata',
  'checklist',
  'execution',
  'processing',
];

/** Headings that end the text when they stand beside it, and make us ask when they stand inside it. */
export const weakStopWords: readonly string[] = [
  'edit',
  'modify',
  'action',
  'actions',
  'note',
  'notes',
  'review',
  'risk',
  'risks',
  'detail',
  'details',
  'posting',
  'schedule',
  'image',
  'images',
  'media',
  'visual',
  'attachments',
  'reason',
  'reasoning',
  'rationale',
  'why',
  'context',
  'recommendation',
  'recommendations',
  'completion',
  'character',
  'target',
  'audience',
  'visibility',
  'links',
  'status',
  'history',
  'log',
  'result',
  'next',
  'steps',
  'plan',
  'objective',
  'analysis',
  'classification',
  'guidelines',
  'idea',
  'ideas',
  'about',
  'task',
  'tasks',
];

/** Headings whose section is a field. */
export const fieldTitles: Readonly<Record<string, string>> = {
  to: 'to',
  recipient: 'to',
  recipients: 'to',
  cc: 'cc',
  bcc: 'bcc',
  subject: 'subject',
};

/** Headings of files that hold no text to publish, and what such a file is. */
export const otherKinds: readonly (readonly [title: RegExp, kind: string])[] = [
  [/^(?:objective|goal|steps|implementation plan|plan)\b/, 'a plan'],
  [/^(?:execution result|failed task|error details|completion)\b/, 'a record of something done'],
  [/^(?:task|todo|to do|required actions?)\b/, 'a task'],
  [/^(?:draft reference|full draft)\b/, 'a pointer to another file'],
];
