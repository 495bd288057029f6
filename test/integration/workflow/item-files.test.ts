/** The files that items become: whatever strangers write, nothing of it comes alive where people read them. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { assert as hold, asyncProperty, record } from 'fast-check';
import type { Item } from '../../../src/domain/item.ts';
import { itemOf as dropItem } from '../../../src/watchers/folder/item.ts';
import { readHead } from '../../../src/watchers/gmail/read-head.ts';
import { readShape } from '../../../src/watchers/gmail/read-shape.ts';
import { toItem } from '../../../src/watchers/gmail/to-item.ts';
import { itemOf as scheduleItem } from '../../../src/watchers/schedule/item.ts';
import { createWorld } from '../../support/workflow-world.ts';
import { alive } from '../../support/markdown-alive.ts';
import { hostileLine, hostileText } from '../../support/hostile-text.ts';

const account = 'owner@sandbox.example';
const at = new Date('2026-11-02T10:00:00Z');

/** Headers take any letters in this form. */
const encoded = (text: string): string => `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;

async function mailItem(text: Readonly<Record<'name' | 'subject' | 'body' | 'file' | 'type', string>>): Promise<Item> {
  const header = `From: ${encoded(text.name)} <a@b.example>\r\nReply-To: ${encoded(text.name)} <c@xn--mnchen-3ya.example>\r\nTo: ${account}\r\nCc: ${encoded(text.subject)} <d@e.example>\r\nSubject: ${encoded(text.subject)}\r\nMessage-ID: <1@c.example>\r\n`;
  const mail = {
    uid: 1,
    emailId: '',
    at,
    flags: new Set<string>(),
    labels: new Set<string>(),
    head: await readHead(Buffer.from(header)),
    shape: {
      ...readShape({ type: 'text/plain' }),
      attachments: [{ name: text.file, type: text.type, bytes: 9 }],
    },
    text: { text: text.body, source: 'plain' as const, hidden: true, cut: false },
  };
  return toItem(account, mail, { verdict: 'notify', rule: 'list', why: 'it comes from a mailing list' });
}

/** Takes an item in and gives the files it became. */
async function createFiles(t: TestContext) {
  const world = await createWorld(t);
  let count = 0;
  return async (item: Item): Promise<string> => {
    count += 1;
    const before = new Set(world.list('Needs_Action'));
    await world.workflow().takeIn({ ...item, key: `${count}` });
    const name = world.list('Needs_Action').find((one) => !before.has(one));
    return name === undefined ? '' : world.read(`Needs_Action/${name}`);
  };
}

describe('the file of an item', () => {
  it('of a mail is text, whatever its names, subject, text and attachments are', async (t) => {
    const fileOf = await createFiles(t);
    const mails = record({
      name: hostileLine,
      subject: hostileLine,
      body: hostileText,
      file: hostileLine,
      type: hostileLine,
    });
    await hold(
      asyncProperty(mails, async (mail) => assert.deepEqual(alive(await fileOf(await mailItem(mail))), [])),
      { numRuns: 60 },
    );
    const plain = await fileOf(
      await mailItem({ name: 'Sara', subject: 'Budget', body: 'Hello', file: 'a.pdf', type: 'application/pdf' }),
    );
    assert.match(plain, /^# `Mail from Sara: Budget`$/m);
    assert.match(plain, /^> No draft was written: it comes from a mailing list$/m);
    assert.match(
      plain,
      /^## Text\n\n```text\nHello\n```\n\n## Attachments\n\n```text\na\.pdf, application\/pdf, 1 kB\n```$/m,
    );
  });

  it('of a dropped file is text, whatever its name and its content are', async (t) => {
    const fileOf = await createFiles(t);
    const drops = record({ name: hostileLine, text: hostileText });
    await hold(
      asyncProperty(drops, async ({ name, text }) => {
        const drop = { name, path: '/x', bytes: 9, modifiedAt: at, key: 'k' };
        for (const content of [text, undefined]) {
          assert.deepEqual(alive(await fileOf(dropItem({ ...drop, text: content }, name))), []);
        }
      }),
      { numRuns: 30 },
    );
  });

  it('is text whatever a watcher calls it, and whatever it says about why there is no draft', async (t) => {
    const fileOf = await createFiles(t);
    const entry = { cron: '*/5 * * * *', timezone: '', template: 'x' };
    const tick = scheduleItem('a `b` ![x](https://y.example).md', entry, at);
    assert.deepEqual(alive(tick.body), []);
    for (const words of ['![x](https://y.example)', '<img src=x>', '# <% x %>', '`$= x()`', '*stranger* [[x]] $y$']) {
      const file = await fileOf({ ...tick, title: words, draftable: { kind: 'none', why: words } });
      assert.deepEqual(alive(file), [], file);
    }
  });
});
