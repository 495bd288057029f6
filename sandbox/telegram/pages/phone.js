/** The chat page: listens to the chat, draws what changed, passes on what the person does. */
import { bubble } from './bubble.js';
import { element, toClipboard } from './formatted.js';
import { quotedPart } from './quote.js';

const at = (id) => document.getElementById(id);
const list = at('messages');
const input = at('input');
const asked = new URLSearchParams(location.search);
const person = asked.get('person');
const group = asked.get('group');
const place = new URLSearchParams();
if (person !== null) place.set('person', person);
if (group !== null) place.set('group', group);
const query = place.size === 0 ? '' : `?${place}`;

/** Message id → what is drawn now: its text form and its node. */
const drawn = new Map();
let chat = { messages: [], people: [], commands: [] };
/** What the next message refers to: undefined, or { kind: 'reply' | 'edit', message, quote? }. */
let context;
let opened = false;
/** Whether the newest message is in view and should stay so. */
let pinned = true;

const actions = {
  reply: (message) => setContext({ kind: 'reply', message }),
  command: (text) => send(text),
  press,
  copy: async (text) => toast((await toClipboard(text)) ? 'Copied to the clipboard.' : 'This page may not copy.'),
  jump(id) {
    const node = at(`message-${id}`);
    node?.scrollIntoView({ block: 'center', behavior: 'smooth' });
    node?.classList.add('flash');
    setTimeout(() => node?.classList.remove('flash'), 1200);
  },
  imageUrl: (id) => fileAddress('image', id),
  fileUrl: (id) => fileAddress('file', id),
};

const fileAddress = (what, id) =>
  `/phone/api/${what}?file=${encodeURIComponent(id)}${person === null ? '' : `&person=${encodeURIComponent(person)}`}`;

function draw(next) {
  const before = new Set(chat.messages.map((message) => message.id));
  const fresh = next.messages.filter((message) => !before.has(message.id));
  chat = next;
  const byId = new Map(chat.messages.map((message) => [message.id, message]));
  for (const [id, { nodes }] of drawn) {
    if (byId.has(id)) continue;
    for (const node of nodes) node.remove();
    drawn.delete(id);
  }
  let day = '';
  for (const message of chat.messages) {
    const today = new Date(message.at).toDateString();
    drawMessage(message, byId.get(message.replyTo), today === day ? undefined : today);
    day = today;
  }
  list.classList.toggle('empty', chat.messages.length === 0);
  drawTop();
  if (context !== undefined && !byId.has(context.message.id)) setContext(undefined);
  if (pinned || fresh.some((message) => message.mine) || !opened) toEnd();
  else if (fresh.length > 0) at('newer').hidden = false;
  const asking = fresh.findLast((message) => message.forceReply && message.from === 'bot');
  if (asking !== undefined && asking === chat.messages.at(-1)) setContext({ kind: 'reply', message: asking });
  if (opened && document.hidden && fresh.some((message) => message.from === 'bot' && !message.silent)) {
    document.title = '● Countersign phone';
  }
  opened = true;
}

function drawMessage(message, replied, day) {
  const form = JSON.stringify([message, replied, day]);
  const old = drawn.get(message.id);
  if (old?.form === form) return;
  const nodes = [bubble(message, replied, actions)];
  if (day !== undefined) nodes.unshift(element('li', { className: 'day' }, [dayWords(day)]));
  if (old === undefined) list.append(...nodes);
  else {
    old.nodes[0].before(...nodes);
    for (const node of old.nodes) node.remove();
  }
  drawn.set(message.id, { form, nodes });
}

const dayWords = (day) =>
  day === new Date().toDateString()
    ? 'Today'
    : new Date(day).toLocaleDateString(undefined, { weekday: 'long', day: 'numeric', month: 'long' });

let busyTimer;
function drawTop() {
  clearTimeout(busyTimer);
  const calm = chat.title !== null ? chat.title : chat.blocked ? 'blocked by you' : 'bot';
  at('status').textContent = chat.busyFor > 0 ? 'typing…' : calm;
  if (chat.busyFor > 0) busyTimer = setTimeout(() => (at('status').textContent = calm), chat.busyFor);
  const people = at('people');
  people.hidden = chat.people.length < 2;
  if (people.childElementCount !== chat.people.length) {
    people.replaceChildren(
      ...chat.people.map(({ id, group: where, name }) =>
        element(
          'option',
          {
            value: `person=${id}${where === null ? '' : `&group=${where}`}`,
            selected: id === chat.person.id && where === chat.group,
          },
          [name],
        ),
      ),
    );
  }
  at('menu').hidden = chat.commands.length === 0;
}

function toEnd() {
  list.scrollTop = list.scrollHeight;
  at('newer').hidden = true;
}

/** The list shrinks when the reply bar opens, and grows when a picture has loaded. */
function stayAtEnd() {
  if (pinned) toEnd();
}

function setContext(next) {
  context = next;
  at('context').hidden = next === undefined;
  input.placeholder = next?.message.placeholder ?? 'Message';
  if (next === undefined) return;
  const mine = next.message.mine;
  at('context-title').textContent =
    next.kind === 'edit' ? 'Edit message' : `Reply to ${mine ? 'yourself' : (next.message.author ?? 'Countersign')}`;
  const about = next.quote === undefined ? next.message.text || 'Picture' : `❝ ${next.quote}`;
  at('context-body').textContent = about.replaceAll('\n', ' ').slice(0, 160);
  at('context-edit').hidden = !mine || next.kind === 'edit';
  if (next.kind === 'edit') {
    input.value = next.message.text;
    grow();
  }
  input.focus();
}

const ask = (action, body) =>
  post(`/phone/api/${action}${query}`, { 'content-type': 'application/json' }, JSON.stringify(body));

async function post(address, headers, body) {
  const response = await fetch(address, { method: 'POST', headers, body });
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.problem);
  return answer.result;
}

async function send(text) {
  const about = context;
  setContext(undefined);
  input.value = '';
  grow();
  try {
    if (about?.kind === 'edit') await ask('correct', { text, message: about.message.id });
    else await ask('send', { text, message: about?.message.id, quote: about?.quote });
  } catch (problem) {
    toast(problem.message);
    input.value = text;
    grow();
  }
}

/** What is written in the field goes along as its caption. */
async function sendPicture(file) {
  const about = context?.kind === 'reply' ? context.message.id : '';
  const words = new URLSearchParams([...place, ['caption', input.value.trim()], ['message', about]]);
  try {
    await post(`/phone/api/picture?${words}`, { 'content-type': file.type || 'application/octet-stream' }, file);
    setContext(undefined);
    input.value = '';
    grow();
  } catch (problem) {
    toast(problem.message);
  }
}

async function press(message, button, node) {
  node.classList.add('waiting');
  at('toast').hidden = true;
  try {
    const answer = await ask('tap', { message: message.id, data: button.data });
    if (answer === null) toast('No answer from the bot.');
    else if (answer.alert) showAlert(answer.text);
    else if (answer.text !== '') toast(answer.text);
  } catch (problem) {
    toast(problem.message);
  } finally {
    node.classList.remove('waiting');
  }
}

let toastTimer;
function toast(text) {
  const box = at('toast');
  box.textContent = text;
  box.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => (box.hidden = true), Math.max(3000, text.length * 70));
}

function showAlert(text) {
  at('alert-text').textContent = text;
  at('alert').showModal();
}

function grow() {
  input.style.height = 'auto';
  input.style.height = `${Math.min(input.scrollHeight, 140)}px`;
}

at('composer').addEventListener('submit', (event) => {
  event.preventDefault();
  const text = input.value.trim();
  if (text !== '') void send(text);
});
input.addEventListener('input', grow);
input.addEventListener('keydown', (event) => {
  if (event.key === 'Escape') setContext(undefined);
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  at('composer').requestSubmit();
});
at('attach').addEventListener('click', () => at('picture').click());
at('picture').addEventListener('change', () => {
  const [file] = at('picture').files;
  at('picture').value = '';
  if (file !== undefined) void sendPicture(file);
});
at('context-close').addEventListener('click', () => setContext(undefined));
at('context-edit').addEventListener('click', () => setContext({ kind: 'edit', message: context.message }));
at('newer').addEventListener('click', toEnd);
document.addEventListener('selectionchange', () => (at('quote').hidden = quotedPart(chat.messages) === undefined));
// The press itself must not take the selection away.
at('quote').addEventListener('pointerdown', (event) => event.preventDefault());
at('quote').addEventListener('click', () => {
  const part = quotedPart(chat.messages);
  getSelection()?.removeAllRanges();
  if (part !== undefined) setContext({ kind: 'reply', ...part });
});
list.addEventListener('scroll', () => (pinned = list.scrollHeight - list.scrollTop - list.clientHeight < 80));
list.addEventListener('load', stayAtEnd, true);
new ResizeObserver(stayAtEnd).observe(list);
at('people').addEventListener('change', (event) => (location.search = `?${event.target.value}`));
at('menu').addEventListener('click', () => {
  const box = at('commands');
  box.hidden = !box.hidden;
  const entries = chat.commands.map(({ command, description }) => {
    const entry = element('button', { type: 'button' }, [element('strong', {}, [`/${command}`]), ` ${description}`]);
    entry.addEventListener('click', () => {
      box.hidden = true;
      void send(`/${command}`);
    });
    return entry;
  });
  box.replaceChildren(...entries);
});
document.addEventListener('visibilitychange', () => (document.title = 'Countersign phone'));

const events = new EventSource(`/phone/api/events${query}`);
events.addEventListener('message', (event) => draw(JSON.parse(event.data)));
events.addEventListener('error', () => (at('status').textContent = 'waiting for the network…'));
