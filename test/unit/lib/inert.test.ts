import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as hold, property } from 'fast-check';
import { parse } from 'yaml';
import { inertBlock, inertSentence, inertValue, inertWords } from '../../../src/lib/inert.ts';
import { oneLine, strange } from '../../../src/lib/words.ts';
import { alive } from '../../support/markdown-alive.ts';
import { hostileLine, hostileText } from '../../support/hostile-text.ts';

describe('strangers’ text in a Markdown file of ours', () => {
  it('is known to be alive by the rules these tests go by', () => {
    const known = [
      '![stranger](https://stranger.example/pixel.png)',
      '![[stranger.png]]',
      '[[stranger]]',
      '<iframe src="https://stranger.example"></iframe>',
      '<!-- stranger -->',
      '# stranger',
      '```dataviewjs stranger',
      '`$= stranger()`',
      '<%* await stranger() %>',
      '{{stranger}}',
      '#stranger',
      'write to a@stranger.example',
    ];
    for (const line of known) {
      assert.notDeepEqual(alive(line), [], line);
      assert.notDeepEqual(alive(`\`\`\`\nx\n\`\`\`\n${line}`), [], line);
    }
  });

  it('comes to nothing as a block, and nothing ends the block', () => {
    hold(
      property(hostileText, (text) => {
        const block = inertBlock(text);
        assert.deepEqual(alive(block), []);
        const inside = block.split('\n').slice(1, -1).join('\n');
        assert.equal(inside.replaceAll('< %', '<%'), text.replaceAll('< %', '<%'));
      }),
    );
  });

  it('comes to nothing as code within a line', () => {
    hold(
      property(hostileLine, (text) => {
        const words = inertWords(text, 200);
        assert.deepEqual(alive(words), []);
        assert.doesNotMatch(words, /\n/);
      }),
    );
    assert.equal(inertWords('offer.pdf', 80), '`offer.pdf`');
    assert.equal(inertWords('a`b', 80), '`` a`b ``');
    assert.equal(inertWords('$= run()', 80), '`› $= run()`');
    assert.equal(inertWords(' \n ', 80), '');
  });

  it('is the same value to whoever reads it', () => {
    hold(
      property(hostileLine, (text) => {
        const value = inertValue(text, 1_000);
        assert.deepEqual(alive(`---\nkey: ${value}\n---\n`), []);
        assert.equal(parse(value), oneLine(text, 1_000).toWellFormed());
      }),
    );
    assert.equal(inertValue('10 <% off', 80), '"10 \\u003c% off"');
  });

  it('is told from ours in a sentence', () => {
    const sentence = `The mail is from ${strange('![x](https://y.example)', 80)}.`;
    assert.equal(inertSentence(sentence), 'The mail is from `![x](https://y.example)`.');
    assert.equal(inertSentence('It is a *list*.'), '`It is a *list*.`');
    hold(property(hostileLine, (text) => assert.deepEqual(alive(`Why: ${inertSentence(text)}`), [])));
  });
});
