import assert from 'node:assert/strict';
import { test } from 'node:test';

import { exactText, html, safeHref } from '../../../../src/bot/web/html.ts';

test('a text can end neither an element nor an attribute', () => {
  const evil = `<b a="1" c='2'>&amp;`;
  const escaped = '&lt;b a=&quot;1&quot; c=&#39;2&#39;&gt;&amp;amp;';
  assert.equal(html`<i title="${evil}">${evil}</i>`.markup, `<i title="${escaped}">${escaped}</i>`);
  assert.equal(html`${[evil, [html`<br />`, undefined, 7]]}`.markup, `${escaped}<br />7`);
});

test('signs that hide or turn text stay, in a box with their name', () => {
  assert.equal(exactText('a\u202eb<').markup, 'a<span class="odd" data-code="U+202E">\u202e</span>b&lt;');
  assert.equal(exactText('שלום 👩‍👩‍👧').markup, 'שלום 👩‍👩‍👧');
});

test('only web addresses become links', () => {
  assert.equal(safeHref('https://example.org/a"b'), 'https://example.org/a%22b');
  for (const url of [
    'javascript:alert(1)',
    ' javascript:alert(1)',
    'data:text/html,x',
    'file:///etc',
    'ftp://x',
    '/x',
    '',
  ]) {
    assert.equal(safeHref(url), undefined, url);
  }
});
