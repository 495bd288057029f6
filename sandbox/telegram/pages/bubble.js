/** Draws one message. */
import { element, formattedNodes } from './formatted.js';

/** `actions`: reply(message), command(text), press(message, button, node), copy(text), jump(id), imageUrl(id), fileUrl(id). */
export function bubble(message, replied, actions) {
  const side = message.mine ? 'person' : 'bot';
  const album = message.album === null ? '' : ' album';
  const item = element('li', { className: `row ${side}${album}`, id: `message-${message.id}` }, []);
  const box = element('div', { className: 'bubble' }, []);
  if (message.topic !== null) box.append(element('div', { className: 'topic' }, [`# ${message.topic}`]));
  if (message.author !== null && !message.mine) box.append(element('div', { className: 'author' }, [message.author]));
  if (message.replyTo !== undefined) box.append(replyHead(message, replied, actions));
  if (message.file !== null) box.append(fileNode(message.file, actions));
  const body = element(
    'div',
    { className: 'text', dir: 'auto' },
    formattedNodes(message.text, message.entities, actions.command),
  );
  if (message.text !== '') box.append(body);
  box.append(foot(message));
  box.addEventListener('click', (event) => {
    if (event.target.closest('a, button, code, .spoiler, .reply-head') !== null) return;
    if (getSelection()?.toString() === '') actions.reply(message);
  });
  const column = element('div', { className: 'column' }, [box]);
  if (message.buttons.length > 0) column.append(keyboard(message, actions));
  if (message.reaction !== null) column.append(element('div', { className: 'reaction' }, [message.reaction]));
  item.append(column);
  return item;
}

function replyHead(message, replied, actions) {
  const title = replied === undefined ? 'Deleted message' : writerOf(replied);
  const words = message.quote ?? (replied === undefined ? '' : replied.text || 'Picture');
  const head = element('button', { type: 'button', className: 'reply-head' }, [
    element('strong', {}, [title]),
    element('span', { dir: 'auto' }, [words.replaceAll('\n', ' ').slice(0, 120)]),
  ]);
  head.addEventListener('click', () => actions.jump(message.replyTo));
  return head;
}

const writerOf = (message) => (message.from === 'bot' ? 'Countersign' : message.mine ? 'You' : message.author);

function fileNode(file, actions) {
  if (file.kind === 'photo') {
    const image = element(
      'img',
      { className: 'photo', alt: `Picture ${file.name}`, src: actions.imageUrl(file.id) },
      [],
    );
    image.addEventListener('error', () => image.replaceWith(chip(`🖼 ${file.name}`, file.size)));
    return image;
  }
  const link = { className: 'file-link', href: actions.fileUrl(file.id), download: file.name };
  return element('a', link, [chip(`📄 ${file.name}`, file.size)]);
}

const chip = (name, size) =>
  element('div', { className: 'file' }, [
    element('strong', {}, [name]),
    element('span', {}, [size < 1024 ? `${size} bytes` : `${Math.round(size / 1024)} kB`]),
  ]);

function foot(message) {
  const time = new Date(message.at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' });
  const signs = [
    ...(message.silent ? [element('span', { title: 'Came without a sound', ariaLabel: 'silent' }, ['🔕'])] : []),
    ...(message.edited ? ['edited'] : []),
    time,
    ...(message.mine ? [element('span', { className: 'ticks', ariaHidden: 'true' }, ['✓✓'])] : []),
  ];
  return element(
    'div',
    { className: 'foot' },
    signs.flatMap((sign) => [sign, ' ']),
  );
}

function keyboard(message, actions) {
  const rows = message.buttons.map((row) =>
    element(
      'div',
      { className: 'button-row' },
      row.map((button) => buttonNode(message, button, actions)),
    ),
  );
  return element('div', { className: 'keyboard' }, rows);
}

function buttonNode(message, button, actions) {
  const style = ['success', 'danger', 'primary'].includes(button.style) ? ` ${button.style}` : '';
  if (button.url !== undefined && /^(?:https?:\/\/|tg:)/i.test(button.url)) {
    const properties = { href: button.url, target: '_blank', rel: 'noreferrer noopener', className: `key${style}` };
    return element('a', properties, [
      button.label,
      element('span', { className: 'corner', ariaHidden: 'true' }, ['↗']),
    ]);
  }
  const node = element('button', { type: 'button', className: `key${style}`, disabled: button.disabled }, [
    button.label,
  ]);
  if (button.copy !== undefined) node.addEventListener('click', () => actions.copy(button.copy));
  if (button.data !== undefined) node.addEventListener('click', () => actions.press(message, button, node));
  return node;
}
