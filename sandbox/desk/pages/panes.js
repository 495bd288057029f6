/** Draws mails and folders. Everything strangers wrote goes in as text, never as HTML. */

function element(name, className, ...content) {
  const made = document.createElement(name);
  made.className = className;
  made.append(...content);
  return made;
}

/** Mails drawn so far; they never change, so only new ones are added. */
let drawnMails = 0;
let lastAt = '';

export function drawMails(list, mails) {
  // The server keeps the newest fifty, so counting would go wrong; time doesn't.
  const fresh = mails.filter(({ at }) => at > lastAt);
  for (const mail of fresh) list.prepend(mailRow(mail, drawnMails > 0));
  drawnMails += fresh.length;
  lastAt = fresh.at(-1)?.at ?? lastAt;
}

function mailRow({ kind, who, subject, text, thread, at }, isNew) {
  const row = element('li', `mail ${kind}${isNew ? ' new' : ''}`);
  const time = element('time', '', new Date(at).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' }));
  time.dateTime = at;
  const way = element('span', 'way', kind === 'left' ? 'Sent' : 'Arrived');
  row.append(element('p', 'line', way, element('span', 'who', kind === 'left' ? `to ${who}` : who), time));
  row.append(element('p', 'subject', subject));
  if (thread !== '') row.append(element('p', 'thread', `↳ in the thread of “${thread}”`));
  const words = element('p', 'text', text);
  words.dir = 'auto';
  row.append(words);
  return row;
}

/** What is drawn now, and every place a file was seen in, so that only what moved lights up. */
let drawnFolders = '';
let known;

export function drawFolders(box, folders) {
  const form = JSON.stringify(folders);
  if (form === drawnFolders) return;
  drawnFolders = form;
  const places = new Set();
  box.replaceChildren(...folders.map((folder) => folderColumn(folder, places)));
  known = places;
}

function folderColumn({ name, files, more }, places) {
  const count = files.length + more;
  const head = element('h3', '', name, element('span', 'count', count === 0 ? '' : String(count)));
  const list = element('ul', '');
  for (const file of files) {
    const place = `${name}/${file}`;
    places.add(place);
    const row = element('li', known === undefined || known.has(place) ? '' : 'new', file);
    row.title = place;
    list.append(row);
  }
  if (more > 0) list.append(element('li', 'more', `and ${more} more`));
  return element('div', count === 0 ? 'folder empty' : 'folder', head, list);
}
