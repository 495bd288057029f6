// Feed, single post, profile and recent activity of the logged-in member.
const state = JSON.parse(document.querySelector('#state').textContent);
const main = document.querySelector('main');

function lines(text) {
  const outer = element('span', { class: 'break-words' });
  const inner = element('span', { dir: 'ltr' });
  for (const [index, line] of text.split('\n').entries()) {
    if (index > 0) inner.append(element('br', {}));
    for (const part of line.split(/(#[\p{L}\p{N}_]+)/u)) {
      if (!part.startsWith('#') || part.length < 2) inner.append(part);
      else {
        // Read out as a word of its own at the real site, invisible to the eye.
        const link = element('a', { class: 'hashtag', href: '#' });
        link.append(element('span', { class: 'visually-hidden' }, 'hashtag'), part);
        inner.append(link);
      }
    }
  }
  outer.append(inner);
  return outer;
}

function show(post) {
  const card = element('div', { class: 'post feed-shared-update-v2', 'data-urn': post.activityUrn });
  const head = element('header', {});
  const who = element('div', {});
  who.append(element('strong', {}, post.author), element('time', {}, new Date(post.at).toLocaleString()));
  head.append(who);
  const words = element('div', { class: 'update-components-text' });
  words.append(lines(post.text));
  card.append(head, words);
  return card;
}

const path = location.pathname;
if (path.startsWith('/feed/update/')) {
  const urn = decodeURIComponent(path.split('/')[3]);
  const post = state.posts.find((one) => one.urn === urn || one.activityUrn === urn);
  main.append(post ? show(post) : element('div', { class: 'card' }, 'This post cannot be displayed.'));
} else if (path.includes('/recent-activity/')) {
  main.append(...state.posts.map(show));
} else if (path.startsWith('/in/')) {
  const card = element('div', { class: 'card' });
  card.append(element('h1', {}, state.name));
  main.append(card);
} else {
  const words = composerWords[state.language];
  const box = element('div', { class: 'share-box' });
  const trigger =
    state.ui === 'old'
      ? element('button', { class: 'share-box-feed-entry__trigger' }, words.start)
      : element('div', { role: 'button', tabindex: '0', 'aria-label': words.start }, words.start);
  trigger.addEventListener('click', () => openComposer(state));
  if (state.ui !== 'no_composer') box.append(trigger);
  main.append(box, ...state.posts.map(show));
  if (state.ui === 'now' && new URLSearchParams(location.search).get('shareActive') === 'true') openComposer(state);
}
