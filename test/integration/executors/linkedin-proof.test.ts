/** The picture of a post is the post's, or there is none. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageSize } from 'image-size';
import type { Locator } from 'playwright';
import { keepProof } from '../../../src/executors/linkedin/proof.ts';
import { launchTestBrowser } from '../../support/test-browser.ts';

const post = (text: string) =>
  `<div data-urn="urn:li:activity:1" style="width:300px;height:120px"><div class="update-components-text">${text}</div></div>`;

test('only the post with exactly the approved text is photographed, and nothing around it', async (t) => {
  const browser = await launchTestBrowser();
  t.after(() => browser.close());
  const page = await browser.newPage();
  const kept: Buffer[] = [];
  const said: string[] = [];
  const bench = {
    page,
    settings: { stepMs: 3_000 },
    log: (line: string) => void said.push(line),
    photographPart: async (part: Locator) => void kept.push(await part.screenshot()),
  };
  for (const [body, words] of [
    [post('Somebody else wrote this.'), /another text/],
    [post('Hello world. And more.'), /another text/],
    ['<p>This post cannot be displayed.</p>', /not found/],
  ] as const) {
    await page.setContent(body);
    await keepProof(bench, 'Hello world.');
    assert.match(said.at(-1) ?? '', words);
  }
  assert.equal(kept.length, 0);
  await page.setContent(
    `<style>*{margin:0}</style><h1 style="height:50px">A page</h1>${post('Hello world.')}${post('Somebody else wrote this.')}`,
  );
  await keepProof(bench, 'Hello world.');
  const [picture] = kept;
  assert.ok(picture);
  const { width, height } = imageSize(picture);
  assert.deepEqual([width, height], [300, 120]);
});
