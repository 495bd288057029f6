/** A mail that wants two answered and has others in copy, all the way: taken in, drafted, one tap, approved, left. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readHead } from '../../../src/watchers/gmail/read-head.ts';
import { readShape } from '../../../src/watchers/gmail/read-shape.ts';
import { toItem } from '../../../src/watchers/gmail/to-item.ts';
import { until } from '../../support/until.ts';
import { createChatWorld } from '../../support/chat-world.ts';
import { hasButton, keepsPromises, once } from './chat-steps.ts';

const account = 'you@example.com';
const header = [
  'From: Sara Malik <sara@client.example>',
  'Reply-To: Sara Malik <sara@client.example>, Team <team@elsewhere.example>',
  `To: ${account}, Omar <omar@client.example>`,
  'Cc: Lena <lena@other.example>',
  'Subject: Budget 2026',
  'Message-ID: <d11@client.example>',
];

describe('a mail with several people', () => {
  it('is answered to all of Reply-To, its card names the others, and one tap puts them in copy', async (t) => {
    const world = await createChatWorld(t, { holdSeconds: 0 });
    await world.listens();
    const mail = {
      uid: 1,
      emailId: '',
      at: new Date(2026, 10, 2, 10),
      flags: new Set<string>(),
      labels: new Set<string>(),
      head: await readHead(Buffer.from(header.map((line) => `${line}\r\n`).join(''))),
      shape: readShape({ type: 'text/plain' }),
      text: { text: 'Could you send it?', source: 'plain' as const, hidden: false, cut: false },
    };
    await world.workflow().takeIn(toItem(account, mail, { verdict: 'draft' }));
    const card = await once(world, 'the card', (message) => hasButton(message, 'Reply to all'));
    for (const words of [
      'To: sara@client.example, team@elsewhere.example',
      'In answer to: 2026-11-02 · sara@client.example · Budget 2026',
      'team@elsewhere.example',
      '2 more people of the message would not get this answer',
      'Omar <omar@client.example>',
      'Lena <lena@other.example>',
    ]) {
      assert.ok(card.text.includes(words), `${words} is missing in: ${card.text}`);
    }
    assert.match((await world.press(card, 'Reply to all')).text, /^In copy: 2 more\./);
    const copies = 'omar@client.example, lena@other.example';
    const next = await once(
      world,
      'them in copy',
      (message) => message.text.includes(`Cc: ${copies}`) && hasButton(message, 'Approve'),
    );
    assert.equal(hasButton(next, 'Reply to all'), false);
    assert.match(next.text, /\+ Cc: omar@client\.example\n\+ Cc: lena@other\.example/);
    await world.press(next, 'Approve');
    await world.press(await world.message('Really?'), 'Really?');
    await until(async () => {
      await world.pass(100);
      return world.mailer.effects.length === 1;
    }, 'it left');
    const [effect] = world.mailer.effects;
    assert.deepEqual(effect?.to, ['sara@client.example', 'team@elsewhere.example']);
    assert.deepEqual(effect.cc, copies.split(', '));
    await keepsPromises(world);
  });
});
