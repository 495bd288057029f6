import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createHealth } from '../../../src/domain/health.ts';

describe('the health of a part', () => {
  const at = (seconds: number) => new Date(seconds * 1_000);
  const create = () => {
    let now = 1;
    const health = createHealth('mail', { now: () => at(now) }, { standing: 'starting', words: 'Not yet.' });
    return { health, goTo: (seconds: number) => (now = seconds) };
  };

  it('stands as it began until something is known', () => {
    assert.deepEqual(create().health.now(), {
      part: 'mail',
      standing: 'starting',
      words: 'Not yet.',
      since: at(1),
      lastSuccess: undefined,
    });
  });

  it('goes on standing so since it began, whatever the words, and begins anew when it stands otherwise', () => {
    const { health, goTo } = create();
    goTo(2);
    health.become('troubled', 'One.');
    goTo(3);
    health.become('troubled', 'Two.');
    assert.deepEqual([health.now().since, health.now().words], [at(2), 'Two.']);
    goTo(4);
    health.become('well', 'Ready.');
    assert.deepEqual(health.now().since, at(4));
  });

  it('keeps when it last did its work, also in trouble, and does not take standing well for it', () => {
    const { health, goTo } = create();
    health.become('well', 'Ready.');
    assert.equal(health.now().lastSuccess, undefined);
    goTo(5);
    health.succeeded();
    goTo(6);
    health.become('troubled', 'Down.');
    assert.deepEqual(health.now().lastSuccess, at(5));
  });
});
