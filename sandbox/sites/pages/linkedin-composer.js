// The share box: the editor library the real site is built on, in an open shadow root as since 2026, or in the page
// itself as before (`ui: old`).
const composerWords = {
  en: {
    start: 'Start a post',
    editor: 'Text editor for creating content',
    ask: 'What do you want to talk about?',
    post: 'Post',
    head: 'Create a post',
    anyone: 'Post to Anyone',
    done: 'Post successful.',
    view: 'View post',
    failed: 'Something went wrong. Try again.',
  },
  de: {
    start: 'Beitrag beginnen',
    editor: 'Texteditor zum Erstellen von Inhalten',
    ask: 'Worüber möchten Sie sprechen?',
    post: 'Posten',
    head: 'Beitrag erstellen',
    anyone: 'An alle posten',
    done: 'Beitrag veröffentlicht.',
    view: 'Beitrag anzeigen',
    failed: 'Etwas ist schiefgegangen.',
  },
  fi: {
    start: 'Luo julkaisu',
    editor: 'Tekstieditori',
    ask: 'Mistä haluat keskustella?',
    post: 'Julkaise',
    head: 'Luo julkaisu',
    anyone: 'Kaikille',
    done: 'Julkaistu.',
    view: 'Näytä',
    failed: 'Jokin meni pieleen.',
  },
};

function openComposer(state) {
  const words = composerWords[state.language];
  const outlet = document.querySelector('#interop-outlet');
  const root = state.ui === 'old' ? document.body : (outlet.shadowRoot ?? outlet.attachShadow({ mode: 'open' }));
  const style = ['/assets/quill.css', '/assets/composer.css'].map((href) =>
    element('link', { rel: 'stylesheet', href }),
  );
  const post = element('button', { class: 'share-actions__primary-action', disabled: '' }, words.post);
  const heading = element('h2', {}, words.head);
  const holder = element('div', {});
  const frame = element('div', { class: 'editor' });
  frame.append(holder);
  const author = element('button', { class: 'share-unified-settings-entry-button' });
  author.append(element('strong', {}, state.name), words.anyone);
  const actions = element('div', { class: 'actions' });
  actions.append(post);
  const dialog = element('div', {
    role: 'dialog',
    'aria-label': words.head,
    ...(state.ui === 'old' ? { 'data-test-modal': '' } : {}),
  });
  dialog.append(heading, author, frame, actions);
  const veil = element('div', { class: 'veil' });
  veil.append(dialog);
  root.append(...style, veil);
  const quill = new Quill(holder, { placeholder: words.ask });
  for (const [name, value] of Object.entries({
    role: 'textbox',
    'aria-multiline': 'true',
    'aria-label': words.editor,
  })) {
    quill.root.setAttribute(name, value);
  }
  if (state.composer === 'restored_draft') quill.setText('An older draft\n\nthat was never posted #old\n');
  wire(state, { words, quill, post, heading, dialog, veil });
}

function wire(state, { words, quill, post, heading, dialog, veil }) {
  let list;
  let timer;
  const textNow = () => quill.getText().replace(/\n$/, '');
  const ready = () => post.toggleAttribute('disabled', textNow().trim() === '');
  ready();
  quill.on('text-change', () => {
    ready();
    if (state.editor === 'changes_text' && textNow().includes('...')) {
      quill.setText(`${textNow().replaceAll('...', '…')}\n`, 'silent');
    }
    if (!state.popup || list || !/#\p{L}/u.test(textNow())) return;
    clearTimeout(timer);
    timer = setTimeout(() => {
      list = element('ul', { role: 'listbox' });
      for (const word of ['#Alpha', '#Beta', '#Gamma']) {
        const option = element('li', { role: 'option' }, word);
        option.addEventListener('click', () => quill.insertText(quill.getLength() - 1, word));
        list.append(option);
      }
      dialog.append(list);
    }, 120);
  });
  heading.addEventListener('click', () => list?.remove());
  post.addEventListener('click', async () => {
    post.disabled = true;
    const first = send(textNow());
    if (state.pressesTwice) send(textNow()).catch(() => undefined);
    const answer = await first.catch(() => undefined);
    if (answer?.ok && answer.urn) {
      veil.remove();
      toast(words, answer.urn);
    } else {
      post.disabled = false;
      toast({ done: words.failed });
    }
  });
}

async function send(text) {
  const token = /JSESSIONID="?([^";]+)/.exec(document.cookie)?.[1] ?? '';
  const queryId = 'voyagerContentcreationDashShares.0d5a5b2c9f3e4d1f8a7b6c5d4e3f2a1b';
  const response = await fetch(`/voyager/api/graphql?action=execute&queryId=${queryId}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'csrf-token': token },
    body: JSON.stringify({
      variables: { post: { commentary: { text }, visibilityDataUnion: { visibilityType: 'ANYONE' } } },
    }),
  });
  const body = await response.json();
  const urn = body.data?.data?.createContentcreationDashShares?.['*entity']?.replace('urn:li:fsd_share:', '');
  return { ok: response.ok, urn };
}

function toast(words, urn) {
  const item = element('div', { class: 'artdeco-toast-item', role: 'alert' }, `${words.done} `);
  if (urn) item.append(element('a', { href: `/feed/update/${urn}/` }, words.view));
  document.querySelector('#artdeco-toasts').append(item);
}

function element(name, attributes, text) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.append(text);
  return made;
}
