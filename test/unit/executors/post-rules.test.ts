/** What each platform would refuse, known before the approval. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { emptyEffect } from '../../../src/domain/effect.ts';
import type { Effect, Media } from '../../../src/domain/effect.ts';
import { facebook, instagram, linkedin, x } from '../../../src/executors/platforms.ts';
import type { Platform } from '../../../src/domain/platform.ts';

const effectOf = (platform: Platform, change: Partial<Effect>): Effect => ({
  ...emptyEffect,
  platform: platform.id,
  action: platform.defaultAction,
  text: 'Hello.',
  ...change,
});
const codes = (platform: Platform, change: Partial<Effect>) =>
  platform.check(effectOf(platform, change)).map(({ code }) => code);
const picture = (change: Partial<Media> = {}): Media => ({
  path: 'Media/a.jpg',
  name: 'a.jpg',
  sha256: '0'.repeat(64),
  bytes: 1_000,
  type: 'image/jpeg',
  shape: { width: 1_080, height: 1_080 },
  ...change,
});

describe('X', () => {
  it('weighs a text as X does', () => {
    assert.deepEqual(codes(x, { text: 'a'.repeat(280) }), []);
    assert.deepEqual(codes(x, { text: 'a'.repeat(281) }), ['too_long']);
    assert.deepEqual(codes(x, { text: '日'.repeat(140) }), []);
    assert.deepEqual(codes(x, { text: '日'.repeat(141) }), ['too_long']);
    assert.deepEqual(codes(x, { text: '👩‍👩‍👧'.repeat(140) }), []);
    const link = `https://example.com/${'a'.repeat(300)}`;
    assert.equal(x.size(effectOf(x, { text: link })), '23 of 280');
    assert.deepEqual(codes(x, { text: `${'a'.repeat(256)} ${link}` }), []);
  });

  it('gives a direct message more room', () => {
    const target = '@ann';
    assert.deepEqual(codes(x, { action: 'dm', target, text: 'a'.repeat(10_000) }), []);
    assert.deepEqual(codes(x, { action: 'dm', target, text: 'a'.repeat(10_001) }), ['too_long']);
  });
});

describe('LinkedIn, Facebook and Instagram', () => {
  it('have their limits', () => {
    for (const [platform, action, limit] of [
      [linkedin, 'post_update', 3_000],
      [linkedin, 'comment', 1_250],
      [facebook, 'status', 63_206],
      [instagram, 'photo', 2_200],
    ] as const) {
      const media = platform === instagram ? [picture()] : [];
      const target = action === 'comment' ? 'https://www.linkedin.com/feed/update/urn:li:activity:1/' : '';
      const text = (length: number) => ({ action, media, target, text: 'a'.repeat(length) });
      assert.deepEqual(codes(platform, text(limit)), [], platform.id);
      assert.deepEqual(codes(platform, text(limit + 1)), ['too_long'], platform.id);
    }
    assert.equal(linkedin.size(effectOf(linkedin, { text: 'a'.repeat(1_234) })), '1,234 of 3,000');
  });

  it('say that marks of Markdown would be seen', () => {
    assert.deepEqual(codes(linkedin, { text: 'We are **open**.' }), ['markdown_marks']);
    assert.deepEqual(codes(linkedin, { text: 'We are open. #open' }), []);
  });

  it('want a picture where one is shown, of a kind and shape that is taken', () => {
    assert.deepEqual(codes(instagram, {}), ['media_missing']);
    assert.deepEqual(codes(instagram, { media: [picture()] }), []);
    assert.deepEqual(codes(instagram, { media: [picture({ type: 'text/plain' })] }), ['media_unsupported']);
    assert.deepEqual(codes(instagram, { media: [picture({ type: 'image/svg+xml' })] }), ['media_unsupported']);
    assert.deepEqual(codes(instagram, { media: [picture({ bytes: 9_000_000 })] }), ['media_unsupported']);
    assert.deepEqual(codes(instagram, { media: [picture({ shape: { width: 900, height: 1_600 } })] }), [
      'media_unsupported',
    ]);
    assert.deepEqual(codes(facebook, { action: 'photo' }), ['media_missing']);
    assert.deepEqual(codes(facebook, { action: 'video', media: [picture()] }), ['media_unsupported']);
  });

  it('count each hashtag once, and no sign that only looks like one', () => {
    const media = [picture()];
    assert.deepEqual(codes(instagram, { media, text: '#a #b #c #d #e #A &#39; issue #12 x#y' }), []);
    assert.deepEqual(codes(instagram, { media, text: '#a #b #c #d #e #f' }), ['too_many_hashtags']);
  });
});

describe('what is said to somebody', () => {
  it('says to whom, as sites name people and posts', () => {
    const reply = (target: string) => codes(x, { action: 'reply', target });
    for (const target of ['https://x.com/ann/status/1', '1234567890123', 'urn:li:activity:1']) {
      assert.deepEqual(reply(target), [], target);
      assert.deepEqual(codes(linkedin, { action: 'comment', target }), [], target);
    }
    for (const target of ['', 'the post of Ann', '12']) assert.deepEqual(reply(target), ['no_target'], target);
    assert.deepEqual(codes(x, { action: 'dm', target: '@ann' }), []);
    assert.deepEqual(codes(x, { action: 'dm', target: 'Ann' }), ['no_target']);
  });

  it('is no post: a post with a target is told apart', () => {
    for (const platform of [linkedin, facebook, x]) {
      assert.deepEqual(codes(platform, { target: 'https://x.com/ann/status/1' }), ['contradiction'], platform.id);
    }
  });
});

it('a picture that could not be measured is said to be unchecked', () => {
  const { shape: _, ...unmeasured } = picture();
  const problems = instagram.check(effectOf(instagram, { media: [unmeasured] }));
  assert.deepEqual(
    problems.map(({ code, severity }) => `${severity} ${code}`),
    ['warns media_unsupported'],
  );
});
