// What a visitor without an account sees; new posts arrive by themselves.
const list = document.querySelector('#posts');
const known = new Set();
const initials = (name) =>
  name
    .split(' ')
    .map((word) => word[0] ?? '')
    .slice(0, 2)
    .join('');

function node(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  if (text !== undefined) made.append(text);
  return made;
}

function card(post, isNew) {
  const made = node('article', isNew ? 'post new' : 'post');
  const head = node('header', '');
  const who = node('div', '');
  const time = node('time', '', new Date(post.at).toLocaleString([], { dateStyle: 'medium', timeStyle: 'short' }));
  time.dateTime = post.at;
  who.append(node('strong', '', post.author), time);
  head.append(node('span', 'avatar', initials(post.author)), who);
  const words = node('p', 'words');
  words.dir = 'auto';
  for (const part of post.text.split(/(#[\p{L}\p{N}_]+)/u)) {
    words.append(/^#./u.test(part) ? node('span', 'hashtag', part) : part);
  }
  made.append(head, words);
  return made;
}

async function refresh(first) {
  const { name, posts } = await (await fetch('/visitor/posts')).json();
  document.querySelector('.visitor .avatar').textContent = initials(name);
  const cards = posts.map((post) => card(post, !first && !known.has(post.id)));
  for (const post of posts) known.add(post.id);
  list.replaceChildren(
    ...(cards.length > 0 ? cards : [node('p', 'empty', 'Nothing yet. Approve a draft and watch it arrive here.')]),
  );
}

const events = new EventSource('/visitor/events');
events.addEventListener('message', () => refresh(false));
// After a pause of the connection something may have been missed.
events.addEventListener('open', () => refresh(false));
refresh(true);
