/** The tables of docs/mail.md about mail that comes in, each row a mail that a real server hands out. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Item } from '../../src/domain/item.ts';
import { findDovecot } from '../support/dovecot.ts';
import { createDovecotMailWorld, createSandboxMailWorld, mailAccount } from '../support/mail-worlds.ts';
import { partsOf, rawMail, type RawPart } from '../support/raw-mails.ts';
import { tableUnder } from '../support/tables.ts';
import { until } from '../support/until.ts';
import type { WatcherWorld } from '../contract/watcher.contract.ts';

const page = readFileSync(new URL('../../docs/mail.md', import.meta.url), 'utf8');
const bare = (cell: string): string => cell.replaceAll('⏎', '\n').replace(/^`([^`]*)`$/, '$1');

type Case = { readonly title: string; readonly raw: string; check(item: Item | undefined): void };

const replyOf = (item: Item | undefined) => {
  const { draftable } = item ?? assert.fail('the mail was left aside');
  return draftable.kind === 'reply' ? draftable.reply : assert.fail(JSON.stringify(draftable));
};

const cases: Case[] = [];
const add = (title: string, headers: readonly string[], part: RawPart, check: Case['check']): void => {
  const id = `case-${cases.length}-x`;
  const own = headers.some((line) => /^subject:/i.test(line))
    ? headers
    : [...headers, `Subject: ${title.slice(0, 40)}`];
  cases.push({ title, raw: rawMail(id, part, own), check });
};

for (const [words = '', read = ''] of tableUnder(page, 'What is read of a mail', 15)) {
  add(words, ['Subject: Parts'], partsOf(words), (item) => {
    if (read === 'nothing') assert.match(item?.body ?? '', /The mail has no text\./);
    else assert.equal(replyOf(item).original, read);
  });
}

for (const [html = '', read = ''] of tableUnder(page, 'What is read of HTML', 14)) {
  const [text, hidden] = read.split(', and something was ');
  add(bare(html), ['Subject: HTML'], partsOf(`HTML “${bare(html)}”`), (item) => {
    assert.equal(replyOf(item).original, text);
    assert.equal(item?.incoming?.cautions.length, hidden === undefined ? 0 : 1);
  });
}

for (const [said = '', bytes = '', read = ''] of tableUnder(page, 'Which signs are read', 14)) {
  const body = bare(bytes);
  const type = body.startsWith('<') ? 'text/html' : 'text/plain';
  const charset = said === '-' ? '' : `; charset=${bare(said)}`;
  const headers = [`Content-Type: ${type}${charset}`, 'Content-Transfer-Encoding: quoted-printable'];
  add(`${said} ${bytes}`, ['Subject: Signs'], { headers, body }, (item) => assert.equal(replyOf(item).original, read));
}

const becomes = (item: Item | undefined, what: string): void => {
  if (what === 'left aside') return assert.equal(item, undefined);
  const [, why] = /^no draft: (.*)$/.exec(what) ?? [];
  if (why !== undefined) return assert.equal(item?.draftable.kind === 'none' && item.draftable.why, why);
  const { to } = replyOf(item);
  if (what === 'a draft') return;
  const answered = to.map(({ address }) => address.replace(/-case-\d+-x/, ''));
  assert.equal(what, `answered to ${answered.join(', ')}`);
};

const hello = partsOf('text “Could you send an offer?”');
for (const [headers = '', what = ''] of tableUnder(page, 'Which mails get a draft', 25)) {
  add(headers, headers.split(' · ').map(bare), hello, (item) => becomes(item, what));
}
for (const [words = '', what = ''] of tableUnder(page, 'By what is in it', 9)) {
  add(words, ['Subject: Inside'], partsOf(bare(words)), (item) => becomes(item, what));
}
for (const [subject = '', answer = ''] of tableUnder(page, 'What an answer is called', 10)) {
  add(subject, [`Subject: ${bare(subject)}`], hello, (item) => assert.equal(replyOf(item).subject, bare(answer)));
}

function readsAll(title: string, open: () => Promise<Opened>): void {
  describe(title, () => {
    let opened: Opened | undefined;
    const items = new Map<number, Item>();
    before(async () => {
      opened = await open();
      const { world, deliver } = opened;
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
      for (const { raw } of cases) await deliver(raw);
      await deliver(rawMail('the-last', hello));
      await until(
        async () => {
          await world.watcher().check();
          return world.taken().some((item) => idOf(item) === 'the-last');
        },
        'the last mail',
        60_000,
      );
      for (const item of world.taken()) items.set(Number(/^case-(\d+)-x$/.exec(idOf(item))?.[1] ?? -1), item);
    });
    after(async () => {
      await opened?.world.watcher().stop();
      await opened?.world.close();
    });
    for (const [index, { title, check }] of cases.entries()) {
      it(title.replaceAll('\n', ' ⏎ '), () => check(items.get(index)));
    }
  });
}

type Opened = { readonly world: WatcherWorld; deliver(raw: string): Promise<void> };

const idOf = (item: Item): string =>
  /^<(.*)@client\.example>$/.exec(new Map(item.fields).get('message_id') ?? '')?.[1] ?? '';

readsAll('a mail from the stand-in', async () => {
  const world = await createSandboxMailWorld();
  return { world, deliver: async (raw) => void (await world.standIn.deliver(raw)) };
});

const dovecot = findDovecot();
if (dovecot === undefined) it('a mail from Dovecot', (t) => t.skip('SKIPPED: no dovecot'));
else {
  readsAll('a mail from Dovecot', async () => {
    const world = await createDovecotMailWorld(dovecot);
    return { world, deliver: (raw) => world.dovecot.deliver(mailAccount.email, raw) };
  });
}
