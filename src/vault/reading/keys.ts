/**
 * Front matter keys with their synonyms, counted in public vaults; the first that has a value counts. A synonym is one
 * line here and one line in test/unit/vault/reading/words.test.ts.
 */
export const synonyms = {
  to: ['to', 'recipient', 'to_email', 'recipients', 'recipient_email', 'email_to', 'detail_to'],
  cc: ['cc'],
  bcc: ['bcc'],
  subject: ['subject', 'email_subject', 'subject_line'],
  text: [
    'body',
    'draft_body',
    'email_body',
    'message_body',
    'message',
    'draft_message',
    'content',
    'post_content',
    'draft_content',
    'text',
    'post_text',
    'draft_text',
    'tweet_text',
    'reply_text',
    'reply_body',
    'draft_reply',
    'draft_response',
    'response_text',
    'proposed_reply',
    'suggested_reply',
    'email_content',
    'message_content',
    'caption',
  ],
  inReplyTo: ['in_reply_to', 'reply_to_message_id'],
  references: ['references'],
  messageId: ['message_id'],
  target: ['target', 'target_url', 'post_url', 'reply_to_url', 'tweet_url', 'tweet_id', 'in_reply_to_tweet_id'],
  media: [
    'image',
    'images',
    'image_path',
    'image_url',
    'media',
    'media_path',
    'media_url',
    'video',
    'video_path',
    'photo',
    'attachment',
    'attachments',
  ],
  schedule: [
    'schedule',
    'scheduled_for',
    'scheduled_time',
    'scheduled_at',
    'schedule_time',
    'publish_at',
    'send_at',
    'post_at',
  ],
  expires: ['expires', 'expires_at', 'expiry', 'expiration', 'valid_until'],
  hashtags: ['hashtags', 'tags'],
  pointer: ['draft_file', 'draft_reference', 'draft_path', 'content_file', 'body_file'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Maps in which the same keys occur, after the top level. */
export const nestings: readonly string[] = [
  '',
  'parameters.',
  'params.',
  'action_payload.params.',
  'action_payload.',
  'action_params.',
  'payload.',
];

export type FieldName = keyof typeof synonyms;

/** Values that mean "nothing". */
const nothing = ['', 'null', '~', 'none', 'n/a', 'na', '-', 'no', 'false', 'undefined', '[]', '{}', 'tbd'];

export type Fields = {
  /** The first synonym that says something, without its empty values. */
  values(name: FieldName): readonly string[];
  value(name: FieldName): string;
  /** The key the value comes from. */
  keyOf(name: FieldName): string | undefined;
  /** One key, exactly. */
  key(key: string): readonly string[];
};

export function createFields(raw: ReadonlyMap<string, readonly string[]>): Fields {
  const key = (name: string): readonly string[] =>
    (raw.get(name) ?? []).map((one) => one.trim()).filter((one) => !nothing.includes(one.toLowerCase()));
  const keyOf = (name: FieldName): string | undefined => {
    for (const nesting of nestings) {
      for (const synonym of synonyms[name]) if (key(nesting + synonym).length > 0) return nesting + synonym;
    }
    return undefined;
  };
  const values = (name: FieldName): readonly string[] => {
    const found = keyOf(name);
    return found === undefined ? [] : key(found);
  };
  return { key, keyOf, values, value: (name) => values(name).join(' ') };
}
