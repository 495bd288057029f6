import assert from 'node:assert/strict';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { png } from '../support/pictures.ts';
import { createProductWorld } from '../support/product-world.ts';
import { until } from '../support/until.ts';

const name = 'EMAIL_menu.md';
const letter = `---
type: email
action: send
to: ann@example.com
subject: The menu
attachments: menu.png
---

## Email Body

Dear Ann, here is the menu.
`;

describe('a mail with a picture', () => {
  it(
    'shows it, takes a better one by photo, over a restart, and sends exactly that',
    { timeout: 120_000 },
    async (t) => {
      const world = await createProductWorld(t, { holdSeconds: 0 });
      const [old, better] = [png(640, 480, 10), png(800, 600, 20)];
      const folder = join(world.vaultPath, 'Pending_Approval');
      mkdirSync(folder, { recursive: true });
      writeFileSync(join(folder, 'menu.png'), old);
      world.drop(`Pending_Approval/${name}`, letter);
      const card = await world.message('here is the menu', 'Approve');
      assert.deepEqual(card.file?.bytes, old, 'the picture is the card');

      world.owner.sendFile({ bytes: better, as: 'photo', caption: 'Dear Ann, the new menu.', replyTo: card.id });
      const changed = await world.message('Dear Ann, the new menu.', 'Approve');
      assert.equal(changed.id, card.id);
      assert.deepEqual(changed.file?.bytes, better);
      await world.stop();
      await world.start();

      // The first mail to an address asks once more.
      world.owner.tap(changed.id, { label: 'Approve' });
      const sure = await world.message('the new menu', 'Really');
      world.owner.tap(sure.id, { label: 'Really' });
      const [sent] = await until(
        () => (world.mail.sent().length > 0 ? world.mail.sent() : undefined),
        'it left',
        30_000,
      );
      const raw = (sent?.raw ?? '').replaceAll(/\r?\n/g, '');
      assert.ok(raw.includes(better.toString('base64')), 'with the new picture');
      assert.ok(!raw.includes(old.toString('base64').slice(0, 200)), 'and not with the old one');
      await world.file('Done', name);
      assert.equal(
        readdirSync(folder).filter((file) => file.endsWith('.png')).length,
        2,
        'the old picture is still there',
      );
      const said = [...world.logs(), world.output()].join('\n');
      assert.ok(!said.includes('/file/bot') && !said.includes(world.telegram.token));
    },
  );
});
