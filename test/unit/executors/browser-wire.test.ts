import assert from 'node:assert/strict';
import { connect, createServer } from 'node:net';
import { once } from 'node:events';
import { after, before, describe, it } from 'node:test';
import { openWire } from '../../../src/executors/browser-wire.ts';
import { until } from '../../support/until.ts';
import type { AddressInfo, Socket } from 'node:net';
import type { Wire } from '../../../src/executors/browser-wire.ts';

describe('the wire of a browser', () => {
  const arrived: Socket[] = [];
  const site = createServer((socket) => {
    socket.on('error', () => undefined);
    arrived.push(socket);
  });
  let host = '';
  before(async () => {
    site.listen(0, '127.0.0.1');
    await once(site, 'listening');
    host = `127.0.0.1:${(site.address() as AddressInfo).port}`;
  });
  after(() => {
    for (const socket of arrived) socket.destroy();
    site.close();
  });

  /** Opens a tunnel as a browser does; `answer` is empty when it was refused. */
  const open = async (wire: Wire, to: string) => {
    const client = connect(Number(new URL(wire.url).port), '127.0.0.1');
    client.on('error', () => undefined);
    client.write(`CONNECT ${to} HTTP/1.1\r\nHost: ${to}\r\n\r\n`);
    const answer = await Promise.race([
      once(client, 'data').then(([bytes]) => String(bytes)),
      once(client, 'close').then(() => ''),
    ]);
    return { client, answer };
  };

  it('lets a browser through', async () => {
    const wire = await openWire(`http://${host}`, true);
    const { client, answer } = await open(wire, host);
    assert.match(answer, /^HTTP\/1\.1 200/);
    const far = arrived.at(-1);
    client.write('ping');
    assert.ok(far);
    assert.equal(String((await once(far, 'data'))[0]), 'ping');
    await wire.close();
  });

  it('refuses every other host when only the site is allowed', async () => {
    const wire = await openWire(`http://${host}`, true);
    assert.equal((await open(wire, '127.0.0.1:9')).answer, '');
    assert.equal((await open(wire, 'example.com:443')).answer, '');
    await wire.close();
  });

  it('shuts when a guarded connection breaks: no second one reaches the site', async () => {
    const wire = await openWire(`http://${host}`, true);
    const first = await open(wire, host);
    const firstFar = arrived.at(-1);
    const second = await open(wire, host);
    const secondFar = arrived.at(-1);
    let late = '';
    secondFar?.on('data', (bytes) => {
      late += String(bytes);
    });
    wire.guard();
    firstFar?.destroy();
    // As Chromium does: the very moment a connection is gone, the next idle one is used.
    await once(first.client, 'close');
    second.client.write('again');
    await until(() => secondFar?.destroyed, 'the other connection is gone');
    assert.equal(late, '');
    assert.equal((await open(wire, host)).answer, '');
    wire.release();
    assert.match((await open(wire, host)).answer, /200/);
    await wire.close();
  });

  it('leaves other connections alone while nothing is guarded', async () => {
    const wire = await openWire(`http://${host}`, true);
    const first = await open(wire, host);
    arrived.at(-1)?.destroy();
    await once(first.client, 'close');
    assert.match((await open(wire, host)).answer, /200/);
    await wire.close();
  });
});
