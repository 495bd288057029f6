/** A newsletter from a mail server to a drafted reply: what the watcher read is all that the answer needs. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { createMailStandIn } from '../../sandbox/mail/index.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/logger.ts';
import { systemRandom } from '../../src/lib/random.ts';
import { createGmailWatcher } from '../../src/watchers/gmail/index.ts';
import { createMemoryCursor } from '../contract/watcher.contract.ts';
import { dovecotPassword, findDovecot, startDovecot } from '../support/dovecot.ts';
import { mailAccount } from '../support/mail-worlds.ts';
import { until } from '../support/until.ts';
import { createWorld, sara } from '../support/workflow-world.ts';

type Server = {
  readonly host: string;
  readonly port: number;
  readonly password: string;
  deliver(mail: string): Promise<unknown>;
};

async function standIn(t: TestContext): Promise<Server> {
  const server = await createMailStandIn({ ...mailAccount, clock: systemClock });
  t.after(() => server.stop());
  return { ...server.imap, password: mailAccount.password, deliver: (mail) => server.deliver(mail) };
}

async function dovecot(t: TestContext, program: string): Promise<Server> {
  const server = await startDovecot(program);
  t.after(() => server.stop());
  const { host, port } = server;
  return { host, port, password: dovecotPassword, deliver: (mail) => server.deliver(mailAccount.email, mail) };
}

const mailOf = (name: string, headers: readonly string[], body: readonly string[]): string =>
  [
    ...headers,
    `To: ${mailAccount.email}`,
    `Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?= ${name}`,
    `Message-ID: <${name}@shop.example>`,
    'References: <one@shop.example>',
    ' <two@shop.example>',
    'Date: Mon, 02 Nov 2026 10:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    ...body,
    '',
  ].join('\r\n');

const body = ['Hello,', '', '```', 'half price <% until %> Friday', '```', '', 'Sara'];

const program = findDovecot();
const servers: readonly (readonly [string, (t: TestContext) => Promise<Server>, string | false])[] = [
  ['the stand-in', standIn, false],
  ['Dovecot', (t) => dovecot(t, program ?? ''), program === undefined ? 'SKIPPED: no dovecot' : false],
];

for (const [name, open, skip] of servers) {
  describe(`mails without a draft, from ${name}`, { skip }, () => {
    it('are listed with their reasons, and the draft that is wished for answers them in their thread', async (t) => {
      const server = await open(t);
      const world = await createWorld(t);
      const { host, port, password } = server;
      const watcher = createGmailWatcher({
        config: { email: mailAccount.email, password, host, port, secure: false, checkIntervalSeconds: 120 },
        cursor: createMemoryCursor(),
        conversations: world.workflow().conversations,
        takeIn: (item) => world.workflow().takeIn(item),
        clock: systemClock,
        random: systemRandom,
        logger: silentLogger,
      });
      t.after(() => watcher.stop());
      await watcher.start();
      await until(() => watcher.health().standing === 'well', 'the watcher is well');
      const shop = 'From: Sara Malik <sara@shop.example>';
      await server.deliver(mailOf('news', [shop, 'List-Unsubscribe: <https://shop.example/u>'], body));
      await server.deliver(mailOf('bill', ['From: no-reply@shop.example'], body));
      await server.deliver(mailOf('question', [shop], body));
      await until(async () => {
        await watcher.check();
        return world.list('Needs_Action').length >= 3;
      }, 'all three are taken in');

      const { messages, total } = await world.door().undrafted({}, 9);
      assert.deepEqual([total, messages.map(({ kind }) => kind)], [2, ['no-reply', 'newsletter']]);
      const news = messages.find(({ kind }) => kind === 'newsletter') ?? assert.fail();
      const shown = await world.door().undraftedMessage(news.key);
      assert.equal(shown?.text, body.join('\n').replace('<%', '< %'));
      assert.equal(shown.subject, 'Grüße news');

      const usual = world.list('Pending_Approval')[0] ?? assert.fail('the question has no draft');
      assert.equal((await world.door().draftReply(sara, news.key)).kind, 'accepted');
      const wished = world.list('Pending_Approval').find((one) => one !== usual) ?? assert.fail('there is no draft');
      // The same mail but for its name, its id and the sign of a newsletter: the same draft.
      const draft = (file: string, mail: string) => world.read(`Pending_Approval/${file}`).replaceAll(mail, 'x');
      assert.equal(draft(wished, 'news'), draft(usual, 'question'));
      assert.match(draft(wished, 'news'), /^references: "<one@shop\.example> <two@shop\.example> <x@shop\.example>"$/m);
    });
  });
}
