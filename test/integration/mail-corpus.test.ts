/** Every mail of a held-out corpus becomes an item, none of them breaks anything, and no bounce gets a draft. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { mailAccount, createDovecotMailWorld } from '../support/mail-worlds.ts';
import { findDovecot } from '../support/dovecot.ts';
import { until } from '../support/until.ts';

const corpus = fileURLToPath(new URL('../../../shared/corpus/mail/files', import.meta.url));

describe('mail corpus', () => {
  it('gives an item per mail and no draft for a bounce', { timeout: 300_000 }, async (t) => {
    const program = findDovecot();
    if (program === undefined) return t.skip('SKIPPED: no dovecot');
    if (!existsSync(corpus)) {
      assert.equal(process.env['CI'], undefined, 'the corpus must be there in CI');
      return t.skip('SKIPPED: no mail corpus');
    }
    const names = (await readdir(corpus, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    const world = await createDovecotMailWorld(program);
    try {
      await world.watcher().start();
      await until(() => world.watcher().health().standing === 'well', 'the watcher is well');
      await world.watcher().stop();
      await world.dovecot.drop(mailAccount.email, await Promise.all(names.map((name) => readFile(name))));
      await world.restart();
      await world.watcher().start();
      await until(() => world.taken().length >= names.length - expectedDropped, 'all mails are read', 240_000);
      await world.watcher().check();
      const items = world.taken();
      t.diagnostic(`${names.length} mails, ${items.length} items, ${items.filter(isDraft).length} drafts`);
      assert.deepEqual(
        items.filter(({ title }) => title === 'A mail could not be parsed'),
        [],
      );
      const unread = items.filter(({ body }) => body.includes('HTML that could not be read'));
      assert.deepEqual(
        unread.map(({ title }) => title),
        [],
      );
      for (const item of items) {
        assert.ok(item.body.length < 200_000);
        assert.ok(!/[\u0000-\u0008\u000b-\u001f\u007f\u202a-\u202e]/.test(item.body + item.title), item.title);
      }
      const bounces = items.filter(({ title }) => /mailer-daemon|mail delivery (?:sub)?system|postmaster/i.test(title));
      assert.ok(bounces.length > 20, `only ${bounces.length} bounces in the corpus`);
      const drafted = bounces.filter(isDraft).map(({ title }) => title);
      assert.deepEqual(drafted, []);
    } finally {
      await world.watcher().stop();
      await world.close();
    }
  });
});

/** Some of the mails are marked as spam, and some are there twice. */
const expectedDropped = 40;

const isDraft = (item: { readonly draftable: { readonly kind: string } }): boolean => item.draftable.kind === 'reply';
