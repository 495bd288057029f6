/** docs/drafts.md as people read it: every row of its tables is tried. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { zonedMoment } from '../../../../src/lib/local-time.ts';
import { roleOf } from '../../../../src/vault/reading/headings.ts';
import type { HeadingRole } from '../../../../src/vault/reading/headings.ts';
import { synonyms } from '../../../../src/vault/reading/keys.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';
import { tableUnder } from '../../../support/tables.ts';

process.env['TZ'] = 'Europe/Berlin';
const now = new Date('2026-11-28T12:00:00Z');
const page = readFileSync(new URL('../../../../docs/drafts.md', import.meta.url), 'utf8');
const table = (head: string, least: number) => tableUnder(page, head, least);

const read = (text: string, name = 'note.md') => readDraft(text, name, platforms, now);

/** Codes of what blocks, by the file and by the rules of its platform. */
function blocking(text: string, name?: string) {
  const { reading, media } = read(text, name);
  const rules = platforms.find(({ id }) => id === reading.effect.platform);
  const all = [...reading.problems, ...(reading.kind === 'draft' ? (rules?.check(reading.effect) ?? []) : [])];
  const codes = all.filter(({ severity }) => severity === 'blocks').map(({ code }) => code);
  return codes.filter((code) => code !== 'media_missing' || media.length === 0);
}

const code = (cell: string): string => /`([^`]+)`/.exec(cell)?.[1] ?? '';

describe('where it goes', () => {
  for (const [cell = '', platform = '', action = ''] of table('Where it goes, and what is done', 30)) {
    const matter = code(cell);
    it(`${matter.replaceAll('\n', ' / ')} is ${platform} ${action}`, () => {
      const text = `---\n${matter}\n---\n\n## Draft\n\nWe are open today.\n`;
      const { reading } = read(text);
      assert.equal(reading.effect.platform, platform === '–' ? '' : platform);
      const blocked = code(action);
      if (blocked === '') {
        assert.equal(reading.effect.action, action);
        assert.deepEqual(blocking(text), []);
        return;
      }
      assert.ok(blocking(text).includes(blocked as never), blocking(text).join());
      const ordinary = platforms.find(({ id }) => id === platform)?.defaultAction;
      if (['unknown_action', 'no_target'].includes(blocked)) assert.notEqual(reading.effect.action, ordinary);
    });
  }
});

const meanings: Readonly<Record<string, readonly HeadingRole[]>> = {
  'the whole text: wins over all others': ['full'],
  'the text': ['draft'],
  'an answer of ours: the text': ['answer'],
  'the text, when no heading above says more': ['generic'],
  'the text, when it doesn’t look cut': ['own_preview'],
  'asks: it may be cut': ['preview'],
  'one of several: asks': ['variant'],
  'somebody else’s: never the text': ['original'],
  'tags: they do not go out, and the card says so': ['hashtags'],
  'a field': ['field'],
  'a note: ends the text, however deep': ['aside'],
  'instructions: end the text': ['strong_stop'],
  'a remark: ends the text': ['weak_stop'],
  'a remark: ends the text beside it, asks inside it': ['weak_stop'],
  'asks, unless sentences follow': ['topic_stop'],
  'asks, unless the text goes on': ['unknown'],
};

describe('the headings', () => {
  for (const [cell = '', meaning = ''] of table('The text', 25)) {
    const title = code(cell).replace(/^#+ /, '');
    it(`“${title}”: ${meaning}`, () => {
      const roles = meanings[meaning.replaceAll("'", '’')];
      assert.ok(roles?.includes(roleOf(title)) === true, `${roleOf(title)} is not “${meaning}”`);
    });
  }
});

describe('what is never part of the text', () => {
  const frames = [
    ['EMAIL_1.md', '---\ntype: email\nto: ann@example.com\nsubject: Hi\n---\n\n## Email Body\n\n'],
    ['LINKEDIN_1.md', '---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\n'],
  ] as const;
  for (const [cell = '', what = ''] of table('What is never part of it', 20)) {
    for (const [name, head] of frames) {
      const body = code(cell).split('\n').join('\n\n');
      it(`${name.slice(0, 4)}: ${body.replaceAll('\n', ' / ')}`, () => {
        const text = `${head}${body}\n`;
        const { reading, media } = read(text, name);
        const [, verb = '', value = '', file] = /^(\w+)(?: `([^`]+)`)?(?: with the file `([^`]+)`)?$/.exec(what) ?? [];
        switch (verb) {
          case 'leaves':
            assert.ok(reading.kind === 'draft', reading.kind);
            assert.equal(reading.effect.text, value.split('\n').join('\n\n'));
            assert.deepEqual(blocking(text, name), []);
            assert.deepEqual(media, file === undefined ? [] : [file]);
            return;
          case 'blocks':
            assert.ok(blocking(text, name).includes(value as never), blocking(text, name).join());
            return;
          case 'asks':
            assert.equal(reading.kind, 'unclear');
            return;
          case 'refuses':
            assert.equal(reading.kind === 'not_publishable' && reading.why, value);
            return;
          default:
            assert.fail(`nobody knows what “${what}” means`);
        }
      });
    }
  }
});

describe('what is not for sending', () => {
  for (const [cell = '', why = ''] of table('What is not for sending', 8)) {
    it(`${code(cell).replaceAll('\n', ' / ')} is ${why}`, () => {
      const { reading } = read(`---\n${code(cell)}\n---\n\nHello Ann, what do you think?\n`);
      assert.equal(reading.kind === 'not_publishable' && reading.why, why);
    });
  }
});

describe('when it leaves', () => {
  for (const [cell = '', when = ''] of table('When it leaves', 18)) {
    const written = code(cell);
    it(`${written.replaceAll('\n', ' / ')}: ${when}`, () => {
      const inBody = written.startsWith('**');
      const text = `---\nplatform: linkedin\n${inBody ? '' : `${written}\n`}---\n${inBody ? `${written}\n` : ''}\nHello.\n`;
      const { reading } = read(text);
      assert.ok(reading.kind === 'draft', reading.kind);
      const blocked = code(when);
      if (blocked !== '') {
        assert.deepEqual(blocking(text), [blocked]);
        return;
      }
      assert.deepEqual(blocking(text), []);
      const { schedule } = reading.effect;
      const shown = schedule === '' ? 'as soon as it is approved' : zonedMoment(new Date(schedule), reading.zone ?? '');
      assert.equal(shown, when);
    });
  }
});

it('the keys are those that are looked for, in their order', () => {
  const rows = table('Keys', 10).map(([name = '', keys = '']) => [
    name,
    [...keys.matchAll(/`(\w+)`/g)].map(([, key]) => key),
  ]);
  assert.deepEqual(Object.fromEntries(rows), synonyms);
});
