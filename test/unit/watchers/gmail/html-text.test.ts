/** What a reader of HTML sees, beyond the table in docs/mail.md. */
import assert from 'node:assert/strict';
import { after, it } from 'node:test';
import { systemClock } from '../../../../src/lib/clock.ts';
import { cleanText } from '../../../../src/watchers/gmail/text/clean-text.ts';
import { createHtmlReader } from '../../../../src/watchers/gmail/text/html/reader.ts';

const reader = createHtmlReader(systemClock);
after(() => reader.end());

const mjml = (text: string, hidden = ''): string =>
  `<body style="word-spacing:normal"><div style="display:none;font-size:1px;max-height:0">${hidden}</div>
  <div><table role="presentation"><tbody><tr><td style="direction:ltr;font-size:0px;padding:20px 0;text-align:center;">
  <!--[if mso | IE]><table><tr><td style="width:600px;"><![endif]--><div class="mj-column" style="font-size:0px;display:inline-block;width:100%;">
  <table width="100%"><tbody><tr><td align="left" style="font-size:0px;padding:10px 25px;word-break:break-word;">
  <div style="font-family:Ubuntu;font-size:13px;line-height:1;">${text}</div></td></tr></tbody></table></div></td></tr></tbody></table></div></body>`;

const rows: readonly (readonly [title: string, html: string, text: string, hidden?: boolean])[] = [
  ['a frame of MJML', mjml('Could we meet on Thursday?'), 'Could we meet on Thursday?'],
  ['a preview in it', mjml('Hello', 'A preview'), 'Hello', true],
  ['a preview of nothing but filler', mjml('Hello', '&nbsp;&zwnj;&#847;\u200b'), 'Hello'],
  ['a size in other units', '<div style="font-size:0"><p style="font-size:.8rem">a</p></div>', 'a'],
  ['a size by name', '<div style="font-size:0"><p style="font-size:small">a</p></div>', 'a'],
  ['the size of an old tag', '<div style="font-size:0"><font size="2">a</font></div>', 'a'],
  ['the size in the short form', '<div style="font-size:0"><p style="font:bold 12px/14px Arial">a</p></div>', 'a'],
  ['no size in the short form', 'a<p style="font:0/0 x">b</p>', 'a', true],
  ['a size that only inherits', 'a<div style="font-size:0"><p style="font-size:inherit">b</p></div>', 'a', true],
  ['a size of one pixel', 'a<p style="font-size: 1px">b</p>', 'a', true],
  ['text beside what has its own size', '<td style="font-size:0">b<p style="font-size:9px">a</p></td>', 'a', true],
  [
    'visible inside of invisible',
    '<div style="visibility:hidden">b<i style="visibility:visible">a</i></div>',
    'a',
    true,
  ],
  ['capitals and comments', 'a<p STYLE="DISPLAY:/* x */NONE">b</p>', 'a', true],
  ['an earlier word that counts more', 'a<p style="display:none !important;display:block">b</p>', 'a', true],
  ['a height of nothing that lets text out', '<p style="max-height:0">a</p>', 'a'],
  ['a height of nothing', 'a<p style="height:0px;overflow:hidden">b</p>', 'a', true],
  ['no opacity', 'a<p style="opacity:0.0">b</p>', 'a', true],
  ['the attribute', 'a<p hidden style="color:red">b</p>', 'a', true],
  [
    'hidden for Outlook',
    '<a href="https://x.example" style="mso-hide:all;color:red">Sign</a>',
    'Sign [https://x.example]',
  ],
  [
    'a row in a row',
    '<table><tr><td><table><tr><td>a</td><td>b</td></tr></table></td><td>c</td></tr></table>',
    'a   b\n\nc',
  ],
  ['cells of several lines', '<table><tr><td>a<br>b</td><td>c</td></tr></table>', 'a\nb\nc'],
  ['empty cells', '<table><tr><td></td><td>a</td><td>&nbsp;</td><td>b</td></tr></table>', 'a   b'],
  ['struck out by style', '<p>a <span style="text-decoration: line-through">b</span></p>', 'a ~~b~~'],
  ['text before and behind the body', 'a<body>b</body>c', 'a\nb\nc'],
  ['deep quotations', `${'<blockquote><div>'.repeat(40)}a`, `${'> '.repeat(40)}a`],
];

for (const [title, html, text, hidden = false] of rows) {
  it(title, async () => {
    const [read] = (await reader.read([html])) ?? [];
    assert.deepEqual({ text: cleanText(read?.text ?? ''), hidden: read?.hidden }, { text, hidden });
  });
}

it('more than is read: says so', async () => {
  const [read] = (await reader.read([`a${'<div>'.repeat(300)}b`])) ?? [];
  assert.deepEqual(read, { text: 'a\n', hidden: false, cut: true });
});

it('what one mail does to the worker costs the next one nothing', async () => {
  const impatient = createHtmlReader({ ...systemClock, after: (_, done) => systemClock.after(0, done) });
  assert.equal(await impatient.read(['<p>a</p>']), undefined);
  const [first, second] = [await reader.read(['<p style="display:none">a</p>']), await reader.read(['<p>b</p>', 'c'])];
  assert.equal(first?.[0]?.hidden, true);
  assert.deepEqual(
    second?.map(({ text, hidden }) => ({ text, hidden })),
    [
      { text: 'b', hidden: false },
      { text: 'c', hidden: false },
    ],
  );
  await reader.end();
  assert.equal((await reader.read(['<p>d</p>']))?.[0]?.text, 'd', 'a new worker');
});
