/** People are put in copy in whatever form a file names them, and nothing else in it changes. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { assert as hold, constantFrom, property, shuffledSubarray } from 'fast-check';
import { canonicalEffect } from '../../../src/domain/effect.ts';
import { platforms } from '../../../src/executors/platforms.ts';
import { withCopies } from '../../../src/vault/name-copies.ts';
import { readDraft } from '../../../src/vault/reading/read-draft.ts';

const now = new Date('2026-02-19T12:00:00Z');
const name = 'EMAIL_a.md';
const added = ['omar@client.example', 'lena@other.example'];
const more = added.join(', ');
const read = (text: string) => readDraft(text, name, platforms, now);
const write = (text: string) => withCopies(text, added, name, platforms, now);

const body = '\n## Email Body\n\nWe are open.\n\n## Original message\n\n> Cc: eve@client.example\n';
const keys = '---\ntype: email\nto: ann@client.example # the boss\nsubject: Hi';
const letter = (cc: string) => `${keys}\n${cc}---\n${body}`;

/** As they are in the file, and as they are afterwards. */
const forms: readonly (readonly [what: string, before: string, after: string])[] = [
  ['no key', letter(''), letter(`cc: "${more}"\n`).replaceAll('"', '')],
  ['one address', letter('cc: bob@x.example\n'), letter(`cc: bob@x.example, ${more}\n`)],
  ['a text of several', letter('cc: a@x.example, b@x.example\n'), letter(`cc: a@x.example, b@x.example, ${more}\n`)],
  ['a name', letter('CC: "Bob <b@x.example>"\n'), letter(`cc: "Bob <b@x.example>, ${more}"\n`)],
  [
    'a name with a comma',
    letter(`cc: '"Malik, Bob" <b@x.example>'\n`),
    letter('cc: ["\\"Malik, Bob\\" <b@x.example>", "omar@client.example", "lena@other.example"]\n'),
  ],
  ['a list', letter('cc: [a@x.example, b@x.example]\n'), letter(`cc: a@x.example, b@x.example, ${more}\n`)],
  [
    'a list of lines',
    letter('cc:\n  - a@x.example\n  - "b@x.example"\n'),
    letter(`cc: a@x.example, b@x.example, ${more}\n`),
  ],
  ['nothing', letter('cc:\n'), letter(`cc: ${more}\n`)],
  ['a word for nothing', letter('cc: none\n'), letter(`cc: ${more}\n`)],
  ['a key inside another', letter('params:\n  cc: a@x.example\n'), letter(`params:\n  cc: a@x.example, ${more}\n`)],
  [
    'a quoted key inside another',
    letter('params:\n  cc: "a@x.example"\n'),
    letter(`params:\n  cc: "a@x.example"\ncc: a@x.example, ${more}\n`),
  ],
  [
    'a line in the text of the file',
    letter('').replace('## Email', '**Cc:** a@x.example  \n\n## Email'),
    letter('').replace('## Email', `**Cc:** a@x.example, ${more}  \n\n## Email`),
  ],
  [
    'a row of a table',
    letter('').replace('## Email', '| **Cc** | a@x.example |\n\n## Email'),
    letter('').replace('## Email', `| **Cc** | a@x.example, ${more} |\n\n## Email`),
  ],
  [
    'a section',
    letter('').replace('## Email', '## Cc\n\na@x.example\n\n## Email'),
    letter('').replace('## Email', `## Cc\n\na@x.example, ${more}\n\n## Email`),
  ],
  [
    'a key and a line that say the same',
    letter('cc: a@x.example\n').replace('## Email', '**Cc:** a@x.example\n\n## Email'),
    letter(`cc: a@x.example, ${more}\n`).replace('## Email', `**Cc:** a@x.example, ${more}\n\n## Email`),
  ],
  [
    'lines without a fence',
    `To: ann@client.example\nCc: a@x.example\nSubject: Hi\n${body}`,
    `To: ann@client.example\nCc: a@x.example, ${more}\nSubject: Hi\n${body}`,
  ],
  [
    'lines without a fence and nobody in copy',
    `To: ann@client.example\nSubject: Hi\n${body}`,
    `---\ncc: ${more}\n---\nTo: ann@client.example\nSubject: Hi\n${body}`,
  ],
  ['a block that is damaged', letter('cc: a@x.example\nodd: "x\n'), letter(`cc: a@x.example, ${more}\nodd: "x\n`)],
  [
    'a block that is never closed',
    letter('cc: a@x.example\n').replace('\n---\n', '\n'),
    letter(`cc: a@x.example, ${more}\n`).replace('\n---\n', '\n'),
  ],
  [
    'other line ends',
    letter('cc: a@x.example\n').replaceAll('\n', '\r\n'),
    letter(`cc: a@x.example, ${more}\n`).replaceAll('\n', '\r\n'),
  ],
  ['other line ends and nobody', letter('').replaceAll('\n', '\r\n'), letter(`cc: ${more}\n`).replaceAll('\n', '\r\n')],
];

describe('people in copy', () => {
  for (const [what, before, after] of forms) {
    it(`come behind ${what}`, () => {
      assert.equal(read(before).reading.kind, 'draft');
      assert.equal(write(before), after);
    });
  }

  it('are not written where that would change something else', () => {
    for (const text of [
      // Whatever is added to a block in braces ends up in the text.
      letter('').replace(/^---[^]*?---\n/, '---\n{type: email, to: ann@client.example, subject: Hi}\n---\n'),
      // Two that contradict each other: nobody can say which one counts.
      letter('cc: a@x.example\nCc: b@x.example\n'),
      // No draft.
      '---\ntype: plan\n---\n\nWe will be open.\n',
      '',
    ]) {
      const changed = write(text);
      if (changed === undefined) continue;
      const [old, fresh] = [read(text).reading, read(changed).reading];
      assert.ok(old.kind === 'draft' && fresh.kind === 'draft', text);
      assert.deepEqual(fresh.effect, { ...old.effect, cc: [...old.effect.cc, ...added] });
      assert.deepEqual(fresh.problems, old.problems);
    }
    assert.equal(write('---\ntype: plan\n---\n\nWe will be open.\n'), undefined);
  });

  it('are all that changes in any mix of what files say', () => {
    const lines = [
      'cc: a@x.example',
      'Cc: b@x.example',
      'cc: [a@x.example, "B <b@x.example>"]',
      'cc:\n- a@x.example',
      'bcc: cc@x.example',
      'params: {cc: a@x.example}',
      'parameters:\n  cc: a@x.example\n  subject: Hello',
      'attachments: [a.pdf]',
      'note: "cc: x"',
      'odd: [',
      '# cc: nobody',
      'schedule: 2027-01-01 09:00',
    ];
    const above = [
      '**Cc:** a@x.example',
      '**CC:** B <b@x.example>',
      '| **Cc** | a@x.example |',
      '## Cc\n\na@x.example',
      'Cc: a@x.example',
      '',
    ];
    const files = property(
      shuffledSubarray(lines, { maxLength: 4 }),
      constantFrom(...above),
      constantFrom('\n', '\r\n'),
      (head, line, end) => {
        const text = letter(head.map((one) => `${one}\n`).join(''))
          .replace('## Email', `${line}\n\n## Email`)
          .replaceAll('\n', end);
        const changed = write(text);
        const [before, after] = [read(text), changed === undefined ? undefined : read(changed)];
        if (after === undefined || before.reading.kind !== 'draft') return;
        assert.ok(after.reading.kind === 'draft');
        const { effect } = before.reading;
        assert.equal(
          canonicalEffect(after.reading.effect),
          canonicalEffect({ ...effect, cc: [...effect.cc, ...added] }),
        );
        assert.deepEqual([after.media, after.reading.problems], [before.media, before.reading.problems]);
        assert.ok(changed?.includes('We are open.') && changed.endsWith(`> Cc: eve@client.example${end}`));
      },
    );
    hold(files, { numRuns: 300 });
  });
});
