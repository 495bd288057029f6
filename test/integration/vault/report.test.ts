/** The report on a folder of drafts: figures for people and programs, clear words for what can't be used. */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import { reportOnDrafts } from '../../../src/cli/drafts-report.ts';
import { createPaper } from '../../support/stopped-world.ts';

const root = await mkdtemp(join(tmpdir(), 'countersign-report-'));
after(() => rm(root, { recursive: true, force: true }));
const now = new Date('2026-02-19T12:00:00Z');

const put = async (path: string, content: string | Uint8Array) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
};

async function report(...words: readonly string[]) {
  const paper = createPaper();
  const code = await reportOnDrafts(words, paper.print, now);
  return { code, text: paper.text() };
}

await put('set/files/a/LINKEDIN_1.md', '## Post Content\nHello\n');
await put('set/files/a/LINKEDIN_2.md', '## Post Content\nOther than labelled\n');
await put('set/files/b/EMAIL_1.md', '---\ntype: email\nfrom: a@example.com\n---\nTheirs\n');
await put('set/files/b/LINKEDIN_3.md', '## Post 1\nOne\n\n## Post 2\nTwo\n');
await put('set/files/b/broken.md', Uint8Array.of(0xff, 0x00, 0xfe));
await put('set/README.md', 'about the files');
const labels = join(root, 'LABELS.jsonl');
await writeFile(
  labels,
  [
    { path: 'a/LINKEDIN_1.md', label: 'publish', channel: 'linkedin', text: 'Hello', flags: ['whole'] },
    { path: 'files/a/LINKEDIN_2.md', label: 'publish', channel: 'linkedin', text: 'Hello', flags: [] },
    { path: 'b/EMAIL_1.md', label: 'none', reason: 'inbound', flags: [] },
    { path: 'b/LINKEDIN_3.md', label: 'publish', channel: 'multi', text: null, flags: [] },
  ]
    .map((label) => JSON.stringify(label))
    .join('\n'),
);

const line = '{"files":5,"labelled":4,"publishable":3,"exact":1,"asked":1,"refused":1,"wrong":1}';

test('one line for programs, with or without the folder of the files', async () => {
  assert.deepEqual(await report(join(root, 'set'), '--labels', labels, '--json'), { code: 0, text: line });
  assert.deepEqual(await report('--json', join(root, 'set/files'), '--labels', labels), { code: 0, text: line });
});

test('for people: what is wrong, and what could not be read', async () => {
  const { code, text } = await report(join(root, 'set'), '--labels', labels);
  assert.equal(code, 0);
  assert.match(text, /WRONG {2}a\/LINKEDIN_2\.md/);
  assert.match(text, /unreadable\n {2}b\/broken\.md/);
  assert.match(text, /by platform/);
});

test('without labels the readings are counted', async () => {
  const { text } = await report(join(root, 'set'));
  assert.match(text, /2 {2}linkedin: draft\n/);
  assert.match(text, /1 {2}no platform: not publishable, incoming/);
});

test('wrong arguments get clear words and the code 2', async () => {
  const bad = join(root, 'BAD.jsonl');
  await writeFile(bad, '{"path":"x","label":"perhaps"}');
  const words: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /which folder/],
    [['a', 'b'], /Only one folder/],
    [['--loud'], /no option called --loud/],
    [[root, '--labels'], /needs a file/],
    [[join(root, 'nowhere')], /can’t be read/],
    [[root, '--labels', join(root, 'nowhere.jsonl')], /can’t be read/],
    [[root, '--labels', bad], /Line 1/],
  ];
  for (const [given, expected] of words) {
    const { code, text } = await report(...given);
    assert.equal(code, 2, given.join(' '));
    assert.match(text, expected);
  }
});
