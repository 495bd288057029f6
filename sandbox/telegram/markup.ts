/** Reads `reply_markup` with the refusals of the real server. */
import { bad, read } from './refusal.ts';
import type { Read, Refused } from './refusal.ts';
import { badUrl } from './text/bad-url.ts';
import { isRecord, parseJson } from './transport/request.ts';

export type Button = Readonly<Record<string, unknown>> & { readonly text: string };

type Keyboard = {
  readonly kind: 'inline';
  readonly rows: readonly (readonly Button[])[];
  /** Opens the reply box as ForceReply does, but the message stays editable. */
  readonly forceReply: boolean;
};

export type Markup =
  | Keyboard
  | { readonly kind: 'force_reply'; readonly placeholder: string | undefined; readonly selective: boolean }
  /** A reply keyboard, or its removal: kept only because such a message can't be edited. */
  | { readonly kind: 'reply_keyboard' };

const styles = new Set(['', 'danger', 'success', 'primary']);
const refused = (reason: string): Refused => bad(`can't parse inline keyboard button: ${reason}`);

export function readMarkup(text: string): Read<Markup | undefined> {
  if (text === '') return read(undefined);
  const value = parseJson(text);
  if (value === undefined) return bad("can't parse reply keyboard markup JSON object");
  if (!isRecord(value)) return bad('object expected as reply markup');
  const inline = value['inline_keyboard'];
  if (inline !== undefined && !Array.isArray(inline)) return bad('field "inline_keyboard" must be of type Array');
  const rows: Button[][] = [];
  for (const row of (inline ?? []) as unknown[]) {
    if (!Array.isArray(row)) {
      return bad('field "inline_keyboard" of the InlineKeyboardMarkup must be an Array of Arrays');
    }
    const buttons: Button[] = [];
    for (const one of row as unknown[]) {
      const button = readButton(one);
      if (!button.ok) return button;
      // Without a label, and after the twelfth of a row, the server drops buttons and says nothing.
      if (button.value.text !== '' && buttons.length < 12) buttons.push(button.value);
    }
    if (buttons.length > 0) rows.push(buttons);
  }
  const placeholder = value['input_field_placeholder'];
  if (Array.isArray(value['keyboard']) && value['keyboard'].length > 0) return read({ kind: 'reply_keyboard' });
  if (rows.length > 0) return read({ kind: 'inline', rows, forceReply: value['force_reply'] === true });
  if (value['remove_keyboard'] === true) return read({ kind: 'reply_keyboard' });
  if (value['force_reply'] === true) {
    const selective = value['selective'] === true;
    return read({
      kind: 'force_reply',
      placeholder: typeof placeholder === 'string' ? placeholder : undefined,
      selective,
    });
  }
  return read(undefined);
}

function readButton(value: unknown): Read<Button> {
  if (!isRecord(value)) return refused('InlineKeyboardButton must be an Object');
  const { text, style } = value;
  if (text === undefined) return refused('Can\'t find field "text"');
  if (typeof text !== 'string') return refused('Field "text" must be of type String');
  if (style !== undefined && !(typeof style === 'string' && styles.has(style))) {
    return refused('invalid button style specified');
  }
  for (const name of ['url', 'callback_data']) {
    if (value[name] !== undefined && typeof value[name] !== 'string' && typeof value[name] !== 'number') {
      return refused(`Field "${name}" must be of type String`);
    }
  }
  const action = actions.find((name) => value[name] !== undefined && value[name] !== '');
  if (action === undefined) return refused('Text buttons are unallowed in the inline keyboard');
  const chosen = action === 'url' || action === 'callback_data' ? String(value[action]) : value[action];
  return read({ text, ...(style === undefined || style === '' ? {} : { style }), [action]: chosen });
}

/** A button with several of these acts as the first. */
const actions = [
  'url',
  'callback_data',
  'callback_game',
  'pay',
  'switch_inline_query',
  'switch_inline_query_chosen_chat',
  'switch_inline_query_current_chat',
  'login_url',
  'web_app',
  'copy_text',
  'disabled',
];

/** What is refused only after the chat was found. */
export function refusedButton(markup: Markup | undefined): Refused | undefined {
  if (markup?.kind !== 'inline') return undefined;
  for (const button of markup.rows.flat()) {
    const data = button['callback_data'];
    if (typeof data === 'string' && Buffer.byteLength(data) > 64) return bad('BUTTON_DATA_INVALID');
    const url = button['url'];
    if (typeof url === 'string') {
      const reason = badUrl(url);
      if (reason !== undefined) return bad(`inline keyboard button URL '${url}' is invalid: ${reason}`);
    }
  }
  return undefined;
}

/** As it goes into a Message: only inline keyboards are sent back. */
export function markupJson(markup: Markup | undefined): unknown {
  if (markup?.kind !== 'inline') return undefined;
  return { inline_keyboard: markup.rows, ...(markup.forceReply ? { force_reply: true } : {}) };
}
