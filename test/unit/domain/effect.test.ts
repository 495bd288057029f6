import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { canonicalEffect, emptyEffect, normaliseText } from '../../../src/domain/effect.ts';
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

  it('does not change with line ends, composed signs, white space at the end or the name of a picture', () => {
    const media = { sha256: 'f'.repeat(64), bytes: 1, type: 'image/png' };
    const one = { ...emptyEffect, text: 'caf\u00e9\nline', media: [{ ...media, path: 'a.png' }] };
    const other = { ...emptyEffect, text: 'cafe\u0301\r\nline \n\n', media: [{ ...media, path: 'b/c.png' }] };
    assert.equal(canonicalEffect(one), canonicalEffect(other));
  });
});
