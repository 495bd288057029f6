/**
 * The chat page: a phone for people without an account. Everything under `/phone`, for this machine's own browser only:
 * a page from elsewhere must not be able to press Approve.
 */
import { readFile } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Clock } from '../../src/lib/clock.ts';
import type { Group } from './groups.ts';
import { sendDownload, sendImage, takePicture } from './phone-files.ts';
import { guarded, sendJson } from './phone-reply.ts';
import { chatView } from './phone-view.ts';
import { isRecord, parseJson } from './transport/request.ts';
import type { Person } from './types.ts';
import type { World } from './world.ts';

export type PhonePage = {
  /** False when the path is none of the page's. */
  serve(request: IncomingMessage, response: ServerResponse, url: URL): Promise<boolean>;
  stop(): void;
};

type Parts = {
  readonly world: World;
  readonly persons: ReadonlyMap<number, Person>;
  /** The same person in a group. */
  readonly within: (group: Group, person: Person) => Person;
  readonly clock: Clock;
};

const assets: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/phone': ['phone.html', 'text/html'],
  '/phone/phone.css': ['phone.css', 'text/css'],
  '/phone/bubble.css': ['bubble.css', 'text/css'],
  '/phone/phone.js': ['phone.js', 'text/javascript'],
  '/phone/bubble.js': ['bubble.js', 'text/javascript'],
  '/phone/quote.js': ['quote.js', 'text/javascript'],
  '/phone/formatted.js': ['formatted.js', 'text/javascript'],
};

const tapPatience = 15_000;

export function createPhonePage({ world, persons, within, clock }: Parts): PhonePage {
  const streams = createStreams(world, clock);
  const act = createActions(world, clock);

  /** The group that is looked at, when somebody of it looks. */
  const groupOf = (url: URL) => world.groups.get(Number(url.searchParams.get('group') ?? 0));
  const personOf = (url: URL): Person | undefined => {
    const id = url.searchParams.get('person');
    const person = id === null || id === '' ? persons.values().next().value : persons.get(Number(id));
    const group = groupOf(url);
    if (person === undefined || group === undefined) return person;
    return group.members.has(person.id) ? within(group, person) : undefined;
  };

  const post = async (request: IncomingMessage, response: ServerResponse, action: string, person: Person) => {
    const body = parseJson(await textOf(request));
    try {
      sendJson(response, 200, { result: await act(action, person, isRecord(body) ? body : {}) });
    } catch (thrown) {
      sendJson(response, 400, { problem: thrown instanceof Error ? thrown.message : 'not possible' });
    }
  };

  return {
    async serve(request, response, url) {
      const path = url.pathname.replace(/(?<=.)\/$/, '');
      if (path !== '/phone' && !path.startsWith('/phone/')) return false;
      const asset = assets[path];
      const person = personOf(url);
      const action = /^\/phone\/api\/(send|correct|tap)$/.exec(path)?.[1];
      if (!isFromHere(request)) sendJson(response, 403, { problem: 'Only this page itself may ask here.' });
      else if (asset !== undefined) await sendAsset(response, asset);
      else if (person === undefined) sendJson(response, 404, { problem: 'There is nobody with this id here.' });
      else if (action !== undefined && request.method === 'POST') await post(request, response, action, person);
      else if (path === '/phone/api/picture' && request.method === 'POST')
        await takePicture(request, response, url, person);
      else if (path === '/phone/api/events') streams.open(response, person.id, groupOf(url)?.id);
      else if (path === '/phone/api/image') sendImage(response, world, url.searchParams.get('file') ?? '');
      else if (path === '/phone/api/file') sendDownload(response, world, url.searchParams.get('file') ?? '');
      else sendJson(response, 404, { problem: 'There is nothing here.' });
      return true;
    },
    stop: streams.stop,
  };
}

/** Pages that look on: each gets the whole chat anew after a change. */
function createStreams(world: World, clock: Clock) {
  const open = new Set<ServerResponse>();
  return {
    open(response: ServerResponse, personId: number, groupId: number | undefined) {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
      let due = false;
      const show = () => {
        due = false;
        if (!response.destroyed)
          response.write(`data: ${JSON.stringify(chatView(world, personId, clock.now(), groupId))}\n\n`);
      };
      // A burst of changes becomes one picture.
      const unwatch = world.watch(() => {
        if (!due) setImmediate(show);
        due = true;
      });
      open.add(response);
      response.once('close', () => {
        open.delete(response);
        unwatch();
      });
      show();
    },
    stop() {
      for (const response of open) response.destroy();
    },
  };
}

/** What the page can do. Throws with words for the person when it is not possible. */
function createActions(world: World, clock: Clock) {
  /** Resolves with what the app shows for a tap, or null when the bot stays silent. */
  const toastFor = (person: Person, callbackId: string): Promise<unknown> =>
    new Promise((resolve) => {
      const finish = (toast: unknown) => {
        unwatch();
        cancel();
        resolve(toast);
      };
      const unwatch = world.watch(() => {
        const toast = person.toast(callbackId);
        if (toast !== undefined) finish(toast);
      });
      const cancel = clock.after(tapPatience, () => finish(null));
    });

  return async (action: string, person: Person, body: Readonly<Record<string, unknown>>): Promise<unknown> => {
    const { text, message, quote, data, topic } = body;
    if (action === 'send' && typeof text === 'string') {
      if (typeof message === 'number')
        return person.reply(message, text, typeof quote === 'string' ? quote : undefined);
      return person.send(text, typeof topic === 'number' ? topic : undefined);
    }
    if (action === 'correct' && typeof text === 'string' && typeof message === 'number') {
      person.correct(message, text);
      return true;
    }
    if (action === 'tap' && typeof data === 'string' && typeof message === 'number') {
      // The page may show a version that is a moment old, so the tap is passed on even if the button is gone.
      return await toastFor(person, person.forge(message, data));
    }
    throw new Error('the page asked for something unknown');
  };
}

/**
 * The address must be ours (a foreign name that points to this machine is not), whatever writes must carry our origin,
 * and whatever reads must not be asked for by another site.
 */
function isFromHere({ headers, method, url = '' }: IncomingMessage): boolean {
  const host = headers.host ?? '';
  if (!/^(?:127\.0\.0\.1|localhost):\d+$/.test(host)) return false;
  if (method === 'POST') return headers.origin === `http://${host}`;
  if (method !== 'GET') return false;
  const site = headers['sec-fetch-site'];
  return !url.startsWith('/phone/api/') || site === undefined || site === 'same-origin';
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  request.setEncoding('utf8');
  for await (const part of request) {
    text += String(part);
    if (text.length > 100_000) return '';
  }
  return text;
}

async function sendAsset(response: ServerResponse, [file, type]: readonly [string, string]): Promise<void> {
  const bytes = await readFile(new URL(`pages/${file}`, import.meta.url));
  response.writeHead(200, { ...guarded, 'content-type': `${type}; charset=utf-8` });
  response.end(bytes);
}
