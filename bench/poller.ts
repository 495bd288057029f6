/**
 * What Countersign is compared with: everything is looked at every few seconds. A child of the benchmark; does the least
 * such a program can do, keeps nothing, syncs nothing. Says `executing NAME` where an executor would be started.
 */
import { readdir, rename } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

const [vaultPath = '', apiUrl = '', chatId = '', imapPort = '', user = '', password = '', everyMs = ''] =
  process.argv.slice(2);
const pending = join(vaultPath, 'Pending_Approval');
const approved = join(vaultPath, 'Approved');
const known = new Set<string>();
let offset = 0;
let mails = 0;

type Update = { readonly update_id: number; readonly callback_query?: { readonly data: string } };

async function call(method: string, parameters: object): Promise<unknown> {
  const body = JSON.stringify(parameters);
  const response = await fetch(`${apiUrl}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { readonly ok: boolean; readonly result: unknown };
  if (!answer.ok) throw new Error(`${method}: ${JSON.stringify(answer)}`);
  return answer.result;
}

const ask = (text: string, data: string): Promise<unknown> =>
  call('sendMessage', {
    chat_id: Number(chatId),
    text,
    reply_markup: { inline_keyboard: [[{ text: 'Approve', callback_data: data }]] },
  });

/** How many mails there are, by a connection of its own. */
const countMails = (): Promise<number> =>
  new Promise((resolve, reject) => {
    const socket = connect(Number(imapPort), '127.0.0.1');
    let count = 0;
    socket.once('error', reject).once('close', () => resolve(count));
    socket.write(`a LOGIN "${user}" "${password}"\r\nb EXAMINE INBOX\r\nc LOGOUT\r\n`);
    createInterface({ input: socket }).on('line', (line) => {
      count = Number(/^\* (\d+) EXISTS/.exec(line)?.[1] ?? count);
    });
  });

/** One look at everything, in the order that serves a tap best. */
async function look(): Promise<void> {
  const updates = (await call('getUpdates', { offset, timeout: 0 })) as readonly Update[];
  for (const update of updates) {
    offset = update.update_id + 1;
    const name = update.callback_query?.data;
    if (name !== undefined) await rename(join(pending, name), join(approved, name));
  }
  for (const name of await readdir(approved)) {
    if (!known.has(`!${name}`)) console.log(`executing ${name}`);
    known.add(`!${name}`);
  }
  for (const name of await readdir(pending)) {
    if (!known.has(name)) await ask(`May this go out? ${name}`, name);
    known.add(name);
  }
  const count = await countMails();
  for (; mails < count; mails += 1) await ask(`Mail ${mails} came`, `mail ${mails}`);
}

for (;;) {
  await look();
  await new Promise((resolve) => setTimeout(resolve, Number(everyMs)));
}
