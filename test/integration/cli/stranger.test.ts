/** A note that a dead Countersign left: whoever listens on its port by now learns nothing, whatever they answer. */
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { decideOne, showStatus } from '../../../src/cli/ask.ts';
import { examine } from '../../../src/cli/doctor.ts';
import { sampleCard } from '../../support/fake-door.ts';
import { createPaper } from '../../support/stopped-world.ts';
import { controlKey, openWeb, token } from '../bot/web/web-world.ts';
import { createNotedHome } from './noted-home.ts';

async function listen(t: TestContext, server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.after(() => new Promise((resolve) => server.close(resolve)));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Somebody else's server. `heard`: everything that was ever sent to it. */
async function createStranger(t: TestContext, answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const heard: string[] = [];
  const server = createServer((request, response) => answer(request, response));
  server.on('connection', (socket: Socket) =>
    socket.on('data', (bytes: Buffer) => heard.push(bytes.toString('latin1'))),
  );
  t.after(() => server.closeAllConnections());
  return { url: await listen(t, server), heard };
}

const answers: Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>> = {
  'says yes to everything': (_, response) => response.end('{"proof":"yes","cards":[],"kind":"accepted","say":"Done."}'),
  'answers with the question': ({ url = '' }, response) => response.end(JSON.stringify({ proof: url.split('=')[1] })),
  'sends the asker on': (_, response) => response.writeHead(307, { location: 'http://127.0.0.1:9/' }).end(),
  'answers without end': (_, response) => {
    const more = (): void => {
      while (response.write('x'.repeat(65_536)));
      response.once('drain', more);
    };
    more();
  },
  'cuts the line': ({ socket }) => void socket.destroy(),
  'wants a login': (_, response) => response.writeHead(401, { 'www-authenticate': 'Basic' }).end('{"trouble":"no"}'),
};

for (const [what, answer] of Object.entries(answers)) {
  void describe(`a stranger on the old port who ${what}`, () => {
    it('is told nothing, neither by a question nor by a decision', async (t) => {
      const stranger = await createStranger(t, answer);
      const { settings } = createNotedHome(t, { url: stranger.url });
      const paper = createPaper(true);
      assert.equal(await showStatus(settings, paper.print), 1);
      assert.match(paper.text(), /can’t prove that it is the Countersign of .+, so it was told nothing/);
      const decided = createPaper();
      assert.equal(await decideOne(settings, 'reject', ['a.md', 'my', 'reasons'], decided.print), 1);
      const heard = stranger.heard.join('\n');
      assert.match(heard, /^GET \/api\/proof\?nonce=[0-9a-z]{32} /);
      for (const secret of [token, controlKey, 'reasons', 'uthorization', '/api/status', '/api/cards']) {
        assert.ok(!heard.includes(secret), `${secret} was sent`);
      }
      assert.ok(![paper, decided].some(({ text }) => text().includes(token)));
    });
  });
}

describe('a stranger on the old port', () => {
  it('that speaks no HTTP, or nobody at all, is told nothing', async (t) => {
    const raw = createRawServer((socket) => socket.resume().end('220 mail ready\r\n'));
    const paper = createPaper();
    assert.equal(await showStatus(createNotedHome(t, { url: await listen(t, raw) }).settings, paper.print), 1);
    assert.match(paper.text(), /can’t prove/);
    const gone = await openWeb();
    await gone.close();
    const nobody = createPaper();
    assert.equal(await showStatus(createNotedHome(t, { url: gone.base }).settings, nobody.print), 1);
    assert.match(nobody.text(), /does not run with the data in/);
  });

  it('can’t pass the question on to one that runs elsewhere, not even to one with the same key', async (t) => {
    const real = await openWeb();
    t.after(() => real.close());
    const relay = await createStranger(t, ({ url = '', method = 'GET', headers }, response) => {
      const { authorization } = headers;
      void fetch(`${real.base}${url}`, {
        method,
        ...(authorization === undefined ? {} : { headers: { authorization } }),
      }).then(async (far) => response.writeHead(far.status).end(await far.text()));
    });
    const paper = createPaper();
    assert.equal(await showStatus(createNotedHome(t, { url: relay.url }).settings, paper.print), 1);
    assert.match(paper.text(), /can’t prove/);
    // The same one, asked where it is, proves itself; with the number of another process, or an older key, it does not.
    assert.equal(await showStatus(createNotedHome(t, { url: real.base }).settings, createPaper().print), 0);
    assert.equal(await showStatus(createNotedHome(t, { url: real.base, pid: 1 }).settings, createPaper().print), 1);
    assert.equal(
      await showStatus(createNotedHome(t, { url: real.base, key: 'of-an-older-run' }).settings, createPaper().print),
      1,
    );
  });

  it('is named by the doctor, who then looks at the far sides himself', async (t) => {
    const stranger = await createStranger(t, (_, response) => response.end('{}'));
    const { config, home } = createNotedHome(t, { url: stranger.url });
    const paper = createPaper();
    assert.equal(await examine(config, home, {}, paper.print), 1);
    assert.match(paper.text(), /✗ What listens on .+ can’t prove/);
    assert.match(paper.text(), /No chat is set up/);
  });
});

describe('the note of an earlier version', () => {
  it('has no key: nothing is sent, and it is said what to do', async (t) => {
    const real = await openWeb();
    t.after(() => real.close());
    const { settings, home } = createNotedHome(t, {});
    writeFileSync(join(home, 'control.json'), JSON.stringify({ url: real.base, token, pid: process.pid }));
    const paper = createPaper();
    assert.equal(await showStatus(settings, paper.print), 1);
    assert.match(paper.text(), /of an earlier version: stop it and start it again/);
  });
});

describe('the running one', () => {
  it('is asked by requests that are signed; the token stays at home, and in a pipe out of sight', async (t) => {
    const web = await openWeb();
    t.after(() => web.close());
    web.door.put(sampleCard());
    const { settings } = createNotedHome(t, { url: web.base });
    const [screen, pipe] = [createPaper(true), createPaper()];
    assert.equal(await showStatus(settings, screen.print), 0);
    assert.ok(screen.text().includes(`Page: ${web.base}/?token=${token}`));
    assert.equal(await showStatus(settings, pipe.print), 0);
    assert.ok(!pipe.text().includes(token));
    assert.ok(pipe.text().includes(`Page: ${web.base}/ (npm run status in a terminal shows the link`));
    assert.equal(await decideOne(settings, 'reject', ['LINKEDIN_hiring.md', 'not', 'now'], pipe.print), 0);
    assert.deepEqual(
      web.door.taps.map(({ verb, text }) => [verb, text]),
      [['reject', 'not now']],
    );
  });
});
