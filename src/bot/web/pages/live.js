// Keeps an open page up to date and sends its forms without leaving it. Everything works without this file too.
// What must stay true: nobody loses text they are typing, and no answer of Countersign is swallowed.

const live = document.getElementById('live');
const answers = document.getElementById('answers');

const isTouched = (card) => {
  const box = card.querySelector('.edit textarea');
  return box !== null && box.value !== box.defaultValue;
};

// Words of ours, or what the page made of them: strangers' words in it stay set apart.
const say = (words, kind) => {
  const line = document.createElement('p');
  line.className = `answer ${kind}`;
  line.setAttribute('role', kind === 'refused' ? 'alert' : 'status');
  line.replaceChildren(...(typeof words === 'string' ? [words] : [...words].map((node) => node.cloneNode(true))));
  answers.replaceChildren(line);
  // Good news goes by itself; a refusal stays until it was read.
  if (kind !== 'refused') setTimeout(() => line.remove(), 8000);
};

answers.addEventListener('click', () => answers.replaceChildren());

// Carries over what a person has unfolded, so that a redraw does not fold it.
const keepOpen = (before, after) => {
  const opened = new Set([...before.querySelectorAll('details[open]')].map((part) => part.className));
  for (const part of after.querySelectorAll('details')) if (opened.has(part.className)) part.open = true;
};

const keepOrReplace = (fresh) => {
  const old = document.getElementById(fresh.id);
  if (old === null) return;
  if (old.dataset.stamp === fresh.dataset.stamp) {
    // Same card, perhaps in another session of the page: only its forms get the new proof.
    for (const field of old.querySelectorAll('input[name=form_token]')) {
      field.value = fresh.querySelector('input[name=form_token]')?.value ?? field.value;
    }
    fresh.replaceWith(old);
  } else if (isTouched(old)) {
    if (old.querySelector('.moved-on') === null) {
      const words = document.createElement('p');
      words.className = 'moved-on';
      words.textContent =
        'This draft changed while you were writing. Your text is still here: copy it, then reload the page.';
      old.querySelector('.edit').prepend(words);
    }
    fresh.replaceWith(old);
  } else {
    keepOpen(old, fresh);
  }
};

const draw = (page) => {
  const fresh = page.getElementById('live');
  if (fresh === null) {
    location.reload();
    return;
  }
  const seen = Math.max(0, ...[...live.querySelectorAll('[data-note]')].map((note) => Number(note.dataset.note)));
  // Moving a node takes the cursor out of it, and on a phone the keyboard with it.
  const active = document.activeElement;
  const place = active?.tagName === 'TEXTAREA' ? [active.selectionStart, active.selectionEnd] : undefined;
  const kept = document.adoptNode(fresh);
  for (const card of kept.querySelectorAll('[data-key]')) keepOrReplace(card);
  // A touched card that left the list stays until its text is out of danger.
  for (const card of live.querySelectorAll('[data-key]')) if (isTouched(card)) kept.prepend(card);
  live.replaceChildren(...kept.childNodes);
  document.title = page.title;
  if (place !== undefined && active.isConnected) {
    active.focus({ preventScroll: true });
    active.setSelectionRange(...place);
  }
  const news = live.querySelector('[data-note]');
  if (news !== null && Number(news.dataset.note) > seen && answers.childElementCount === 0) {
    say(news.querySelector('p').childNodes, news.className);
  }
};

const here = () => {
  const address = new URL(location.href);
  address.searchParams.delete('said');
  return address;
};

const parse = async (response) => new DOMParser().parseFromString(await response.text(), 'text/html');

let waiting = false;
let again = false;
const refresh = async () => {
  if (waiting) {
    again = true;
    return;
  }
  waiting = true;
  try {
    const response = await fetch(here(), { headers: { accept: 'text/html' } });
    if (response.ok) draw(await parse(response));
    else if (response.status === 401)
      say('This page is locked again. Open it with the link that npm start prints.', 'refused');
  } catch {
    // The line is down; the event source comes back by itself and asks again.
  }
  waiting = false;
  if (again) {
    again = false;
    void refresh();
  }
};

// Many changes at once are one look; a timer that is set is left alone, or a busy hour would put the look off for ever.
let soon;
const refreshSoon = () => {
  soon ??= setTimeout(() => {
    soon = undefined;
    void refresh();
  }, 60);
};

const send = async (form, button) => {
  const body = new URLSearchParams(new FormData(form, button));
  const response = await fetch(form.action, { method: 'POST', body });
  const page = await parse(response);
  const answer = page.querySelector('#answers .answer');
  if (answer === null) {
    say(page.querySelector('main')?.textContent.replaceAll(/\s+/g, ' ').trim() ?? 'No answer came.', 'refused');
    return;
  }
  say(answer.childNodes, answer.classList.contains('refused') ? 'refused' : 'accepted');
  // The text was taken: it is safe now, and the redraw may replace its box. A refused one stays where it is.
  if (answer.classList.contains('accepted')) {
    for (const box of form.querySelectorAll('textarea')) box.defaultValue = box.value;
    const editor = form.closest('details.edit');
    if (editor !== null) editor.open = false;
  }
  if (page.getElementById('live') !== null && response.ok) draw(page);
};

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post') return;
  event.preventDefault();
  if (form.dataset.sending === 'yes') return;
  form.dataset.sending = 'yes';
  event.submitter?.classList.add('sending');
  send(form, event.submitter)
    .catch(() => say('No answer came. Look at the draft before you try again.', 'refused'))
    .finally(() => {
      delete form.dataset.sending;
      event.submitter?.classList.remove('sending');
    });
});

// Reloading or going back must not show an answer again that belongs to the past.
history.replaceState(null, '', here());

// A browser gives up on a line for good when the answer was an error (a proxy, a start in progress): then we ask again.
const listen = () => {
  const events = new EventSource('/events');
  events.addEventListener('message', refreshSoon);
  events.addEventListener('open', refreshSoon);
  events.addEventListener('error', () => {
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 5000);
  });
};
listen();

// A phone puts pages to sleep; what happened meanwhile is shown when it wakes.
window.addEventListener('online', refreshSoon);
document.addEventListener('visibilitychange', () => {
  if (!document.hidden) refreshSoon();
});
