/**
 * A Telegram Bot API of our own, on this machine: strict where the real one is strict, with the same words, and with a
 * phone to go with it. The demo runs on it, and so do the tests of the Telegram channel.
 */
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApiServer, reply } from './api-server.ts';
import { createGroups } from './group-chat.ts';
import { createPerson } from './person.ts';
import { createPhonePage } from './phone-page.ts';
import { createPolling } from './polling.ts';
import { loadBotApi } from './spec/bot-api.ts';
import type { Person, StandInOptions, TelegramStandIn } from './types.ts';
import { createUpdateQueue } from './update-queue.ts';
import { createWorld } from './world.ts';

export type { Answer, Call, GroupChat, Person, SeenMessage, StandInOptions, TelegramStandIn } from './types.ts';

export async function createTelegramStandIn({ clock, random, port = 0 }: StandInOptions): Promise<TelegramStandIn> {
  const api = await loadBotApi();
  const world = createWorld({ clock, random });
  const updates = createUpdateQueue({ clock, random });
  const polling = createPolling({ clock, updates });
  const token = `${world.bot.id}:AA${random.key(33)}`;
  const room = { world, updates, polling, settings: { webhookUrl: '' }, clock, random };
  const apiServer = createApiServer({ api, token, clock, room });
  const persons = new Map<number, Person>();
  const { within, addGroup } = createGroups({ world, updates, clock });
  const phone = createPhonePage({ world, persons, within, clock });

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    const serve = async () => {
      if (await apiServer.serve(request, response, url)) return;
      if (await phone.serve(request, response, url)) return;
      reply(response, { ok: false, error_code: 404, description: 'Not Found' });
    };
    // Only a connection that died in the middle of a request gets here.
    serve().catch(() => response.destroy());
  });
  const boundPort = await listen(server, port);
  const apiRoot = `http://127.0.0.1:${boundPort}`;

  const stop = async () => {
    polling.stop();
    apiServer.faults.clear();
    phone.stop();
    const closed = new Promise<void>((resolve) => server.close(() => resolve()));
    server.closeAllConnections();
    await closed;
  };

  return {
    apiRoot,
    token,
    pageUrl: `${apiRoot}/phone`,
    port: boundPort,
    addPerson({ id, firstName, started = true }) {
      const resident = { id, firstName, started, blocked: false, action: undefined };
      const person = createPerson({ world, updates, clock, resident });
      world.people.set(id, resident);
      persons.set(id, person);
      return person;
    },
    person(id) {
      const person = persons.get(id);
      if (person === undefined) throw new Error(`nobody has the id ${id}`);
      return person;
    },
    addGroup,
    limitFlood: apiServer.flood.limit,
    calls: (method) =>
      apiServer.calls().filter((call) => method === undefined || call.method.toLowerCase() === method.toLowerCase()),
    conformance: () => [...apiServer.conformance()],
    fault: apiServer.faults.add,
    heal: apiServer.faults.clear,
    faultsLeft: apiServer.faults.left,
    updates: () => ({ waiting: updates.waiting(), confirmed: updates.confirmed() }),
    stop,
  };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return (server.address() as AddressInfo).port;
}
