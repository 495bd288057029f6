import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { backoff } from '../../../src/lib/backoff.ts';
import { createKeyedLock } from '../../../src/lib/keyed-lock.ts';
import { silentLogger } from '../../../src/lib/logger.ts';
import { createMask } from '../../../src/lib/mask.ts';
import { keptSecret } from '../../../src/lib/private-file.ts';
import { createId, systemRandom, timeOfId } from '../../../src/lib/random.ts';
import { createStopList } from '../../../src/lib/stop-list.ts';
import {
  countHidden,
  cut,
  isolated,
  oneLine,
  spelledOut,
  strange,
  strangeParts,
  unmarked,
} from '../../../src/lib/words.ts';

describe('backoff', () => {
  it('doubles up to its cap, less up to a quarter', () => {
    assert.deepEqual(
      [1, 2, 3, 4, 40].map((n) => backoff(n, 1_000, 6_000, 0)),
      [1_000, 2_000, 4_000, 6_000, 6_000],
    );
    assert.equal(backoff(1, 1_000, 6_000, 1), 750);
  });
});

describe('the keyed lock', () => {
  it('runs one at a time per key, in order, and goes on after a failure', async () => {
    const lock = createKeyedLock();
    const seen: string[] = [];
    const work = (name: string) => async () => {
      seen.push(`${name} begins`);
      await new Promise((resolve) => setImmediate(resolve));
      seen.push(`${name} ends`);
      if (name === 'a') throw new Error('a failed');
    };
    const results = await Promise.allSettled([lock('k', work('a')), lock('k', work('b')), lock('other', work('c'))]);
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'fulfilled', 'fulfilled'],
    );
    assert.ok(seen.indexOf('b begins') > seen.indexOf('a ends'));
    assert.ok(seen.indexOf('c begins') < seen.indexOf('a ends'));
  });
});

describe('the mask', () => {
  it('hides secrets in every form they travel in', () => {
    const secret = 'p@ss "word"/+&=1';
    const mask = createMask([secret]);
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret),
      Buffer.from(secret).toString('base64'),
    ]) {
      const masked = mask(`before ${form} after`);
      assert.ok(!masked.includes(form.replace(/=+$/, '')), form);
      assert.match(masked, /^before .*\[secret\].* after$/);
    }
  });

  it('hides an app password with and without the spaces it is shown with', () => {
    const mask = createMask(['abcd efgh ijkl mnop']);
    assert.equal(mask('abcd efgh ijkl mnop abcdefghijklmnop'), '[secret] [secret]');
  });

  it('leaves short words alone', () => {
    assert.equal(createMask(['abc'])('abc abcdef'), 'abc abcdef');
  });
});

describe('strangers’ text on one line', () => {
  it('has no line breaks, no control signs and nothing that turns the writing', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.integer({ min: 2, max: 50 }), (text, limit) => {
        const line = oneLine(text, limit);
        assert.ok(line.length <= limit);
        const outside = line.replaceAll(/\u2068[^\u2066-\u2069]*\u2069/g, '');
        assert.doesNotMatch(outside, /[\p{Cc}\u202a-\u202e\u2066-\u2069]/u);
      }),
    );
  });

  it('holds nothing that turns the writing direction or that nobody sees, and keeps what emoji are made of', () => {
    const rightToLeftMark = '\u200f';
    assert.equal(oneLine(`in\u200bvo\u00adice ${rightToLeftMark}fdp.exe\u2069`, 50), 'invoice  fdp.exe');
    assert.equal(oneLine('\ufeff\u3164\u2060', 50), '');
    assert.equal(oneLine('👩‍👩‍👧 می‌خواهم', 50), '👩‍👩‍👧 می‌خواهم');
  });

  it('is kept apart when its letters run the other way', () => {
    assert.equal(isolated('Ada'), 'Ada');
    const ada = isolated('עדה 12');
    assert.equal(ada, '\u2068עדה 12\u2069');
    assert.equal(oneLine(`by ${ada} at 14:02`, 50), `by ${ada} at 14:02`, 'and stays so on a line');
    assert.equal(oneLine(`by ${ada} at 14:02`, 7), 'by \u2068ע…\u2069', 'also when it is cut');
    assert.equal(oneLine('a \u2069\u2068b \u2067c\u2068d\u2069', 50), 'a  b  c\u2068d\u2069');
  });

  it('counts hidden signs, and none in emoji, flags and scripts that are made with joiners', () => {
    for (const honest of [
      '👩‍👩‍👧 ❤️ 👍🏽',
      '🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}',
      'می‌خواهم',
      'क्‍ष',
      'שלום',
    ]) {
      assert.equal(countHidden(honest), 0, honest);
    }
    assert.equal(countHidden('pay\u202e001\u202c to me'), 2);
    assert.equal(countHidden('a\u200bb\ufeff c\u{e0041}'), 3);
    assert.equal(countHidden(' \u200d\u200d'), 2);
  });

  it('is told from our words, and can neither end where it ends nor begin anew', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), fc.integer({ min: 4, max: 60 }), (text, limit) => {
        const sentence = `The file “${strange(`x${text}`, 30)}” is not here.`;
        const parts = strangeParts(sentence);
        assert.deepEqual(
          parts.map(({ kind }) => kind),
          ['ours', 'strange', 'ours'],
        );
        assert.deepEqual([parts[0]?.text, parts[2]?.text], ['The file “', '” is not here.']);
        assert.equal(unmarked(sentence), parts.map((part) => part.text).join(''));
        // Cut anywhere, it stays strange up to there, and nothing behind it is taken for it.
        const after = strangeParts(`${cut(sentence, limit)} And so on.`);
        assert.ok(cut(sentence, limit).length <= limit);
        assert.ok(after.at(-1)?.kind === 'ours' && after.at(-1)?.text.endsWith(' And so on.') === true);
        for (const { kind, text: part } of after) if (kind === 'ours') assert.doesNotMatch(part, /x/);
      }),
    );
    assert.deepEqual(strangeParts('by \u2068evil.example'), [
      { kind: 'ours', text: 'by ' },
      { kind: 'strange', text: 'evil.example' },
    ]);
    assert.equal(strange(' \u2069 ', 10), '', 'nothing is nothing');
  });

  it('is whole where signs nobody sees are named', () => {
    assert.equal(spelledOut('pay\u202e001\u202c', 'line'), 'pay‹U+202E›001‹U+202C›');
    assert.equal(spelledOut('a\tb\nc\u0000', 'lines'), 'a\tb\nc‹U+0000›');
    assert.equal(spelledOut('a\tb\nc', 'line'), 'a‹U+0009›b‹U+000A›c');
    assert.equal(spelledOut('\u{e0041}👩‍👩‍👧 שלום', 'line'), '‹U+E0041›👩‍👩‍👧 שלום');
    assert.equal(countHidden('a\tb\n\u2028\u0007'), 2);
  });

  it('is never cut inside a sign', () => {
    assert.equal(cut('👍👍👍', 4), '👍…');
  });
});

describe('ids', () => {
  it('sort by time and tell it', () => {
    const early = createId(new Date('2026-01-01T00:00:00Z'), systemRandom);
    const late = createId(new Date('2026-01-01T00:00:01Z'), systemRandom);
    assert.ok(early < late);
    assert.deepEqual(timeOfId(late), new Date('2026-01-01T00:00:01Z'));
    assert.equal(timeOfId('../../etc'), undefined);
  });
});

describe('a kept secret', () => {
  it('is made once, for its owner alone', () => {
    const folder = mkdtempSync(join(tmpdir(), 'countersign-secret-'));
    try {
      const path = join(folder, 'deep', 'token');
      assert.equal(
        keptSecret(path, () => 'first'),
        'first',
      );
      assert.equal(
        keptSecret(path, () => 'second'),
        'first',
      );
      assert.equal(readFileSync(path, 'utf8'), 'first\n');
      if (process.platform !== 'win32') assert.equal(statSync(path).mode & 0o777, 0o600);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

describe('the stop list', () => {
  it('stops in reverse order and goes on past what hangs or fails', async () => {
    const list = createStopList(silentLogger, 20);
    const stopped: string[] = [];
    list.add('first', () => void stopped.push('first'));
    list.add('hangs', () => new Promise(() => undefined));
    list.add('fails', () => {
      throw new Error('no');
    });
    list.add('last', async () => void stopped.push('last'));
    await list.stopAll();
    assert.deepEqual(stopped, ['last', 'first']);
  });
});
