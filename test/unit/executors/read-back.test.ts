import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { comparable, readBack } from '../../../src/executors/read-back.ts';
import { openTestBrowser } from '../../support/test-browser.ts';
import type { TestBrowser } from '../../support/test-browser.ts';

const pages: readonly (readonly [what: string, html: string, text: string])[] = [
  ['paragraphs and empty ones', '<p>a</p><p><br></p><p>b</p>', 'a\n\nb'],
  ['two empty lines', '<p>a</p><p><br></p><p><br></p><p>b</p>', 'a\n\n\nb'],
  ['breaks inside a block', '<p>a<br>b<br><br>c</p>', 'a\nb\n\nc'],
  ['a filler break at the end', '<div>a<br></div>', 'a'],
  ['blocks within blocks', '<div><div><p>a</p></div><div><p>b</p></div></div>', 'a\nb'],
  ['text before the first block', 'a<div>b</div><div>c</div>', 'a\nb\nc'],
  ['inline marks', '<p>a <b>b</b><span> c</span></p>', 'a b c'],
  ['words for the ear only', '<p><a><span class="visually-hidden">hashtag</span>#a</a> b</p>', '#a b'],
  ['what is not displayed', '<p>a<span style="display:none">x</span></p>', 'a'],
  ['the clipboard of the editor', '<p>a</p><div class="ql-clipboard">x</div>', 'a'],
  ['list items', '<ul><li>a</li><li>b</li></ul>', 'a\nb'],
  ['signs of HTML', '<p>&lt;b&gt; &amp; c</p>', '<b> & c'],
  ['a field that is a real field', '<textarea>a\n\nb</textarea>', 'a\n\nb'],
];

describe('reading back what stands in an editor', () => {
  let browser: TestBrowser;
  before(async () => {
    browser = await openTestBrowser();
  });
  after(() => browser.close());

  for (const [what, html, text] of pages) {
    it(what, async () => {
      const field = html.startsWith('<textarea') ? html : `<div class="field">${html}</div>`;
      await browser.page.setContent(field);
      assert.equal(await browser.page.locator('.field, textarea').evaluate(readBack), text);
    });
  }

  it('compares with spaces of any kind alike, and forgives nothing else', () => {
    assert.equal(comparable('a\u00a0b\ufeff\r\nc \n'), 'a b\nc');
    assert.notEqual(comparable('a...'), comparable('a…'));
    assert.notEqual(comparable('a\n\nb'), comparable('a\nb'));
    assert.notEqual(comparable(' a'), comparable('a'));
  });
});
