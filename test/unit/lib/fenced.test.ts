import assert from 'node:assert/strict';
import { it } from 'node:test';
import { fenced } from '../../../src/lib/fenced.ts';

it('a text cannot end the block it is shown in', () => {
  const hostile = 'x\n```\n# free\n`````\n![](https://tracker.example)';
  const lines = fenced(hostile, 'text').split('\n');
  assert.equal(lines[0], '``````text');
  assert.equal(lines.at(-1), '``````');
  assert.equal(lines.slice(1, -1).join('\n'), hostile);
});
