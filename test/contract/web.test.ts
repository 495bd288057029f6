import { createFakeDoor } from '../support/fake-door.ts';
import { ask, enter, formTokenIn, post, wordsIn } from '../integration/bot/web/web-client.ts';
import { linkSecret, openWeb, token } from '../integration/bot/web/web-world.ts';
import type { DraftVerb } from '../../src/domain/decision.ts';
import { channelContract, type ChannelPerson } from './channel.contract.ts';

const articles = (page: string): readonly string[] => page.match(/<article.*?<\/article>/gs) ?? [];

const buttonsIn = (article: string): readonly DraftVerb[] =>
  [...article.matchAll(/name="verb"\s+value="(\w+)"/g)].map((found) => found[1] as DraftVerb);

const hiddenFields = (article: string): Record<string, string> =>
  Object.fromEntries(
    [...article.matchAll(/type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g)].map((found) => [
      String(found[1]),
      String(found[2]),
    ]),
  );

/** Somebody with a browser that has `cookie`. Without one, forms are forged as well as can be. */
function personAt(port: () => number, cookie: () => string): ChannelPerson {
  const look = async () => (await ask(port(), '/', { headers: { cookie: cookie() } })).text;
  const send = async (verb: DraftVerb, text: Record<string, string>): Promise<string> => {
    const article = articles(await look()).findLast((candidate) => buttonsIn(candidate).includes(verb)) ?? '';
    const forged = { key: 'k3y0000001', revision: 'abcdef0123', form_token: formTokenIn(article), back: '/' };
    const fields = { ...forged, ...hiddenFields(article), verb, ...text };
    const answer = await post(port(), '/decide', cookie(), fields);
    const next = String(answer.headers['location'] ?? '/');
    const page =
      answer.status === 303 ? (await ask(port(), next, { headers: { cookie: cookie() } })).text : answer.text;
    return wordsIn(/<p class="answer[^>]*>(.*?)<\/p>/s.exec(page)?.[1] ?? page);
  };
  return {
    see: async () => articles(await look()).map((text) => ({ text: wordsIn(text), buttons: buttonsIn(text) })),
    seeLeftOut: async () => wordsIn(await look()),
    tap: (verb) => send(verb, {}),
    editTo: (text) => send('edit', { text }),
  };
}

channelContract('web', async () => {
  const door = createFakeDoor(({ source, id }) => source === 'web' && id === 'owner');
  let world = await openWeb({ door });
  const { port } = world;
  const cookie = await enter(port, token);
  const logs: string[] = [];
  return {
    channel: world.web,
    door,
    actor: { source: 'web', id: 'owner' },
    person: personAt(
      () => port,
      () => cookie,
    ),
    stranger: personAt(
      () => port,
      () => '',
    ),
    async restart() {
      await world.close();
      logs.push(...world.logs);
      world = await openWeb({ door, port });
      return world.web;
    },
    network: undefined,
    logs: () => [...logs, ...world.logs],
    secrets: [token, linkSecret],
    close: () => world.close(),
  };
});
