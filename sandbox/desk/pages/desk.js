/** The desk: frames, buttons, and whatever the server says has changed. */
import { drawFolders, drawMails } from './panes.js';

const at = (id) => document.getElementById(id);
const standings = {
  starting: 'Starting …',
  running: 'Running.',
  stopping: 'Stopping …',
  stopped: 'Stopped.',
  gone: 'The sandbox is gone. Start it again: npm start',
};
let standing = '';

function showStanding(next) {
  at('lamp').className = `lamp ${next}`;
  if (next === standing) return;
  standing = next;
  at('standing').textContent = standings[next];
  if (next !== 'running') at('news').textContent = '';
  for (const button of document.querySelectorAll('[data-action]')) {
    const busy = next === 'starting' || next === 'stopping';
    button.disabled = next === 'gone' || (button.dataset.action === 'restart' && busy);
  }
}

async function act(button) {
  button.classList.add('busy');
  try {
    const response = await fetch(`/desk/api/${button.dataset.action}`, { method: 'POST' });
    const { words, problem } = await response.json();
    at('news').textContent = words ?? problem;
  } catch {
    showStanding('gone');
  } finally {
    button.classList.remove('busy');
  }
}

for (const button of document.querySelectorAll('[data-action]')) {
  button.addEventListener('click', () => void act(button));
}

const frames = await (await fetch('/desk/api/frames')).json();
at('phone-frame').src = frames.phone;
at('linkedin-frame').src = frames.linkedin;

const events = new EventSource('/desk/api/events');
events.addEventListener('message', (event) => {
  const view = JSON.parse(event.data);
  showStanding(view.product);
  drawMails(at('mails'), view.mails);
  at('vault-path').textContent = view.vault.path;
  drawFolders(at('folders'), view.vault.folders);
});
events.addEventListener('error', () => showStanding('gone'));
