/** Front matter keys with their synonyms, counted in public vaults; the first that has a value counts. */
export const synonyms = {
  to: [
    'to',
    'recipient',
    'to_email',
    'recipients',
    'recipient_email',
    'detail_to',
    'parameters.to',
    'params.to',
    'action_payload.params.to',
  ],
  cc: ['cc', 'parameters.cc', 'params.cc'],
  bcc: ['bcc', 'parameters.bcc', 'params.bcc'],
  subject: ['subject', 'email_subject', 'parameters.subject', 'params.subject', 'action_payload.params.subject'],
  text: [
    'body',
    'draft_body',
    'message',
    'content',
    'text',
    'reply_text',
    'caption',
    'parameters.body',
    'parameters.content',
    'params.body',
    'params.content',
    'action_payload.params.body',
    'action_payload.params.content',
  ],
  inReplyTo: ['in_reply_to', 'reply_to_message_id'],
  references: ['references'],
  messageId: ['message_id'],
  target: ['target', 'target_url', 'post_url', 'reply_to_url', 'tweet_url', 'tweet_id'],
  media: [
    'image',
    'images',
    'image_path',
    'image_url',
    'media',
    'media_path',
    'video',
    'photo',
    'attachment',
    'attachments',
  ],
  schedule: ['schedule', 'scheduled_for', 'scheduled_time', 'scheduled_at', 'publish_at', 'send_at'],
  expires: ['expires', 'expires_at', 'expiry'],
  hashtags: ['hashtags', 'tags'],
  pointer: ['draft_file', 'draft_reference', 'content_file'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

type FieldName = keyof typeof synonyms;

/** Values that mean "nothing". */
const nothing = ['', 'null', '~', 'none', 'n/a', 'na', '-', 'no', 'false', 'undefined', '[]', '{}', 'tbd'];

export type Fields = {
  /** The first synonym that says something, without its empty values. */
  values(name: FieldName): readonly string[];
  value(name: FieldName): string;
  /** One key, exactly. */
  key(key: string): readonly string[];
};

export function createFields(raw: ReadonlyMap<string, readonly string[]>): Fields {
  const key = (name: string): readonly string[] =>
    (raw.get(name) ?? []).map((one) => one.trim()).filter((one) => !nothing.includes(one.toLowerCase()));
  const values = (name: FieldName): readonly string[] => {
    for (const synonym of synonyms[name]) {
      const found = key(synonym);
      if (found.length > 0) return found;
    }
    return [];
  };
  return { key, values, value: (name) => values(name).join(' ') };
}
