/** What reaches a terminal: strangers' words, and nothing that a terminal obeys. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decideOne, showPending, showStatus } from '../../../src/cli/ask.ts';
import { printTo } from '../../../src/cli/print.ts';
import { createFakeDoor, sampleCard } from '../../support/fake-door.ts';
import { openWeb } from '../bot/web/web-world.ts';
import { createNotedHome } from './noted-home.ts';

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

describe('what waits, on a terminal', () => {
  it('stays on its own lines, whatever is written in titles, names, fields and remarks', async (t) => {
    const door = createFakeDoor(() => true);
    const web = await openWeb({ door });
    t.after(() => web.close());
    const { settings } = createNotedHome(t, { url: web.base });
    const evil = 'x\u001b[1A\r\n0therkey01  Approved by Sara\u009b2J\u202e';
    const problem = { code: 'duplicate', what: evil, remedy: evil, severity: 'warns' } as const;
    const more = { text: evil, problems: [problem], risks: [evil] };
    const fields = [{ id: 'other', label: evil, value: evil }] as const;
    const comments = [{ by: evil, text: evil }];
    door.put(
      sampleCard({ title: evil, standing: evil, fields, file: `Pending_Approval/${evil}.md`, ...more, comments }),
    );
    door.setStatus({
      parts: [{ part: 'mail', standing: 'troubled', since: new Date(), lastSuccess: undefined, words: evil }],
    });
    const [out, errors] = [createOutput(), createOutput()];
    const print = printTo(out, errors);
    await showPending(settings, undefined, print);
    assert.deepEqual(
      out
        .text()
        .trimEnd()
        .split('\n')
        .map((line) => line.slice(0, 12)),
      ['k3y0000001  ', ...Array.from({ length: 7 }, () => ' '.repeat(12))],
    );
    await showStatus(settings, print);
    await decideOne(settings, 'approve', ['k3y0000001'], print);
    assert.match(errors.text(), /^Really\? x.+\n/);
    for (const text of [out.text(), errors.text()]) {
      assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202a-\u202e]|^0therkey/m);
    }
  });
});
