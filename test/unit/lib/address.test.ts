import assert from 'node:assert/strict';
import { it } from 'node:test';
import { domainOf, isPlainAddress } from '../../../src/lib/address.ts';

it('only a plain address is an address', () => {
  for (const good of ['a@b.example', 'first.last+tag@mail.b.example']) assert.ok(isPlainAddress(good), good);
  for (const bad of [
    'a@b',
    '"a b"@c.example',
    'a@b.example, c@d.example',
    'a@b.example\r\nBcc: c@d.example',
    'a@@b.example',
    'a.@b.example',
    `${'a'.repeat(65)}@b.example`,
  ]) {
    assert.ok(!isPlainAddress(bad), bad);
  }
});

it('a domain is what stands behind the @', () => {
  assert.equal(domainOf('Ann@Mail.Example'), 'mail.example');
});
