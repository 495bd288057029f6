/**
 * What the figures of the chat are compared with: a Node-RED flow that keeps nothing. An item becomes a message with
 * one button; the tap is answered at once and a file is moved. It is not part of this repository: `folder` is one into
 * which `npm install node-red node-red-contrib-telegrambot` was made.
 */
import { spawn } from 'node:child_process';
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ChatSide } from './chat-side.ts';
import { endsWithUs } from './ends-with-us.ts';
import { until } from './until.ts';

export type NodeRed = {
  readonly version: string;
  readonly pid: number;
  /** Hands an item over; resolves when the flow has taken it. */
  item(text: string, data: string): Promise<void>;
  stop(): Promise<void>;
};

/** A tap with `NAME` in its data moves `from/NAME` to `to/NAME`. */
export async function startNodeRed(parts: {
  readonly folder: string;
  readonly home: string;
  readonly chat: ChatSide;
  readonly from: string;
  readonly to: string;
}): Promise<NodeRed> {
  const { folder, home, chat } = parts;
  const port = await freePort();
  await mkdir(home, { recursive: true });
  await symlink(join(folder, 'node_modules'), join(home, 'node_modules'));
  await writeFile(join(home, 'package.json'), await readFile(join(folder, 'package.json')));
  const settings = {
    uiHost: '127.0.0.1',
    uiPort: port,
    flowFile: 'flows.json',
    credentialSecret: false,
    userDir: home,
  };
  await writeFile(join(home, 'settings.js'), `module.exports = ${JSON.stringify(settings)}`);
  await writeFile(join(home, 'flows.json'), JSON.stringify(flow(parts)));
  await writeFile(join(home, 'flows_cred.json'), JSON.stringify({ bot: { token: chat.telegram.token } }));
  const red = join(folder, 'node_modules', 'node-red');
  const { version } = JSON.parse(await readFile(join(red, 'package.json'), 'utf8')) as { readonly version: string };
  const child = spawn(process.execPath, [join(red, 'red.js'), '-s', join(home, 'settings.js'), '-u', home], {
    env: { PATH: process.env['PATH'] ?? '', HOME: home },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endsWithUs(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text));
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  await until(
    () => {
      if (child.exitCode !== null) throw new Error(`Node-RED ended:\n${output}`);
      return chat.telegram.calls('getUpdates').length > 0 || undefined;
    },
    'Node-RED polls',
    60_000,
  );
  return {
    version,
    pid: child.pid ?? 0,
    async item(text, data) {
      const body = JSON.stringify({ text, data });
      const headers = { 'content-type': 'application/json' };
      const answer = await fetch(`http://127.0.0.1:${port}/item`, { method: 'POST', headers, body });
      if (!answer.ok) throw new Error(`Node-RED answers ${answer.status}:\n${output}`);
    },
    async stop() {
      child.kill();
      await ended;
    },
  };
}

function flow({ chat, from, to }: { readonly chat: ChatSide; readonly from: string; readonly to: string }) {
  const at = { z: 'flow', x: 0, y: 0 };
  const chatId = Number(chat.settings['TELEGRAM_CHAT_ID']);
  const ask = `const { text, data } = msg.payload;
    const reply_markup = JSON.stringify({ inline_keyboard: [[{ text: 'Approve', callback_data: data }]] });
    return [{ payload: { chatId: ${chatId}, type: 'message', content: text, options: { reply_markup } } }, { ...msg, payload: 'ok' }];`;
  const move = `fs.renameSync(${JSON.stringify(`${from}/`)} + msg.payload.content, ${JSON.stringify(`${to}/`)} + msg.payload.content);`;
  const bot = { baseapiurl: chat.telegram.apiRoot, updatemode: 'polling', pollinterval: '300' };
  return [
    { id: 'flow', type: 'tab', label: 'approve' },
    { id: 'bot', type: 'telegram bot', botname: 'bench', usernames: '', chatids: '', ...bot },
    { ...at, id: 'in', type: 'http in', url: '/item', method: 'post', wires: [['ask']] },
    { ...at, id: 'ask', type: 'function', func: ask, outputs: 2, libs: [], wires: [['send'], ['taken']] },
    { ...at, id: 'taken', type: 'http response', statusCode: '', headers: {}, wires: [] },
    { ...at, id: 'send', type: 'telegram sender', bot: 'bot', haserroroutput: false, outputs: 1, wires: [[]] },
    {
      ...at,
      id: 'tap',
      type: 'telegram event',
      bot: 'bot',
      event: 'callback_query',
      autoanswer: true,
      wires: [['move']],
    },
    { ...at, id: 'move', type: 'function', func: move, outputs: 0, libs: [{ var: 'fs', module: 'fs' }], wires: [] },
  ];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
