import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { kindWords, undraftedLine, whyWords } from '../../../src/domain/undrafted.ts';
import { whyNoDraft } from '../../../src/domain/why-no-draft.ts';

const line = (counts: Readonly<Record<string, number>>): string =>
  undraftedLine(Object.entries(counts).map(([why, count]) => ({ why, count })));

describe('the words for mails without a draft', () => {
  it('count by reason, the most frequent first', () => {
    assert.equal(
      line({ nobody_reads: 2, newsletter: 9, unreadable: 1 }),
      '12 mails without a draft: 9 newsletters, 2 no-reply, 1 I could not read',
    );
  });

  it('say one of a kind as one', () => {
    assert.equal(line({ invitation: 1 }), '1 mail without a draft: 1 invitation');
    assert.equal(line({ newsletter: 1, list: 1 }), '2 mails without a draft: 1 newsletter, 1 from a mailing list');
  });

  it('always name what could not be read, however many other reasons there are', () => {
    const all = Object.fromEntries(Object.keys(whyNoDraft).map((why, at) => [why, 20 - at]));
    const words = line({ ...all, unreadable: 1 });
    assert.match(words, /, \d+ for other reasons, 1 I could not read$/);
    assert.ok(words.length < 250, words);
  });

  it('add up to what is said', () => {
    const words = line(Object.fromEntries(Object.keys(whyNoDraft).map((why, at) => [why, at + 1])));
    const [total = 0, ...parts] = (words.match(/(?<=^|: |, )\d+/g) ?? []).map(Number);
    assert.equal(
      parts.reduce((sum, one) => sum + one, 0),
      total,
      words,
    );
  });

  it('are there for every reason, and for one of another version', () => {
    for (const why of Object.keys(whyNoDraft)) {
      assert.notEqual(kindWords(why), kindWords('another'), why);
      assert.notEqual(whyWords(why), whyWords('another'), why);
    }
    assert.equal(line({ another: 3 }), '3 mails without a draft: 3 for other reasons');
    assert.equal(whyWords('toString'), whyWords('another'));
  });
});
