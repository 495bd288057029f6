import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { canonicalEffect, emptyEffect, likenessOf, normaliseText } from '../../../src/domain/effect.ts';
import type { Effect } from '../../../src/domain/effect.ts';

const texts = fc.string({ unit: 'grapheme', maxLength: 30 });
const effects: fc.Arbitrary<Effect> = fc.record({
  platform: texts,
  action: texts,
  account: texts.map((text) => text.toLowerCase()),
  text: texts.map(normaliseText),
  subject: texts.map(normaliseText),
  to: fc.array(
    texts.map((text) => text.trim().toLowerCase()),
    { maxLength: 3 },
  ),
  cc: fc.array(
    texts.map((text) => text.trim().toLowerCase()),
    { maxLength: 3 },
  ),
  bcc: fc.array(
    texts.map((text) => text.trim().toLowerCase()),
    { maxLength: 3 },
  ),
  thread: fc.option(fc.record({ inReplyTo: texts, references: fc.array(texts, { maxLength: 3 }) }), { nil: undefined }),
  target: texts,
  media: fc.constant([]),
  schedule: texts,
});

const picture = { path: 'a.png', name: 'a.png', sha256: 'f'.repeat(64), bytes: 1, type: 'image/png' };

describe('the canonical effect', () => {
  it('is the same exactly when what would leave is the same', () => {
    fc.assert(
      fc.property(effects, effects, (a, b) => {
        // A thread without any id is no thread.
        const same =
          JSON.stringify({ ...a, thread: a.thread ?? { inReplyTo: '', references: [] } }) ===
          JSON.stringify({ ...b, thread: b.thread ?? { inReplyTo: '', references: [] } });
        assert.equal(canonicalEffect(a) === canonicalEffect(b), same);
      }),
    );
  });

  it('can’t be forged by a text that looks like another field', () => {
    const a = canonicalEffect({ ...emptyEffect, text: 'hello', subject: '' });
    const b = canonicalEffect({ ...emptyEffect, text: '', subject: 'hello' });
    const c = canonicalEffect({ ...emptyEffect, to: ['a', 'b'] });
    const d = canonicalEffect({ ...emptyEffect, to: ['a'], cc: ['b'] });
    assert.equal(new Set([a, b, c, d]).size, 4);
  });

  it('does not change with line ends, composed signs, white space at the end or the place of a file', () => {
    const one = { ...emptyEffect, text: 'caf\u00e9\nline', media: [{ ...picture, path: 'a.png' }] };
    const other = { ...emptyEffect, text: 'cafe\u0301\r\nline \n\n', media: [{ ...picture, path: 'b/c.png' }] };
    assert.equal(canonicalEffect(one), canonicalEffect(other));
  });

  it('changes with what a recipient sees of a file: its name and its type', () => {
    const effect = { ...emptyEffect, media: [picture] };
    for (const change of [{ name: 'invoice.png' }, { type: 'application/pdf' }, { sha256: '0'.repeat(64) }]) {
      const other = { ...emptyEffect, media: [{ ...picture, ...change }] };
      assert.notEqual(canonicalEffect(effect), canonicalEffect(other), JSON.stringify(change));
    }
  });

  it('is what it was before names counted where there is no file, so that an update asks nothing anew', () => {
    fc.assert(fc.property(effects, (effect) => assert.equal(canonicalEffect(effect), canonicalEffect(effect, 1))));
    const effect = { ...emptyEffect, media: [picture] };
    assert.notEqual(canonicalEffect(effect), canonicalEffect(effect, 1));
  });
});

describe('the likeness of effects', () => {
  const mail: Effect = {
    ...emptyEffect,
    platform: 'mail',
    action: 'send',
    account: 'us@example.com',
    to: ['Sara <sara@client.example>'],
    cc: ['omar@client.example'],
    subject: 'Your offer',
    text: 'The price is 400.\n\nKind regards',
    media: [picture],
  };
  const isAlike = (change: Partial<Effect>) => likenessOf(mail) === likenessOf({ ...mail, ...change });

  it('is the same whatever does not change what it does to people', () => {
    const changes: readonly Partial<Effect>[] = [
      { action: 'reply', thread: { inReplyTo: '<1@client.example>', references: ['<1@client.example>'] } },
      { schedule: '2031-01-01T09:00:00.000Z' },
      { to: ['omar@client.example', 'SARA@client.example'], cc: [] },
      { to: [], cc: ['sara@client.example'], bcc: [' omar@client.example '] },
      { to: ['Sara Client <sara@client.example>', 'sara@client.example'] },
      { account: 'Us@Example.com' },
      { subject: 'Re: Your  offer' },
      { subject: 'AW: RE: your offer' },
      { text: 'The price is 400.\r\nKind regards  \n' },
      { media: [{ ...picture, name: 'offer.png', path: 'elsewhere/offer.png', type: 'image/x-png' }] },
    ];
    for (const change of changes) assert.ok(isAlike(change), JSON.stringify(change));
  });

  it('is another one for other people, words, files, places or accounts', () => {
    const changes: readonly Partial<Effect>[] = [
      { to: ['sara@other.example'] },
      { bcc: ['lena@client.example'] },
      { text: 'The price is 900.\n\nKind regards' },
      { subject: 'Your invoice' },
      { media: [] },
      { media: [{ ...picture, sha256: '0'.repeat(64) }] },
      { media: [picture, picture] },
      { account: 'other@example.com' },
      { platform: 'site' },
      { target: 'https://site.example/post/1' },
    ];
    for (const change of changes) assert.ok(!isAlike(change), JSON.stringify(change));
  });
});
