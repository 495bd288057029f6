import assert from 'node:assert/strict';
import { it } from 'node:test';
import { handleOf, instantOf, isPublish, standingOf } from '../../../../src/executors/linkedin/urls.ts';

const site = 'https://www.linkedin.com';

it('tells login pages and checkpoints by whole segments of the path', () => {
  for (const path of ['/login', '/login/de', '/uas/login', '/authwall?x=1', '/checkpoint/lg/login-submit']) {
    assert.equal(standingOf(site + path), 'logged_out', path);
  }
  for (const path of ['/checkpoint/challenge/AgF', '/checkpoint/challengesV2/x', '/challenge/1']) {
    assert.equal(standingOf(site + path), 'checkpoint', path);
  }
  for (const path of ['/feed/', '/in/login-expert/', '/in/checkpoint/', '/feed/?next=/login', '/company/challenge']) {
    assert.equal(standingOf(site + path), 'inside', path);
  }
});

it('reads the handle of a profile only', () => {
  assert.equal(handleOf(`${site}/in/Sara-Khan-7/`), 'sara-khan-7');
  assert.equal(handleOf(`${site}/in/s%C3%A4ra/recent-activity/all/`), 'sära');
  assert.equal(handleOf(`${site}/in/me/`), undefined);
  assert.equal(handleOf(`${site}/feed/`), undefined);
});

it('knows the publish request in its new and old form, and nothing else', () => {
  const is = (method: string, path: string) => isPublish(method, new URL(site + path));
  assert.equal(is('POST', '/voyager/api/graphql?action=execute&queryId=voyagerContentcreationDashShares.abc'), true);
  assert.equal(is('POST', '/voyager/api/contentcreation/normShares'), true);
  assert.equal(is('GET', '/voyager/api/graphql?queryId=voyagerContentcreationDashShares.abc'), false);
  assert.equal(is('POST', '/voyager/api/graphql?queryId=voyagerFeedDashUpdates.abc'), false);
  assert.equal(is('POST', '/li/track'), false);
});

it('reads the time out of an activity id', () => {
  const at = Date.UTC(2026, 10, 22, 12);
  const id = (BigInt(at) << 22n) | 5n;
  assert.equal(instantOf(`urn:li:activity:${id}`)?.getTime(), at);
  assert.equal(instantOf(`urn:li:share:${id}`), undefined);
  assert.equal(instantOf('urn:li:activity:12'), undefined);
});
