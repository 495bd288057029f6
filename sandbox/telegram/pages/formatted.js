/**
 * Draws a text with its entities as DOM nodes. Untrusted text only ever becomes a text node, and only web, mail and
 * Telegram addresses become links.
 */
const blocks = new Set(['pre', 'blockquote', 'expandable_blockquote']);
const tags = { bold: 'strong', italic: 'em', underline: 'u', strikethrough: 's', code: 'code' };
const linkLike = new Set(['mention', 'hashtag', 'cashtag', 'text_mention', 'phone_number']);

/** `onCommand` is called with the text of a tapped /command. */
export function formattedNodes(text, entities, onCommand) {
  return range(text, 0, text.length, entities, onCommand);
}

function range(text, from, to, entities, onCommand) {
  const inside = entities.filter((entity) => entity.offset >= from && entity.offset + entity.length <= to);
  const nodes = [];
  let at = from;
  for (const block of inside.filter((entity) => blocks.has(entity.type))) {
    if (block.offset < at) continue;
    const end = block.offset + block.length;
    nodes.push(...inline(text, at, withoutBreakBefore(text, at, block.offset), entities, onCommand));
    const rest = entities.filter((entity) => entity !== block);
    nodes.push(blockNode(block, text.slice(block.offset, end), range(text, block.offset, end, rest, onCommand)));
    at = text[end] === '\n' ? end + 1 : end;
  }
  nodes.push(...inline(text, at, to, entities, onCommand));
  return nodes;
}

/** A block starts its own line already. */
const withoutBreakBefore = (text, from, to) => (to > from && text[to - 1] === '\n' ? to - 1 : to);

function blockNode(block, text, children) {
  if (block.type === 'pre') {
    const pre = element('pre', {}, [element('code', {}, children)]);
    const copy = element('button', { type: 'button', className: 'copy' }, ['Copy']);
    copy.addEventListener('click', () => copyText(text, copy));
    return element('div', { className: 'code-block' }, [
      element('div', { className: 'code-head' }, [block.language ?? 'text', copy]),
      pre,
    ]);
  }
  const quote = element('blockquote', {}, children);
  if (block.type === 'expandable_blockquote' && (text.length > 160 || text.split('\n').length > 3)) {
    quote.classList.add('folded');
    const more = element('button', { type: 'button', className: 'unfold', ariaExpanded: 'false' }, ['Show all']);
    more.addEventListener('click', () => {
      const folded = quote.classList.toggle('folded');
      more.ariaExpanded = String(!folded);
      more.textContent = folded ? 'Show all' : 'Show less';
    });
    return element('div', { className: 'foldable' }, [quote, more]);
  }
  return quote;
}

function inline(text, from, to, entities, onCommand) {
  if (from >= to) return [];
  const active = entities.filter(
    (entity) => !blocks.has(entity.type) && entity.offset < to && entity.offset + entity.length > from,
  );
  const cuts = new Set([from, to]);
  for (const entity of active) {
    for (const cut of [entity.offset, entity.offset + entity.length]) if (cut > from && cut < to) cuts.add(cut);
  }
  const borders = [...cuts].sort((a, b) => a - b);
  return borders.slice(0, -1).map((start, index) => {
    const end = borders[index + 1];
    const covering = active.filter((entity) => entity.offset <= start && entity.offset + entity.length >= end);
    return covering.reduceRight(
      (node, entity) => wrapped(node, entity, text.slice(entity.offset, entity.offset + entity.length), onCommand),
      document.createTextNode(text.slice(start, end)),
    );
  });
}

function wrapped(node, entity, whole, onCommand) {
  const { type } = entity;
  if (type === 'url' || type === 'text_link' || type === 'email') return link(node, addressOf(entity, whole));
  if (type === 'bot_command') {
    const button = element('button', { type: 'button', className: 'command' }, [node]);
    button.addEventListener('click', () => onCommand(whole));
    return button;
  }
  if (type === 'spoiler') {
    const spoiler = element('span', { className: 'spoiler', tabIndex: 0 }, [node]);
    spoiler.addEventListener('click', () => spoiler.classList.add('open'));
    return spoiler;
  }
  if (type === 'code') {
    const code = element('code', { title: 'Tap to copy' }, [node]);
    code.addEventListener('click', () => copyText(whole, code));
    return code;
  }
  if (type === 'date_time') return dateTime(entity, whole);
  if (linkLike.has(type)) return element('span', { className: 'link-like' }, [node]);
  return tags[type] === undefined ? node : element(tags[type], {}, [node]);
}

function addressOf(entity, whole) {
  if (entity.type === 'email') return `mailto:${whole}`;
  const address = entity.type === 'text_link' ? entity.url : whole;
  return /^[a-z][a-z\d+.-]*:/i.test(address) ? address : `https://${address}`;
}

function link(node, address) {
  if (!/^(?:https?:|mailto:|tg:)/i.test(address)) return node;
  return element('a', { href: address, target: '_blank', rel: 'noreferrer noopener', title: address }, [node]);
}

function dateTime(entity, whole) {
  const at = new Date(entity.unix_time * 1000);
  const time = element('time', { dateTime: at.toISOString(), title: at.toLocaleString() }, []);
  const format = entity.date_time_format ?? '';
  time.textContent = format === '' ? whole : /r/i.test(format) ? relative(at) : absolute(at, format);
  return time;
}

function absolute(at, format) {
  const length = (short, long) => (format.includes(long) ? 'medium' : format.includes(short) ? 'short' : undefined);
  const words = at.toLocaleString(undefined, { dateStyle: length('d', 'D'), timeStyle: length('t', 'T') });
  return /w/i.test(format) ? `${at.toLocaleDateString(undefined, { weekday: 'short' })} ${words}` : words;
}

function relative(at) {
  const seconds = Math.round((at.getTime() - Date.now()) / 1000);
  const units = [
    ['day', 86_400],
    ['hour', 3600],
    ['minute', 60],
    ['second', 1],
  ];
  const [unit, size] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(undefined, { numeric: 'auto' }).format(Math.round(seconds / size), unit);
}

/** A page shown inside another one may not reach the clipboard, so the old way is tried as well. */
export async function toClipboard(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = element('textarea', { value: text, readOnly: true }, []);
    document.body.append(field);
    field.select();
    const done = document.execCommand('copy');
    field.remove();
    return done;
  }
}

async function copyText(text, shownOn) {
  await toClipboard(text);
  shownOn.classList.add('copied');
  setTimeout(() => shownOn.classList.remove('copied'), 900);
}

/** A new element with properties and children; strings become text. */
export function element(tag, properties, children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}
