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

const counts = (exact: number, asked: number, refused: number, wrong: number, wrongKind = 0) => ({
  exact,
  asked,
  refused,
  wrong,
  wrongKind,
});
const line = JSON.stringify({
  files: 5,
  labelled: 4,
  publishable: 3,
  ...counts(1, 1, 1, 1),
  approvable: counts(1, 1, 0, 1),
  blocked: counts(0, 0, 1, 0),
});

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

test('the channel is compared too, and what could be approved is counted apart', async () => {
  await put('kinds/LINKEDIN_1.md', '---\ntype: linkedin_post\n---\n## Post\nHello\n');
  await put('kinds/LINKEDIN_2.md', '---\ntype: linkedin_message\n---\n## Message\nHello\n');
  await put('kinds/LINKEDIN_3.md', '---\ntype: linkedin_post\nscheduled_for: tomorrow\n---\n## Post\nHello\n');
  await put('kinds/WHATSAPP_4.md', '---\ntype: whatsapp_message\n---\n## Message\nHello\n');
  await put('kinds/X_5.md', '---\nplatform: x\n---\n1/2\n\nOne\n\n2/2\n\nTwo\n');
  const told = join(root, 'KINDS.jsonl');
  const label = (path: string, channel: string, text: string | null = 'Hello') =>
    JSON.stringify({ path, label: 'publish', channel, text });
  await writeFile(
    told,
    [
      label('LINKEDIN_1.md', 'facebook'),
      label('LINKEDIN_2.md', 'linkedin'),
      label('LINKEDIN_3.md', 'linkedin'),
      label('WHATSAPP_4.md', 'whatsapp'),
      label('X_5.md', 'x', null),
    ].join('\n'),
  );
  const { text } = await report(join(root, 'kinds'), '--labels', told, '--json');
  const { approvable, blocked } = JSON.parse(text);
  assert.deepEqual(approvable, counts(0, 0, 0, 0, 1));
  assert.deepEqual(blocked, counts(2, 0, 1, 0, 1));
  const printed = await report(join(root, 'kinds'), '--labels', told);
  assert.match(printed.text, /all approvable +blocked\nexact +2 +0 +2 /);
  assert.match(printed.text, /WRONG KIND {2}LINKEDIN_1\.md/);
});

test('each file is a line for programs', async () => {
  await put(
    'each/EMAIL_1.md',
    '---\nto: Ann <ann@example.com>\nsubject: Hi\nscheduled_for: 2031-02-19T12:00:00Z\n---\nHello\n',
  );
  await put('each/INSTAGRAM_2.md', '---\nplatform: instagram\nimage: a.jpg\n---\n## Post 1\nOne\n\n## Post 2\nTwo\n');
  await put('each/INSTAGRAM_3.md', '---\nplatform: instagram\n---\nHello\n');
  await put('each/broken.md', Uint8Array.of(0xff, 0x00, 0xfe));
  const { code, text } = await report(join(root, 'each'), '--json', '--each');
  assert.equal(code, 0);
  const common = { platform: '', action: '', text: '', offered: [], to: [], subject: '' };
  const post = { ...common, platform: 'instagram', action: 'photo' };
  assert.deepEqual(
    text.split('\n').map((one) => JSON.parse(one)),
    [
      {
        ...common,
        path: 'EMAIL_1.md',
        reading: 'publishable',
        platform: 'mail',
        action: 'send',
        text: 'Hello',
        to: ['ann@example.com'],
        subject: 'Hi',
        schedule: '2031-02-19T12:00:00.000Z',
        problems: [],
      },
      { ...post, path: 'INSTAGRAM_2.md', reading: 'asks', offered: ['One', 'Two'], problems: ['unclear_text'] },
      { ...post, path: 'INSTAGRAM_3.md', reading: 'publishable', text: 'Hello', problems: ['media_missing'] },
      { ...common, path: 'broken.md', reading: 'refused', problems: ['unreadable_file'] },
    ],
  );
});

test('wrong arguments get clear words and the code 2', async () => {
  const bad = join(root, 'BAD.jsonl');
  await writeFile(bad, '{"path":"x","label":"perhaps"}');
  const words: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /which folder/],
    [['a', 'b'], /Only one folder/],
    [['--loud'], /no option called --loud/],
    [[root, '--labels'], /needs a file/],
    [[root, '--each'], /needs --json/],
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
