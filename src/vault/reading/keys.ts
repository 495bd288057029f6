/**
 * Front matter keys with their synonyms, counted in public vaults; the first that has a value counts. A synonym is one
 * line here and one row in docs/drafts.md.
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
  /** What a post is about or whom it is for; without more it may also be where it was published. */
  target: ['target', 'target_url', 'post_url', 'tweet_url', 'tweet_id'],
  /** Whatever stands here, the text answers it. */
  answers: [
    'reply_to_tweet_id',
    'reply_to_tweet',
    'reply_to_id',
    'reply_to_url',
    'reply_to_post',
    'reply_to_status_id',
    'in_reply_to_tweet_id',
    'in_reply_to_status_id',
    'in_reply_to_id',
    'in_reply_to_url',
    'in_reply_to_post',
    'in_reply_to',
    'reply_to',
    'replying_to',
    'comment_on',
    'comment_on_url',
    'commenting_on',
    'parent_tweet_id',
    'parent_post_id',
    'parent_post_url',
    'parent_post',
    'parent_id',
    'original_tweet',
    'original_tweet_id',
    'original_tweet_url',
    'original_post_id',
    'original_post_url',
    'target_post',
    'target_post_url',
    'target_tweet',
    'target_tweet_id',
  ],
  handle: ['handle', 'username', 'recipient_handle', 'twitter_handle', 'to_handle', 'profile_url', 'recipient_url'],
  media: [
    'image',
    'images',
    'image_path',
    'image_url',
    'media',
    'media_path',
    'media_url',
    'media_files',
    'video',
    'video_path',
    'photo',
    'photos',
    'picture',
    'pictures',
    'attachment',
    'attachments',
    'attachment_path',
    'attached_file',
    'attached_files',
  ],
  timezone: ['timezone', 'time_zone', 'tz', 'schedule_timezone', 'scheduled_timezone'],
  expires: [
    'expires',
    'expires_at',
    'expires_on',
    'expiry',
    'expiry_date',
    'expiration',
    'expiration_date',
    'valid_until',
  ],
  hashtags: ['hashtags', 'tags'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type FieldName = keyof typeof synonyms;

/** Keys that say when it should leave: `scheduled_for`, `publishAt`, `post_date`, `send-time` … */
const scheduleKey =
  /^(?:schedul(?:e|ed|ing)?(?:for|at|on|to|date|time|datetime|day|hour|publish|publication|post|send)*|(?:planned|plan|target)?(?:publish|publishing|publication|post|posting|send|sending|golive)(?:for|at|on|after|date|time|datetime|day|hour)+|planned(?:for|at|on|date|time)+|golive|notbefore|embargo(?:until)?|holduntil)$/;
/** Keys of a day or an hour that name neither: they count when they lie ahead. */
const looseKey = /^(?:date|time|day)$/;
/** Keys in which a text is said to be in another file: `draft_file`, `post_path`. */
const pointerKey =
  /^(?:approved|final|full|draft|post|content|body|text|message|email|mail|caption|tweet|reply|article|copy)(?:_(?:draft|post|content|text|body|reply|email|message|copy))?_(?:file|path|ref|reference|link|location|doc|document|note)$/;

const flat = (key: string): string => key.replaceAll('_', '');

export const isScheduleKey = (key: string): boolean => scheduleKey.test(flat(key));
export const isLooseTimeKey = (key: string): boolean => looseKey.test(key);
/** A key that speaks of publishing without being one of those above. */
export const mayBeSchedule = (key: string): boolean =>
  /schedul|publish|(?:^|_)post_|(?:^|_)(?:release|launch|live|queue)_|go_?live/.test(key) &&
  !/published|posted|scheduled_by|scheduler|post_id/.test(key);

/** Maps in which keys of a draft are nested: what a program would be called with. */
const nesting =
  /^(?:.*_)?(?:params|parameters|args|arguments|payload|data|details|input|inputs|draft|email|mail|post|message|reply|output|action)$/;
/** Maps about what came in. */
const theirs =
  /(?:^|[._])(?:original|source|incoming|received|sender|thread|context|history|metadata|result)(?:[._]|$)/;

/** Values that mean "nothing". */
const nothing = ['', 'null', '~', 'none', 'n/a', 'na', '-', '–', '—', 'no', 'false', 'undefined', '[]', '{}', 'tbd'];

const none: readonly string[] = [];
/** Whether a value says something: `none`, `n/a` and the like do not. */
export const says = (value: string): boolean => value.length > 9 || !nothing.includes(value.toLowerCase());

export type Fields = {
  /** The first synonym that says something, without its empty values. */
  values(name: FieldName): readonly string[];
  value(name: FieldName): string;
  /** The key the value comes from. */
  keyOf(name: FieldName): string | undefined;
  /** One key, exactly. */
  key(key: string): readonly string[];
  /** Keys that say something, at the top and in the maps that count, for which `wanted` holds of their last word. */
  keys(wanted: (name: string) => boolean): readonly string[];
  /** Where the text is said to be, if in another file. */
  pointers(): readonly string[];
};

export function createFields(raw: ReadonlyMap<string, readonly string[]>): Fields {
  const key = (name: string): readonly string[] => {
    const values = raw.get(name);
    return values === undefined ? none : values.map((one) => one.trim()).filter(says);
  };
  const nestings = nestingsOf(raw);
  const keyOf = (name: FieldName): string | undefined => {
    for (const nest of nestings) {
      for (const synonym of synonyms[name]) if (key(nest + synonym).length > 0) return nest + synonym;
    }
    return undefined;
  };
  const values = (name: FieldName): readonly string[] => {
    const found = keyOf(name);
    return found === undefined ? [] : key(found);
  };
  /** Each key, and its name without the map that counts. */
  const named = [...raw.keys()].map((name) => {
    const nest = name.includes('.') ? nestings.find((one) => one !== '' && name.startsWith(one)) : undefined;
    return [name, name.slice(nest?.length ?? 0)] as const;
  });
  const keys: Fields['keys'] = (wanted) =>
    named.flatMap(([name, last]) => (wanted(last) && key(name).length > 0 ? [name] : []));
  return {
    key,
    keyOf,
    values,
    value: (name) => values(name).join(' '),
    keys,
    pointers: () =>
      keys((name) => pointerKey.test(name))
        .flatMap(key)
        .filter(isPath),
  };
}

/** A file of text; a picture that is named is no pointer. */
const isPath = (value: string): boolean =>
  value.length < 500 &&
  (/\.(?:md|markdown|txt)$/i.test(value) || /^!?\[\[.*\]\]$/.test(value) || !/\.\w{2,5}$/.test(value)) &&
  /[/\\]|\.(?:md|markdown|txt)$|^!?\[\[/i.test(value);

/** The maps that count, the top level first: `params.`, `mcp_params.`, `action_payload.params.` */
function nestingsOf(raw: ReadonlyMap<string, readonly string[]>): readonly string[] {
  const found = new Set(['']);
  for (const name of raw.keys()) {
    const dot = name.lastIndexOf('.');
    const prefix = name.slice(0, Math.max(dot, 0));
    if (prefix !== '' && nesting.test(prefix.split('.').at(-1) ?? '') && !theirs.test(prefix)) found.add(`${prefix}.`);
  }
  return [...found].toSorted((a, b) => (a === '' ? -1 : b === '' ? 1 : b.length - a.length));
}
