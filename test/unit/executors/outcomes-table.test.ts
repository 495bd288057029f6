/** docs/outcomes.md is held against the code: every row, and everything that is no row. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { outcomeOf } from '../../../src/executors/mail/outcomes.ts';
import { judge } from '../../../src/executors/linkedin/answer.ts';

const page = readFileSync(new URL('../../../docs/outcomes.md', import.meta.url), 'utf8');
const [, mailPart = '', linkedinPart = ''] = page.split(/^## /m);
const rowsIn = (part: string): readonly (readonly string[])[] =>
  [...part.matchAll(/^\| (`.+) \|$/gm)].map(([, row = '']) => row.split(' | ').map((cell) => cell.trim()));
const codesIn = (cell: string): readonly number[] => [...cell.matchAll(/`(\d{3})`/g)].map(([, code]) => Number(code));
const word = (cell = ''): string => /^`(\w+)`$/.exec(cell)?.[1] ?? assert.fail(`not an outcome: ${cell}`);

describe('what an answer of a mail server means', () => {
  const rows = rowsIn(mailPart).map(([answer = '', outcome]) => {
    const [from = 0, to = from] = codesIn(answer);
    return { from, to, enhanced: /with `([\d.]+)`/.exec(answer)?.[1] ?? '', outcome: word(outcome) };
  });
  /** As the library says it. */
  const failed = (code: number, text: string, library = 'EMESSAGE') =>
    Object.assign(new Error(`Message failed: ${code} ${text}`), {
      code: library,
      command: 'DATA',
      responseCode: code,
      response: `${code} ${text}`,
    });
  const expected = (code: number, enhanced: string): string =>
    rows.find((row) => row.enhanced === enhanced && row.from <= code && code <= row.to)?.outcome ??
    (enhanced === '' ? 'unknown' : expected(code, ''));

  it('the table has rows of every kind', () => {
    assert.deepEqual([...new Set(rows.map(({ outcome }) => outcome))].toSorted(), [
      'posted',
      'rate_limited',
      'refused',
      'retry_later',
    ]);
  });

  it('to the whole message: what is in the table, and nothing else', () => {
    for (let code = 300; code <= 620; code += 1) {
      assert.equal(outcomeOf(failed(code, 'so it is'), 'send', 'whole').kind, expected(code, ''), String(code));
      const limit = outcomeOf(failed(code, '5.4.5 Daily limit'), 'send', 'whole').kind;
      assert.equal(limit, expected(code, '5.4.5'), `${code} 5.4.5`);
      for (const tired of ['4.4.1', '4.4.2']) {
        assert.equal(outcomeOf(failed(code, `${tired} timeout`), 'send', 'whole').kind, 'unknown', `${code} ${tired}`);
      }
    }
  });

  it('to a part of it, or given by a connection that broke: nothing at all', () => {
    for (let code = 100; code <= 620; code += 1) {
      assert.equal(outcomeOf(failed(code, 'so it is'), 'send', 'part').kind, 'unknown', String(code));
      const broken = failed(code, 'so it is', 'ECONNECTION');
      assert.equal(outcomeOf(broken, 'send', 'whole').kind, 'unknown', `${code}, broken`);
    }
    for (const thrown of [new Error('Timeout'), 'odd', undefined, { responseCode: '550', code: 'EMESSAGE' }]) {
      assert.equal(outcomeOf(thrown, 'send', 'whole').kind, 'unknown', JSON.stringify(thrown));
    }
  });

  it('before the message: never unknown, because nothing left', () => {
    const kinds = (step: 'connect' | 'login' | 'send') =>
      Array.from({ length: 500 }, (_, code) => outcomeOf(failed(code + 100, 'x', 'EENVELOPE'), step, 'nothing').kind);
    assert.equal([...kinds('connect'), ...kinds('login'), ...kinds('send')].includes('unknown'), false);
    assert.equal(outcomeOf(failed(550, '5.4.5 Daily'), 'send', 'nothing').kind, 'rate_limited');
    assert.equal(outcomeOf(failed(451, '4.4.2 timeout'), 'send', 'nothing').kind, 'retry_later');
  });
});

describe('what an answer of LinkedIn means', () => {
  const made = { data: { data: { x: { '*entity': 'urn:li:fsd_share:urn:li:share:71' } } } };
  const errors = [{ message: 'No.', extensions: { code: 'POLICY' } }];
  /** What an answer may hold → the words of the table it falls under; undefined where it never proves anything. */
  const bodies: Readonly<Record<string, readonly [body: unknown, words: RegExp | undefined]>> = {
    'a post that was made': [made, /^names the post/],
    'a post that was made, in the old form': [{ status: { urn: 'urn:li:activity:72' } }, /^names the post/],
    errors: [{ data: { errors } }, /^errors and no result|no result|anything/],
    'errors at the top, no data': [{ errors, data: null }, /^errors and no result|no result|anything/],
    'words and a number': [{ status: 400, message: 'No.', code: 'X' }, /^no result|anything/],
    'an object with nothing in it': [{}, /^no result|anything/],
    nothing: ['', /or nothing|anything/],
    'a page': ['<!DOCTYPE html><title>LinkedIn Login</title>', /anything/],
    'a list': [[], /anything/],
    'half an answer': ['{"data":{"errors":[{"mess', /anything/],
    'a bare word': ['"ok"', /anything/],
    'errors beside a result': [{ errors, data: { data: { x: { id: '5' } } } }, /anything/],
    'a result without a name': [{ data: { value: { made: true } } }, /anything/],
    'errors beside a post that was made': [{ ...made, errors }, undefined],
    'an error that names a post': [{ status: 400, message: 'See urn:li:ugcPost:5' }, undefined],
    'a post in an odd place': [{ status: 403, hint: { at: 'urn:li:share:5' } }, undefined],
    'a page that names a post': ['<html>urn:li:activity:5</html>', undefined],
    'a neighbour only': [{ data: {}, included: [{ entityUrn: 'urn:li:share:9' }] }, undefined],
    'a duplicate': [{ data: { errors: [{ message: 'This is a Duplicate.' }] } }, undefined],
    'a duplicate by its code': [{ errors: [{ extensions: { code: 'DUPLICATE_POST' } }] }, undefined],
  };
  const rows = rowsIn(linkedinPart).map(([status = '', holds = '', outcome]) => ({
    status: codesIn(status)[0],
    holds,
    outcome: word(outcome),
  }));

  it('the table has nine rows, each of them about one status', () => {
    assert.equal(rows.length, 9);
    assert.equal(
      rows.every(({ status }) => status !== undefined),
      true,
    );
  });

  for (const [what, [body, words]] of Object.entries(bodies)) {
    it(`with ${what}: what is in the table, and nothing else`, () => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      for (let status = 100; status <= 1000; status += 1) {
        const row = rows.find((one) => one.status === status && words?.test(one.holds) === true);
        const outcome = judge({ kind: 'answered', status, retryAfter: '', body: text }, 'https://site.example');
        assert.equal(outcome.kind, row?.outcome ?? 'unknown', `${status}: ${JSON.stringify(outcome)}`);
      }
    });
  }

  it('a named time is kept in bounds', () => {
    const after = (retryAfter: string): number => {
      const outcome = judge({ kind: 'answered', status: 429, retryAfter, body: '' }, 'https://site.example');
      return outcome.kind === 'rate_limited' ? outcome.afterSeconds : -1;
    };
    assert.deepEqual(
      ['120', '0.2', '-5', '0', 'Infinity', '1e9', 'Wed, 21 Oct 2026 07:28:00 GMT'].map(after),
      [120, 1, 3600, 3600, 3600, 86_400, 3600],
    );
  });
});
