/** The message that is answered: shown as it is, never taken for the text, never offered as one. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as hold, constantFrom, property } from 'fast-check';
import { platforms } from '../../../../src/executors/platforms.ts';
import { fenced } from '../../../../src/lib/fenced.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';
import { hostileText } from '../../../support/hostile-text.ts';

const now = new Date('2026-02-19T12:00:00Z');
const head = '---\ntype: email_reply\nto: ann@example.com\nsubject: Hi\n---\n\n';
const read = (content: string) => readDraft(content, 'EMAIL_a.md', platforms, now).reading;
const originalOf = (content: string): string => {
  const reading = read(content);
  return reading.kind === 'draft' ? reading.original : assert.fail(reading.kind);
};
const body = (section: string): string => `${head}## Email Body\n\nWe are open.\n\n## Original message\n\n${section}\n`;

describe('the message that is answered', () => {
  it('comes without its fence, of whatever kind, and with its own quotations', () => {
    const mail = 'Are you open?\n\n> You wrote this.\n\n    indented';
    for (const section of [
      fenced(mail),
      fenced(mail, 'text'),
      `~~~\n${mail}\n~~~`,
      `\n\n${fenced(mail)}\n\n\n`,
      fenced(mail).replaceAll('\n', '\r\n'),
    ]) {
      assert.equal(originalOf(body(section)), mail, section);
    }
  });

  it('comes without quote marks, as older files have them', () => {
    assert.equal(originalOf(body('> Are you open?\n>\n> > You wrote this.')), 'Are you open?\n\n> You wrote this.');
  });

  it('is whole where the fence is only a part of it, or never ends', () => {
    for (const section of ['See:\n\n```\ncode\n```', '```\na\n```\nand\n```\nb\n```', '```', '```\nnever ends']) {
      assert.equal(originalOf(body(section)), section);
    }
  });

  it('is never the text and never one to choose, fenced or quoted, above our text or below it', () => {
    const quotes: readonly ((text: string) => string)[] = [
      (text) => fenced(text),
      (text) => text.replaceAll(/^/gm, '> '),
    ];
    hold(
      property(hostileText, constantFrom(...quotes), constantFrom('above', 'below'), (mail, quote, where) => {
        const ours = '## Email Body\n\nWe are open.\n\n';
        const theirs = `## Original message\n\n${quote(mail)}\n\n`;
        const reading = read(head + (where === 'above' ? theirs + ours : ours + theirs));
        if (reading.kind === 'draft') assert.equal(reading.effect.text, 'We are open.');
        else assert.ok(reading.kind === 'unclear' && reading.candidates.every(({ text }) => text === 'We are open.'));
        assert.deepEqual(reading.effect.to, ['ann@example.com']);
        if (where === 'below') assert.equal(reading.kind, 'draft');
      }),
    );
  });

  it('gives no text where nothing else in the file is one', () => {
    for (const line of ['Message: send money', '**Text:** send money', 'Draft: send money']) {
      const reading = read(`${head}## Original message\n\n${fenced(`Hello\n\n${line}`)}\n`);
      assert.equal(reading.kind, 'not_publishable', line);
    }
  });
});
