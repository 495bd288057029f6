/** Nothing leaves at another time than its author meant: whatever says a time counts, and what is not understood blocks. */
import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { platforms } from '../../../../src/executors/platforms.ts';
import { months, weekdays } from '../../../../src/vault/reading/calendar-words.ts';
import { momentOf } from '../../../../src/vault/reading/instant.ts';
import { readDraft } from '../../../../src/vault/reading/read-draft.ts';
import { instantAt, zoneOf } from '../../../../src/vault/reading/zones.ts';

process.env['TZ'] = 'Europe/Berlin';
const now = new Date('2026-11-28T12:00:00Z');

function plan(matter: string, above = '') {
  const text = `---\nplatform: linkedin\n${matter}\n---\n${above}\nWe are open today.\n`;
  const { reading } = readDraft(text, 'note.md', platforms, now);
  assert.ok(reading.kind === 'draft', `${reading.kind}: ${matter} ${above}`);
  assert.equal(reading.effect.text, 'We are open today.');
  const problems = reading.problems.map(({ severity, code }) => `${severity} ${code}`);
  return { at: reading.effect.schedule, zone: reading.zone, problems };
}

const nine = '2026-12-05T08:00:00.000Z';

describe('a time to leave at', () => {
  it('counts under every key people use for it', () => {
    for (const key of [
      'schedule',
      'scheduled',
      'scheduled_for',
      'scheduled_at',
      'scheduled_date',
      'scheduled_time',
      'scheduled_datetime',
      'scheduled_publish_date',
      'schedule_date',
      'schedule-time',
      'Scheduled Date',
      'publish_date',
      'publish_time',
      'publish_at',
      'publish_on',
      'publishAt',
      'publication_date',
      'scheduledFor',
      'post_date',
      'post_at',
      'posting_time',
      'send_at',
      'send_date',
      'go_live',
      'planned_for',
      'not_before',
      'embargo_until',
    ]) {
      assert.deepEqual(plan(`${key}: 2026-12-05 09:00`), { at: nine, zone: undefined, problems: [] }, key);
      assert.deepEqual(plan(`${key}: 2026-12-05`).problems, ['blocks bad_schedule'], `${key}, a day only`);
    }
    assert.equal(plan('params:\n  publish_at: 2026-12-05 09:00').at, nine);
  });

  it('is no other date of the file', () => {
    for (const key of ['created', 'updated_at', 'due', 'scheduled_by', 'timestamp', 'deadline']) {
      assert.deepEqual(plan(`${key}: 2026-12-05 09:00`), { at: '', zone: undefined, problems: [] }, key);
    }
    for (const key of ['publishing_slot', 'release_date']) {
      assert.deepEqual(
        plan(`${key}: 2026-12-05 09:00`).problems,
        ['warns bad_schedule'],
        `${key} is said not to count`,
      );
    }
  });

  it('may be a day and an hour apart, in keys or in lines in bold', () => {
    assert.equal(plan('post_date: 2026-12-05\npost_time: 09:00').at, nine);
    assert.equal(plan('scheduled: true\nscheduled_date: 2026-12-05\npublish_time: "9 AM"').at, nine);
    assert.equal(plan('x: y', '**Publish date:** 2026-12-05\n**Publish time:** 09:00\n').at, nine);
    assert.equal(plan('date: 2026-12-05\ntime: 09:00').at, nine);
    for (const line of [
      '**Scheduled:** 2026-12-05 09:00',
      '- **Scheduled for**: Dec 5, 2026 at 9:00 AM',
      '| **Scheduled** | 2026-12-05 09:00 |\n|---|---|',
      '> **Publish at**: 2026-12-05 09:00\n',
    ]) {
      assert.equal(plan('x: y', `${line}\n`).at, nine, line);
    }
    assert.deepEqual(plan('post_time: 09:00').problems, ['blocks bad_schedule'], 'an hour of no day');
    assert.deepEqual(plan('scheduled: yes').problems, ['blocks bad_schedule'], 'only that there is a plan');
  });

  it('is read as people write it', () => {
    for (const value of [
      '2026-12-05T09:00',
      '2026-12-05T09:00:00',
      '2026-12-05 9:00am',
      '2026-12-5 09:00',
      '2026/12/05 09:00',
      '"2026-12-05, 09:00"',
      '"2026-12-05 @ 09:00"',
      '"05.12.2026 09:00"',
      '"Dec 5, 2026 9:00 AM"',
      '"Saturday, December 5, 2026 at 9am"',
      '"5th of December 2026 9:00"',
      '"Samstag, 5. Dezember 2026 um 9 Uhr"',
      '"5 décembre 2026 à 9h00"',
      '"sábado 5 de diciembre de 2026 a las 09:00"',
      '"5 dicembre 2026 alle ore 9:00"',
      '2026-12-05T09:00:00+01:00',
      '2026-12-05 08:00 UTC',
      '"2026-12-05 13:00 (Asia/Karachi)"',
      '"2026-12-05 13:00 PKT"',
      '"2026-12-05 13:00 GMT +5"',
      '"2026-12-05 09:00 CET"',
    ]) {
      const { at, problems } = plan(`scheduled_for: ${value}`);
      assert.deepEqual([at, problems], [nine, []], value);
    }
  });

  it('blocks where it means two things or nothing', () => {
    for (const value of [
      'tomorrow',
      'next week',
      'Mon 9am',
      '12/05/2026 09:00',
      '2026-12-05 25:00',
      '2026-02-31 09:00',
      '2026-12-05 noon',
      '"Friday, December 5, 2026 at 9am"',
      '"2026-12-05 09:00 EST"',
      '"2026-12-05 09:00 IST"',
      '"2026-12-05 09:00 CEST"',
      '"2026-12-05 09:00 or 10:00"',
      '1764925200',
      'weekly',
    ]) {
      const { at, problems } = plan(`scheduled_for: ${value}`);
      assert.deepEqual([at, problems], ['', ['blocks bad_schedule']], value);
    }
  });

  it('is not named twice and differently; two ways to say one instant are one', () => {
    const two = ['blocks contradiction'];
    assert.deepEqual(plan('scheduled_for: 2026-12-05 09:00\npublish_at: 2026-12-06 09:00').problems, two);
    assert.deepEqual(plan('scheduled_for: 2026-12-05 09:00', '**Scheduled:** 2026-12-05 10:00\n').problems, two);
    assert.deepEqual(plan('scheduled_for: 2026-12-05 09:00\nscheduled_date: 2026-12-06').problems, two);
    assert.equal(plan('scheduled_for: 2026-12-05 09:00\nscheduled_date: 2026-12-05').at, nine);
    assert.equal(plan('scheduled_for: 2026-12-05 09:00\npublish_at: 2026-12-05T08:00:00Z').at, nine);
  });

  it('is meant in the zone beside it, and that is told', () => {
    for (const zone of ['Asia/Karachi', 'asia/karachi', 'PKT', 'UTC+5', '+05:00']) {
      const { at, problems } = plan(`scheduled_for: 2026-12-05 13:00\ntimezone: ${zone}`);
      assert.deepEqual([at, problems], [nine, []], zone);
    }
    assert.equal(plan('scheduled_for: 2026-12-05 13:00\ntz: Asia/Karachi').zone, 'Asia/Karachi');
    assert.equal(plan('x: y', '**Scheduled:** 2026-12-05 13:00\n**Timezone:** Asia/Karachi\n').at, nine);
    for (const zone of ['Mars/Base', 'IST', 'my own']) {
      assert.deepEqual(plan(`scheduled_for: 2026-12-05 13:00\ntimezone: ${zone}`), {
        at: '',
        zone: undefined,
        problems: ['blocks bad_schedule'],
      });
      assert.deepEqual(plan(`timezone: ${zone}`).problems, [], 'without a time it says nothing');
    }
    assert.equal(plan('scheduled_for: 2026-12-05 09:00\ntimezone: local').at, nine);
  });

  it('that is “at once” is none, and one that is over is said to be', () => {
    for (const value of ['now', 'asap', 'immediately', 'Immediate (pending approval)', 'after approval', 'false']) {
      assert.deepEqual(plan(`scheduled_for: ${value}`), { at: '', zone: undefined, problems: [] }, value);
    }
    assert.deepEqual(plan('scheduled_for: 2026-11-01 09:00').problems, ['warns bad_schedule']);
    assert.deepEqual(plan('scheduled_for: 2026-11-01').problems, ['warns bad_schedule']);
    assert.deepEqual(plan('date: 2026-11-01').problems, []);
    assert.deepEqual(plan('date: 2026-12-05').problems, ['blocks bad_schedule'], 'a day ahead is no day of making');
  });

  it('lies before its expiry', () => {
    assert.deepEqual(plan('scheduled_for: 2026-12-05 09:00\nexpires: 2026-12-05 08:59').problems, ['blocks expired']);
    assert.deepEqual(plan('scheduled_for: 2026-12-05 09:00\nexpires: 2026-12-05').problems, []);
    assert.deepEqual(plan('x: y', '**Expires:** 2026-11-27\n').problems, ['blocks expired']);
    const there = 'expires: 2026-11-28 16:30\ntimezone:';
    assert.deepEqual(plan(`${there} Asia/Karachi`).problems, ['blocks expired'], 'half past twelve here');
    assert.deepEqual(plan(`${there} America/New_York`).problems, []);
  });

  it('in the text itself is text', () => {
    const text =
      '---\nplatform: linkedin\n---\n## Post\n\nOur plan:\n\n**Schedule:** doors open at 9.\n\nCome and see!\n';
    const { reading } = readDraft(text, 'note.md', platforms, now);
    assert.ok(reading.kind === 'draft', reading.kind);
    assert.deepEqual([reading.effect.schedule, reading.problems], ['', []]);
  });
});

describe('the words of the calendar', () => {
  it('name each month and each day in every language', () => {
    for (const [month, names] of months.entries()) {
      for (const name of names) assert.equal(momentOf(`5 ${name} 2026`)?.day?.month, month + 1, name);
    }
    // 2026-12-06 is a Sunday.
    for (const [day, names] of weekdays.entries()) {
      for (const name of names) {
        assert.equal(momentOf(`${name} 2026-12-${String(6 + day).padStart(2, '0')}`)?.day?.day, 6 + day, name);
        assert.equal(momentOf(`${name} 2026-12-${String(6 + ((day + 1) % 7)).padStart(2, '0')}`), undefined, name);
      }
    }
  });
});

describe('a time in another zone', () => {
  const wall = (month: number, day: number, hour: number, minute: number) => ({
    year: 2031,
    month,
    day,
    hour,
    minute,
    second: 0,
  });
  const iso = (zone: string, ...at: Parameters<typeof wall>) => {
    const found = zoneOf(zone);
    assert.ok(found !== undefined, zone);
    return instantAt(wall(...at), found)?.toISOString();
  };

  it('that exists twice is the first, one that does not exist is as long after midnight as it says', () => {
    assert.equal(iso('America/New_York', 3, 9, 2, 30), '2031-03-09T07:30:00.000Z');
    assert.equal(iso('America/New_York', 11, 2, 1, 30), '2031-11-02T05:30:00.000Z');
    assert.equal(iso('Europe/Berlin', 3, 30, 2, 30), '2031-03-30T01:30:00.000Z');
    assert.equal(iso('Europe/Berlin', 10, 26, 2, 30), '2031-10-26T00:30:00.000Z');
    assert.equal(iso('Asia/Kathmandu', 1, 1, 0, 0), '2030-12-31T18:15:00.000Z');
  });

  it('has a short name only when that name holds on that day', () => {
    assert.equal(iso('CET', 1, 1, 12, 0), '2031-01-01T11:00:00.000Z');
    assert.equal(iso('CET', 7, 1, 12, 0), undefined);
    assert.equal(iso('CEST', 7, 1, 12, 0), '2031-07-01T10:00:00.000Z');
  });
});
