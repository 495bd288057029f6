import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { nameOf } from '../../../src/domain/card.ts';
import { emptyEffect } from '../../../src/domain/effect.ts';
import type { Effect } from '../../../src/domain/effect.ts';
import { linkedin, mail, x } from '../../../src/executors/platforms.ts';
import { cardNames } from '../../../src/workflow/card-names.ts';
import { draftOf } from '../../contract/ledger/samples.ts';

const draft = draftOf('a');
const apart = (words: string): string => `\u2068${words}\u2069`;
const effect = (change: Partial<Effect>): Effect => ({ ...emptyEffect, account: 'you@example.com', ...change });
const letter = (change: Partial<Effect> = {}): Effect =>
  effect({
    platform: 'mail',
    action: mail.defaultAction,
    to: ['anna@example.com'],
    subject: 'Offer',
    text: 'Dear Anna',
    ...change,
  });

describe('the names of a card', () => {
  it('a mail is called by whom it is for and its subject', () => {
    assert.deepEqual(cardNames({ draft, effect: letter(), platform: mail }), {
      noun: mail.noun,
      account: 'you@example.com',
      action: `mail/${mail.defaultAction}`,
      headline: `${apart('anna@example.com')} · ${apart('Offer')}`,
      title: `${mail.noun} · ${apart('you@example.com')}`,
    });
  });

  it('many recipients are the first and how many more', () => {
    const { headline } = cardNames({ draft, effect: letter({ to: ['a@x.example', 'b@x.example'] }), platform: mail });
    assert.equal(headline, `${apart('a@x.example')} and 1 more · ${apart('Offer')}`);
  });

  it('without a subject its first words do, on one line', () => {
    const { headline } = cardNames({
      draft,
      effect: letter({ subject: '', text: 'Dear\nAnna,\n\nyes' }),
      platform: mail,
    });
    assert.equal(headline, `${apart('anna@example.com')} · ${apart('Dear Anna, yes')}`);
  });

  it('a post is called by its first words, a direct message by its recipient too', () => {
    const post = effect({ platform: 'linkedin', action: linkedin.defaultAction, text: 'We are hiring.' });
    assert.equal(cardNames({ draft, effect: post, platform: linkedin }).headline, apart('We are hiring.'));
    const message = { ...post, platform: 'twitter', action: 'dm', target: '@anna' };
    const { headline, action, noun } = cardNames({ draft, effect: message, platform: x });
    assert.deepEqual(
      [headline, action, noun],
      [`${apart('@anna')} · ${apart('We are hiring.')}`, 'twitter/dm', 'X dm'],
    );
  });

  it('what can’t be read is called by its file, and what names no account has none', () => {
    const names = cardNames({ draft, effect: undefined, platform: undefined });
    const file = apart('work/LINKEDIN_a.md');
    assert.deepEqual(names, { noun: 'Draft', headline: file, title: `Draft · ${file}` });
    const nameless = cardNames({ draft, effect: letter({ account: '' }), platform: mail });
    assert.deepEqual([nameless.account, nameless.title], [undefined, `${mail.noun} · ${file}`]);
  });

  it('strangers’ words stay apart however long they are', () => {
    const long = 'word '.repeat(100);
    const { headline } = cardNames({ draft, effect: letter({ to: [long], subject: `\u2069${long}` }), platform: mail });
    assert.match(headline, /^\u2068[^\u2068\u2069]*…\u2069 · \u2068[^\u2068\u2069]*…\u2069$/);
  });

  it('a list names noun and headline, and a card from before headlines its title alone', () => {
    assert.equal(nameOf({ noun: 'Mail', headline: 'Offer' }), 'Mail · Offer');
    assert.equal(nameOf({ noun: 'Mail · you@example.com', headline: '' }), 'Mail · you@example.com');
  });
});
