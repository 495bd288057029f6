import assert from 'node:assert/strict';
import { it } from 'node:test';
import { domainOf, isOneSignAway, isPlainAddress, mixesAlphabets, plainAddress } from '../../../src/lib/address.ts';

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

it('a domain in letters of any script has one plain form', () => {
  for (const [written, plain] of [
    ['a@b.example', 'a@b.example'],
    ['j@müller.example', 'j@xn--mller-kva.example'],
    ['j@MÜLLER.example', 'j@xn--mller-kva.example'],
    ['j@mu\u0308ller.example', 'j@xn--mller-kva.example'],
    ['j@straße.example', 'j@xn--strae-oqa.example'],
    ['j@例え.テスト', 'j@xn--r8jz45g.xn--zckzah'],
    ['j@xn--mller-kva.example', 'j@xn--mller-kva.example'],
  ] as const) {
    assert.equal(plainAddress(written), plain, written);
  }
});

it('a domain that would become another one than is written has none', () => {
  for (const bad of [
    'j@ｅｘａｍｐｌｅ.com',
    'j@exa\u00admple.com',
    'j@exam\u200bple.com',
    'j@１２７.0.0.12',
    'j@müller。example',
    'j@ﬁrma.example',
    'j@müller.example:25',
    'j@mü%6cler.example',
    'j@mü ller.example',
    'j@müller.example\r\nBcc: c@d.example',
    'j@müller.example, c@d.example',
    'j@müller..example',
    `j@${'ü'.repeat(70)}.example`,
    'jörg@müller.example',
    'j@x@müller.example',
    'j@[müller.example]',
    '@müller.example',
    'j@ü',
  ]) {
    assert.equal(plainAddress(bad), undefined, bad);
  }
});

it('letters of two alphabets in one word are noticed', () => {
  for (const made of ['j@p\u0430ypal.example', 'j@shop.g\u03bf\u03bfgle.example', 'j@\u0585range.example']) {
    assert.ok(mixesAlphabets(made), made);
  }
  for (const good of ['j@müller.example', 'j@почта.example', 'j@почта.müller.example', 'j@例えabc.example']) {
    assert.ok(!mixesAlphabets(good), good);
  }
});

it('a domain is one sign away from another or not', () => {
  for (const [one, other] of [
    ['client.example', 'cl1ent.example'],
    ['client.example', 'clients.example'],
    ['client.example', 'clint.example'],
    ['client.example', 'cilent.example'],
    ['client.example', 'xclient.example'],
    ['client.example', 'client.exampl'],
    ['gmail.com', 'gmial.com'],
  ] as const) {
    assert.ok(isOneSignAway(one, other) && isOneSignAway(other, one), other);
  }
  for (const [one, other] of [
    ['client.example', 'client.example'],
    ['client.example', 'cl1ents.example'],
    ['client.example', 'ceilnt.example'],
    ['client.example', 'other.example'],
    ['client.example', ''],
    // Too short to mean anything.
    ['abc.com', 'abd.com'],
  ] as const) {
    assert.ok(!isOneSignAway(one, other) && !isOneSignAway(other, one), other);
  }
});
