/** Several texts one after the other are what they are: never one post with their numbers in it. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { canonicalEffect } from '../../../../src/domain/effect.ts';
import { linkedin, platforms, x } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';

const read = (text: string, name = 'thread.md') => readDraft(text, name, platforms, new Date(0)).reading;
const onX = '---\nplatform: x\n---\n';

const threads: Readonly<Record<string, string>> = {
  'n/m on a line': `${onX}1/2\n\nOne.\n\n2/2\n\nTwo.\n`,
  'in bold': `${onX}**1/**\nOne.\n\n**2/**\nTwo.\n`,
  'in words': `${onX}TWEET 1/2\nOne.\n\nTWEET 2/2\nTwo.\n`,
  'of in words': `${onX}Part 1 of 2\nOne.\n\nPart 2 of 2\nTwo.\n`,
  'in headings with words': `${onX}### Tweet 1/2 (hook)\nOne.\n*(4 characters)*\n\n### Tweet 2/2\nTwo.\n`,
  'in headings, said': `${onX}# Thread: a shop\n\n### Tweet 1\nOne.\n\n### Tweet 2 (proof)\nTwo.\n\n## Notes\n- x\n`,
  'in fences': `${onX}## Thread\n\n**Tweet 1/2**\n\`\`\`\nOne.\n\`\`\`\n\n**Tweet 2/2**\n\`\`\`\nTwo.\n\`\`\`\n\n## To Approve\nMove\n`,
  'in one fence': `${onX}## Thread\n\`\`\`\n1/2\nOne.\n\n2/2\nTwo.\n\`\`\`\n`,
  'by rules, said by a heading': `${onX}## Thread\n\nOne.\n\n---\n\nTwo.\n`,
  'by rules, said by the type': '---\ntype: twitter_thread\n---\nOne.\n\n---\n\nTwo.\n',
  'by rules and numbers': `${onX}## Thread\n\n1/2\nOne.\n\n---\n\n2/2\nTwo.\n\n---\n\n## Metadata\n- x\n`,
  'on another platform': '---\nplatform: linkedin\n---\n1/2\n\nOne.\n\n2/2\n\nTwo.\n',
};

describe('a thread', () => {
  for (const [how, text] of Object.entries(threads)) {
    it(`is known by its parts: ${how}`, () => {
      const reading = read(text);
      assert.ok(reading.kind === 'draft', reading.kind);
      assert.deepEqual(reading.effect.parts, ['One.', 'Two.']);
      assert.equal(reading.effect.text, 'One.\n\nTwo.');
      const rules = reading.effect.platform === 'linkedin' ? linkedin : x;
      assert.deepEqual(
        rules.check(reading.effect).map(({ code }) => code),
        ['unknown_action'],
      );
    });
  }

  it('keeps numbers that stand within a line: they are words of its author', () => {
    for (const lines of [
      ['1/ One.', '2/ Two.'],
      ['[1/2] One.', '[2/2] Two.'],
      ['One. (1/2)', 'Two. (2/2)'],
    ]) {
      const reading = read(`${onX}${lines.join('\n\n')}\n`);
      assert.deepEqual(reading.effect.parts, lines);
    }
    assert.deepEqual(read('---\nplatform: x\ncontent: |\n  1/2 One.\n\n  2/2 Two.\n---\n').effect.parts, [
      '1/2 One.',
      '2/2 Two.',
    ]);
  });

  it('is counted by part', () => {
    const parts = ['a'.repeat(281), 'b'.repeat(20)];
    const effect = { ...read(threads['n/m on a line'] ?? '').effect, parts, text: parts.join('\n\n') };
    assert.deepEqual(
      x.check(effect).map(({ code }) => code),
      ['unknown_action', 'too_long'],
    );
    assert.equal(x.size(effect), '2 parts, 281 of 280');
    assert.match(x.check(effect)[1]?.what ?? '', /^Part 1 has 281/);
  });

  it('is another revision than its words as one post, and a post keeps the revision it had', () => {
    const { effect } = read(threads['n/m on a line'] ?? '');
    const { parts, ...whole } = effect;
    assert.deepEqual(parts, ['One.', 'Two.']);
    assert.notEqual(canonicalEffect(effect), canonicalEffect(whole));
    assert.notEqual(canonicalEffect(effect), canonicalEffect({ ...effect, parts: ['One.\n\nTwo.'] }));
    assert.ok(canonicalEffect(effect).startsWith(canonicalEffect(whole)));
  });

  it('that is said and can’t be told blocks, and parts out of order ask', () => {
    const said = read('---\ntype: x_thread\n---\nOnly one part.\n');
    assert.deepEqual(
      said.problems.map(({ code, severity }) => `${severity} ${code}`),
      ['blocks unknown_action'],
    );
    assert.equal(read(`${onX}A hook.\n\n2/ Two.\n\n3/ Three.\n`).kind, 'unclear');
  });

  it('beside a single post is a question', () => {
    const reading = read(
      `${onX}## Single Tweet\n\nAll in one.\n\n## Thread\n\n### Tweet 1/2\nOne.\n\n### Tweet 2/2\nTwo.\n`,
    );
    assert.ok(reading.kind === 'unclear');
    assert.deepEqual(
      reading.candidates.map(({ text }) => text),
      ['One.\n\nTwo.', 'All in one.'],
    );
  });

  it('is no text with fractions, scores or an enumeration, and no mail', () => {
    for (const text of ['1/2 cup of sugar and 3/4 of milk.', '24/7 we are here.\n\n1/1 was the score.']) {
      assert.equal(read(`${onX}${text}\n`).effect.parts, undefined, text);
    }
    const list = '1/ Write less.\n\n2/ Say more.';
    assert.equal(read(`---\nplatform: linkedin\n---\n${list}\n`).effect.parts, undefined);
    assert.equal(read(`---\nto: a@example.com\nsubject: x\n---\n1/2\n\nOne.\n\n2/2\n\nTwo.\n`).effect.parts, undefined);
  });
});
