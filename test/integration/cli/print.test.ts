/** What reaches a terminal: strangers' words, and nothing that a terminal obeys. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { printTo } from '../../../src/cli/print.ts';

function createOutput(isTTY = false) {
  let text = '';
  return { write: (more: string) => void (text += more), isTTY, text: () => text };
}

describe('what the command line prints', () => {
  it('shows signs a terminal would obey and sends none of them, on both outputs', () => {
    const [out, errors] = [createOutput(), createOutput()];
    const print = printTo(out, errors);
    // Colours and titles, the one-byte form of them, a carriage return that would hide the line, a turned name.
    const hostile = 'a\u001b[2J\u001b]0;owned\u0007\u009b31m b\rPaid \u202egpj.exe\u202c\u0008';
    print.line(`${hostile}\n\tnext`);
    print.problem(hostile, hostile);
    for (const text of [out.text(), errors.text()])
      assert.doesNotMatch(text, /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
    assert.equal(
      out.text(),
      'a\\u001b[2J\\u001b]0;owned\\u0007\\u009b31m b\\u000dPaid \\u202egpj.exe\\u202c\\u0008\n\tnext\n',
    );
  });

  it('leaves a report in JSON a report in JSON that says the same', () => {
    const out = createOutput();
    const report = { name: 'a\u001b[2J\u009b\u007f\u2028b\u202e' };
    printTo(out, createOutput()).line(JSON.stringify(report));
    assert.deepEqual(JSON.parse(out.text()), report);
  });

  it('leaves letters of every script, emoji and our own signs alone', () => {
    const out = createOutput();
    printTo(out, createOutput()).line('✓ Ünïcödé → 日本語 👩‍👩‍👧 \u2068שלום\u2069');
    assert.equal(out.text(), '✓ Ünïcödé → 日本語 👩‍👩‍👧 \u2068שלום\u2069\n');
  });

  it('knows a screen from a pipe', () => {
    assert.equal(printTo(createOutput(true), createOutput()).onScreen, true);
    assert.equal(printTo(createOutput(), createOutput(true)).onScreen, false);
  });
});
