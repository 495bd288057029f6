import assert from 'node:assert/strict';
import { it } from 'node:test';
import { judge } from '../../../../src/executors/linkedin/answer.ts';
import type { GateAnswer } from '../../../../src/executors/browser-gate.ts';

const answered = (status: number, body: unknown, retryAfter = ''): GateAnswer => ({
  kind: 'answered',
  status,
  retryAfter,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

const cases: readonly (readonly [what: string, answer: GateAnswer, kind: string])[] = [
  ['a lost answer', { kind: 'lost' }, 'unknown'],
  ['no request seen', { kind: 'none' }, 'unknown'],
  [
    'a created share',
    answered(200, { data: { data: { x: { '*entity': 'urn:li:fsd_share:urn:li:share:71' } } } }),
    'posted',
  ],
  ['the old form of a created share', answered(201, { status: { urn: 'urn:li:activity:72' } }), 'posted'],
  ['only a neighbour named', answered(200, { data: {}, included: [{ entityUrn: 'urn:li:share:9' }] }), 'unknown'],
  ['a page instead of an answer', answered(200, '<html>'), 'unknown'],
  ['errors with status 200', answered(200, { data: { errors: [{ message: 'No.' }] } }), 'refused'],
  ['a forbidden request', answered(403, { message: 'CSRF' }), 'refused'],
  [
    'a duplicate, which may be our own copy',
    answered(422, { data: { errors: [{ message: 'Content is a duplicate of urn:li:share:5' }] } }),
    'unknown',
  ],
  ['too many requests', answered(429, {}, '120'), 'rate_limited'],
  ['the site’s own number for robots', answered(999, ''), 'rate_limited'],
  ['an ended login', answered(401, {}), 'needs_login'],
  ['a failed gateway', answered(502, ''), 'unknown'],
  ['a timeout at the far side', answered(408, ''), 'unknown'],
];

for (const [what, answer, kind] of cases) {
  it(`${what} means ${kind}`, () => {
    assert.equal(judge(answer, 'https://site.example').kind, kind);
  });
}

it('the link is made from the id in the answer, never from what is included beside it', () => {
  const body = {
    included: [{ entityUrn: 'urn:li:share:9' }],
    data: { data: { made: { '*entity': 'urn:li:fsd_share:urn:li:share:71' } } },
  };
  const outcome = judge(answered(200, body), 'https://site.example');
  assert.equal(outcome.kind === 'posted' && outcome.evidence.link, 'https://site.example/feed/update/urn:li:share:71/');
});

it('a named time is kept, a missing one is an hour', () => {
  const named = judge(answered(429, {}, '120'), 'https://site.example');
  const unnamed = judge(answered(429, {}, 'soon'), 'https://site.example');
  assert.equal(named.kind === 'rate_limited' && named.afterSeconds, 120);
  assert.equal(unnamed.kind === 'rate_limited' && unnamed.afterSeconds, 3600);
});
