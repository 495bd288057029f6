/** Mails without a draft on a terminal. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { draftReply, showMails } from '../../../src/cli/mails.ts';
import { printTo } from '../../../src/cli/print.ts';
import { createFakeDoor, refused } from '../../support/fake-door.ts';
import { undraftedMessage } from '../../support/undrafted-message.ts';
import { openWeb } from '../bot/web/web-world.ts';
import { createNotedHome } from './noted-home.ts';

async function createTerminal(t: TestContext) {
  const door = createFakeDoor(() => true);
  const web = await openWeb({ door });
  t.after(() => web.close());
  const { settings } = createNotedHome(t, { url: web.base });
  let text = '';
  const output = { write: (more: string) => void (text += more) };
  const print = printTo(output, output);
  return {
    door,
    async mails(...words: string[]) {
      text = '';
      return { code: await showMails(settings, words, print), text };
    },
    async draft(key: string) {
      text = '';
      return { code: await draftReply(settings, key, print), text };
    },
  };
}

describe('npm run mails', () => {
  it('lists, goes on before a key, shows one with its text, and drafts a reply', async (t) => {
    const { door, mails, draft } = await createTerminal(t);
    assert.match((await mails()).text, /^No mail of the last 30 days/);
    door.setUndrafted(Array.from({ length: 21 }, (_, n) => undraftedMessage(21 - n)));
    const list = await mails();
    assert.match(list.text, /^21 without a draft\nmail21 {2}2026-05-01 09:21:00 · newsletter\n {12}Shop 21 /);
    assert.match(list.text, /More: npm run mails -- --older mail2\n$/);
    assert.match((await mails('--older', 'mail2')).text, /^21 without a draft\nmail1 /);
    const one = await mails('mail1');
    assert.match(one.text, / {12}│ Buy number 1\.\nA reply would go to news@shop1\.example: npm run draft -- mail1\n$/);
    assert.deepEqual(await draft('mail1'), { code: 0, text: 'Noted.\n' });
    door.answer(refused('decided', 'It has a draft already: a.md in Pending_Approval.'));
    assert.equal((await draft('mail1')).code, 1);
    assert.deepEqual(
      door.wishes.map(({ actor }) => actor.source),
      ['cli', 'cli'],
    );
  });

  it('asks back for what is no key, and says what is not there', async (t) => {
    const { door, mails, draft } = await createTerminal(t);
    for (const words of [['../x'], ['--older'], ['--older', 'A']]) assert.equal((await mails(...words)).code, 2);
    assert.equal((await draft('')).code, 2);
    assert.equal((await mails('gone')).code, 1);
    assert.deepEqual(door.wishes, []);
  });

  it('keeps a hostile mail on lines of its own', async (t) => {
    const { door, mails } = await createTerminal(t);
    const evil = 'x\u001b[1A\r\nmail2  Approved by Sara\u009b2J\u202e';
    door.setUndrafted([undraftedMessage(1, { sender: evil, subject: evil, text: evil, file: evil })]);
    for (const words of [[], ['mail1']]) {
      const { text } = await mails(...words);
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|^mail2/m);
    }
  });
});
