/** What is no part of a text never leaves with it: marks of tools, comments, embeds, wrappers, what models leave behind. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';
import { rewritten } from '../../../../src/vault/rewrite.ts';

const now = new Date('2026-11-28T12:00:00Z');

/** The same text as a mail and as a post. */
const frames = [
  ['EMAIL_1.md', '---\ntype: email\nto: ann@example.com\nsubject: Price\n---\n\n## Email Body\n\n'],
  ['LINKEDIN_1.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n'],
] as const;

function readIn([name, head]: (typeof frames)[number], body: string) {
  const { reading, media, kept } = readDraft(`${head}${body}\n`, name, platforms, now);
  const told = reading.problems.map(({ severity, code, what }) => ({ kind: `${severity} ${code}`, what }));
  const text = reading.kind === 'draft' ? reading.effect.text : `(${reading.kind})`;
  return { reading, media, kept, told, text, first: head.split('\n').length };
}

const each = (title: string, tried: (frame: (typeof frames)[number]) => void) => {
  for (const frame of frames) it(`${title} (${frame[0].slice(0, -5).toLowerCase()})`, () => tried(frame));
};

describe('marks of a conflict', () => {
  const conflict = '<<<<<<< HEAD\nA seat costs 40.\n=======\nA seat costs 90.\n>>>>>>> 7be0d21 (from the phone)';
  each('block, with their lines', (frame) => {
    const { told, first } = readIn(frame, conflict);
    assert.deepEqual(
      told.map(({ kind }) => kind),
      ['blocks conflict_marks'],
    );
    assert.match(told[0]?.what ?? '', new RegExp(`lines ${first} to ${first + 4}\\.`));
  });
  each('block with a base between them, in quotes and in part', (frame) => {
    for (const body of [
      conflict.replace('=======', '||||||| base\nA seat costs 50.\n======='),
      conflict.replaceAll(/^/gm, '> '),
      'Hello.\n\n>>>>>>> theirs',
      `Hello.\n\n## Notes\n\n${conflict}`,
      `Hello.\n\n%%\n${conflict}\n%%`,
      `Hello.\n\n<!--\n${conflict}\n-->`,
      `Hello.\n\n\`\`\`\n${conflict}\n\`\`\``,
    ]) {
      assert.ok(
        readIn(frame, body).told.some(({ kind }) => kind === 'blocks conflict_marks'),
        body,
      );
    }
  });
  it('block in the front matter too', () => {
    const text =
      '---\ntype: linkedin_post\n<<<<<<< HEAD\ntopic: a\n=======\ntopic: b\n>>>>>>> x\n---\n## Post\nHello\n';
    const { problems } = readDraft(text, 'LINKEDIN_1.md', platforms, now).reading;
    assert.ok(problems.some(({ code, severity }) => code === 'conflict_marks' && severity === 'blocks'));
  });
  each('are no underlined title and no quotation', (frame) => {
    for (const body of ['News\n=======\n\nWe are open.', 'a << b and b >> a', '======= done =======']) {
      assert.ok(!readIn(frame, body).told.some(({ kind }) => kind.includes('conflict')), body);
    }
  });
});

describe('comments', () => {
  each('stay behind, on a line and over several', (frame) => {
    for (const [body, left] of [
      ['A seat costs 40. %% half of it will do %%', 'A seat costs 40.'],
      ['A %%dear%% seat costs 40.', 'A seat costs 40.'],
      ['A seat costs 40. <!-- half of it will do -->', 'A seat costs 40.'],
      ['<!-- a --> A seat <!-- b --> costs 40.', 'A seat costs 40.'],
      ['A seat costs 40.\n\n%%\nhalf of it will do\n%%\n\nBye.', 'A seat costs 40.\n\nBye.'],
      ['A seat costs 40.\n%% half\nwill do %%\nBye.', 'A seat costs 40.\nBye.'],
      ['A seat costs 40.\n\n<!-- half of it\nwill do\n-->\n\nBye.', 'A seat costs 40.\n\nBye.'],
      ['A seat costs 40.\n\nBye.\n\n<!-- ## Old\nHalf of it will do. -->', 'A seat costs 40.\n\nBye.'],
    ] as const) {
      assert.equal(readIn(frame, body).text, left, body);
    }
  });
  each('are told with their lines, and shown where they stand outside of the text', (frame) => {
    const inside = readIn(frame, 'A seat costs 40.\n\n%%\nno\n%%\n\nBye.');
    assert.deepEqual(inside.told, [
      {
        kind: 'warns left_behind',
        what: `A comment in lines ${inside.first + 2} to ${inside.first + 4} stays behind.`,
      },
    ]);
    const { reading } = readIn(frame, 'A seat costs 40.\n\n%% half of it will do %%');
    assert.ok(reading.kind === 'draft');
    assert.deepEqual(
      reading.leftOut.map(({ text }) => text),
      ['%% half of it will do %%'],
    );
  });
  each('hide whatever stands in them: headings, fields, texts', (frame) => {
    const body = 'A seat costs 40.\n\n<!--\n## Full Post\n\nA seat costs 60.\n\n**To:** eve@example.com\n-->';
    assert.equal(readIn(frame, body).text, 'A seat costs 40.');
  });
  each('in code, figures and a comment without an end are none', (frame) => {
    for (const body of [
      'Up by 50%% and 60%% now.',
      'Write `<!-- x -->` there.',
      'Like so:\n```html\n<!-- x -->\n```\nDone.',
    ]) {
      assert.equal(readIn(frame, body).text, body, body);
    }
    assert.equal(readIn(frame, 'Hello. <!-- half of it will do').reading.kind, 'unclear');
    assert.equal(readIn(frame, 'Hello.\n\n%%\nhalf of it will do').reading.kind, 'unclear');
  });
  each('in the fence or the key that holds the text go as well', (frame) => {
    assert.equal(readIn(frame, '```\nA seat costs 40. %% 30 %%\n```').text, 'A seat costs 40.');
    const [name, head] = frame;
    const keyed = `${head.split('\n---\n')[0]}\nbody: A seat costs 40. <!-- 30 -->\n---\n`;
    assert.equal(readDraft(keyed, name, platforms, now).reading.effect.text, 'A seat costs 40.');
  });
  it('in the mail that is answered hide nothing of ours', () => {
    const text =
      '---\ntype: email_draft\nto: ann@example.com\nsubject: Re\n---\n## Original Email\n<!-- cut\n\n## Draft Reply\nHello Ann.\n\n<!-- links -->\n';
    assert.equal(readDraft(text, 'EMAIL_1.md', platforms, now).reading.effect.text, 'Hello Ann.');
  });
  each('and embeds are kept in the file by an edit', ([name, head]) => {
    for (const rest of ['%% half of it will do %%', '<!-- no\nno -->', '![[shop.jpg]]', '[attach: plan.pdf]']) {
      const text = `${head}A seat costs 40.\n\n${rest}\n\nBye.\n`;
      const edited = rewritten(text, 'A seat costs 50.', name, platforms, now);
      assert.equal(edited, `${head}A seat costs 50.\n\n${rest}\n`, rest);
    }
  });
});

describe('what Obsidian alone understands', () => {
  each('becomes a file, plain words, or a question', (frame) => {
    for (const [body, left, files] of [
      ['See [[Projects/Garden|the garden]] and [[Projects/Shed]].', 'See the garden and Shed.', []],
      ['See [[Garden#Soil|the soil]], [[#Roof]]. ^intro', 'See the soil, Roof.', []],
      ['Look.\n\n![[shop.jpg|300]]\n\nBye.', 'Look.\n\nBye.', ['shop.jpg']],
      ['Look ![the shop](images/shop.jpg) here.', 'Look here.', ['images/shop.jpg']],
      ['Here it is. ![[plan.pdf]]', 'Here it is.', ['plan.pdf']],
      ['Here it is.\n\n[Attach: plan.pdf, offer.pdf]', 'Here it is.', ['plan.pdf', 'offer.pdf']],
      ['Look: [our shop](https://example.com/a)', 'Look: [our shop](https://example.com/a)', []],
      ['In bash: if [[ -f x ]]; then', 'In bash: if [[ -f x ]]; then', []],
    ] as const) {
      const { text, media } = readIn(frame, body);
      assert.deepEqual([text, media], [left, files], body);
    }
  });
  each('and is only an embed points to another file', (frame) => {
    for (const body of ['![[Ideas/Autumn#Last]]', 'See: [[Autumn]]', '![[One]]\n![[Two]]']) {
      const { reading } = readIn(frame, body);
      assert.equal(reading.kind === 'not_publishable' && reading.why, 'pointer', body);
    }
    assert.equal(readIn(frame, '[[Autumn]]').reading.kind, 'not_publishable');
  });
  each('and holds words of another note, or is filled in, blocks', (frame) => {
    for (const body of ['Hello.\n\n![[My signature]]', 'Hello.\n\n```dataview\nlist\n```\n\nBye.']) {
      assert.ok(
        readIn(frame, body).told.some(({ kind }) => kind === 'blocks embedded_note'),
        body,
      );
    }
  });
  each('and stands between the text and fields, rules or boxes takes none of them along', (frame) => {
    for (const body of [
      '![[map.png]]\n**Tone:** kind\n\nWe are open.',
      '**Tone:** kind\n![](map.png)\n\nWe are open.',
      '![[map.png]]\n\n---\n\nWe are open.',
      '![[map.png|300]]\n\n> [!note] The new one\n\nWe are open.',
      'We are open.\n\n---\n\n![[map.png]]',
      'We are open.\n\n**Tone:** kind\n[attach: map.png]',
      'We are open.\n\n![[map.png]]\n\n---\n*Generated by AI*',
    ]) {
      const { text, media } = readIn(frame, body);
      assert.deepEqual({ text, media }, { text: 'We are open.', media: ['map.png'] }, body);
    }
  });
  it('and marks something is said, and made plain by one tap', () => {
    for (const body of ['We are ==open== now.', 'We are open[^1].\n\n[^1]: since today']) {
      const [mail, post] = frames;
      const rules = platforms.find(({ id }) => id === 'linkedin');
      assert.ok(
        readIn(mail, body).told.some(({ kind }) => kind === 'warns markdown_marks'),
        body,
      );
      assert.ok(
        rules?.check(readIn(post, body).reading.effect).some(({ code }) => code === 'markdown_marks'),
        body,
      );
    }
  });
  it('and shows a picture above the text or in a section for it names one; others do not', () => {
    const head = '---\nplatform: linkedin\n---\n';
    const media = (body: string) => readDraft(`${head}${body}`, 'x.md', platforms, now).media;
    assert.deepEqual(media('![[shop.jpg]]\n\n## Post\n\nHello.\n'), ['shop.jpg']);
    assert.deepEqual(media('## Post\n\nHello.\n\n## Image\n![[shop.jpg]]\n'), ['shop.jpg']);
    assert.deepEqual(media('## Post\n\nHello.\n\n**Image:** [[shop.jpg]]\n'), ['shop.jpg']);
    assert.deepEqual(media('## Post\n\nHello.\n\n**Image:** a photo of the team (optional)\n'), []);
    assert.deepEqual(media('## Original Post\n![[theirs.jpg]]\n\n## Post\n\nHello.\n'), []);
    assert.deepEqual(media('## Post\n\nHello.\n\n## Notes\nAs in ![[secret.jpg]]\n'), []);
  });
});

describe('a wrapper', () => {
  const file = '---\ntype: linkedin_post\nscheduled_for: 2026-12-05 09:00\n---\n\n## LinkedIn Post\n\nWe are open.\n';
  const header = 'type: linkedin_post\nscheduled_for: 2026-12-05 09:00\n';
  it('around the file, its header, with talk before and behind, is no part of it', () => {
    for (const text of [
      `\`\`\`markdown\n${file}\`\`\`\n`,
      `~~~md\n${file}~~~\n`,
      `Here is the file you asked for:\n\n\`\`\`markdown\n${file}\`\`\`\n\nLet me know if I should change it!\n`,
      `\`\`\`markdown\n${file.replace('We are open.', '```\nWe are open.\n```\n\n## Notes\n- x')}\`\`\`\n`,
      `---\nsent_log: x\n---\n\`\`\`markdown\n${file}\`\`\`\n`,
      `\`\`\`yaml\n---\n${header}---\n\`\`\`\n\n## LinkedIn Post\n\nWe are open.\n`,
      `\`\`\`yaml\n${header}\`\`\`\n\n## LinkedIn Post\n\nWe are open.\n`,
    ]) {
      const { reading } = readDraft(text, 'note.md', platforms, now);
      assert.ok(reading.kind === 'draft', `${reading.kind}: ${text}`);
      assert.equal(reading.effect.text, 'We are open.', text);
      assert.equal(reading.effect.platform, 'linkedin');
      assert.notEqual(reading.effect.schedule, '', 'its times count too');
      assert.deepEqual(reading.problems, []);
    }
  });
  it('is no fence around a text, and a header in one is asked about', () => {
    const fenced = readDraft('---\nplatform: linkedin\n---\n```\nWe are open.\n```\n', 'x.md', platforms, now).reading;
    assert.equal(fenced.kind === 'draft' && fenced.effect.text, 'We are open.');
    const inner = `---\nplatform: linkedin\n---\n## Post\n\n\`\`\`\n${file}\`\`\`\n`;
    assert.equal(readDraft(inner, 'x.md', platforms, now).reading.kind, 'unclear');
  });
});

describe('what models leave behind', () => {
  const marks = [
    'It works :contentReference[oaicite:0]{index=0}.',
    'It works【4:0†source】.',
    '[cite_start]It works.[cite_end]',
    'It works [cite: 12, 14].',
    'It works citeturn0search1.',
    'It works \ue200cite\ue202turn0search1\ue201.',
    'It works [web:3].',
    '<think>they want a post</think>\nIt works.',
    'It works.</thinking>',
    '<tool_call>{"name":"post"}</tool_call>\nIt works.',
    'It works.<|im_end|>',
    '[INST] It works. [/INST]',
    'See sandbox:/mnt/data/plan.pdf for more.',
    'Dear Ann,\\n\\nit works.',
    'It works.\\nReally.',
  ];
  each('blocks, with its place', (frame) => {
    for (const body of marks) {
      const { told, first } = readIn(frame, `Hello all.\n\n${body}`);
      const found = told.find(({ kind }) => kind === 'blocks model_marks');
      assert.match(found?.what ?? '', new RegExp(`in line ${first + 2} `), `${body}: ${found?.what}`);
    }
  });
  it('blocks in a subject and in a key too', () => {
    const subject = '---\nto: ann@example.com\nsubject: Re【4:0†source】\n---\nHello Ann.\n';
    const body = '---\nto: ann@example.com\nsubject: Re\nbody: Dear Ann,\\n\\nhello.\n---\n';
    for (const text of [subject, body]) {
      const { problems } = readDraft(text, 'EMAIL_1.md', platforms, now).reading;
      assert.ok(
        problems.some(({ code, severity }) => code === 'model_marks' && severity === 'blocks'),
        text,
      );
    }
  });
  each('is no path, no code and no bracket of a person', (frame) => {
    for (const body of [
      'It is in C:\\new\\notes.txt now.',
      'Write `\\n` for a new line, `<think>` for thoughts.',
      'As they say [1], and a < b > c.',
      'See [our shop](https://example.com).',
      'A turn of 0 degrees, cited twice.',
    ]) {
      assert.ok(!readIn(frame, body).told.some(({ kind }) => kind.includes('model_marks')), body);
    }
  });
});

describe('notes to whoever posts it', () => {
  each('stay behind, whatever they look like', (frame) => {
    for (const note of [
      '## First comment (post immediately after publish)\n\nhttps://example.com',
      '### Pinned comment\nhttps://example.com',
      '**First comment:** https://example.com',
      'First comment: https://example.com',
      '---\n\n**Comments delivery:**\n- https://example.com',
      '---\n\n## Research (operator only — do not paste)\n\nThe claim rests on one source, which is weak.',
      '### Internal notes\nHe would pay more than that, by far.',
      '## What must not be claimed\n\n**Not that it is the best.**',
      '[attach: the signed contract]',
    ]) {
      assert.equal(readIn(frame, `We are open today.\n\n${note}`).text, 'We are open today.', note);
    }
  });
  each('are no words about comments', (frame) => {
    const body = 'Link in the first comment.\n\nDo not share your password with anybody.';
    assert.equal(readIn(frame, body).text, body);
  });
});
