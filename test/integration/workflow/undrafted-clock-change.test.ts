/** The line about mails without a draft keeps its time of day when the clocks change, and comes once in such a night. */
import assert from 'node:assert/strict';
import { it } from 'node:test';
import { createHeldClock } from '../../support/held-clock.ts';
import { newsletter } from '../../support/undrafted-mails.ts';
import { until } from '../../support/until.ts';
import { createWorld } from '../../support/workflow-world.ts';

process.env['TZ'] = 'Europe/Berlin';

const minuteMs = 60_000;

for (const [night, day, mailsAt, due] of [
  ['spring', '2031-03-30T00:00', '18:00', ['2031-03-30T18:00', '2031-03-31T18:00']],
  ['autumn', '2031-10-26T00:00', '18:00', ['2031-10-26T18:00', '2031-10-27T18:00']],
  // There is no 02:30 then.
  ['spring', '2031-03-30T00:00', '02:30', ['2031-03-30T03:30', '2031-03-31T02:30']],
  // There are two.
  ['autumn', '2031-10-26T00:00', '02:30', ['2031-10-26T02:30', '2031-10-27T02:30']],
] as const) {
  it(`in the night of ${night}, at ${mailsAt}`, async (t) => {
    const [hour = 0, minute = 0] = mailsAt.split(':').map(Number);
    const world = await createWorld(
      t,
      { mailsAt: { hour, minute } },
      { clock: createHeldClock(new Date(new Date(day).getTime() - 60 * minuteMs)) },
    );
    const told = () => world.chat.notes.filter(({ leadsTo }) => leadsTo === 'undrafted').length;
    const times: string[] = [];
    for (let n = 0; world.clock.now() < new Date(due[1]); n += 1) {
      await world.workflow().takeIn(newsletter(`n${n}`, world.clock.now()));
      await world.pass(15 * minuteMs);
      const before = (await world.parts().ledger.undrafted.untold()).length;
      await world.rescan();
      const isTold = before > 0 && (await world.parts().ledger.undrafted.untold()).length === 0;
      if (isTold) times.push(world.clock.now().toISOString());
    }
    assert.deepEqual(
      times,
      due.map((time) => new Date(time).toISOString()),
    );
    await until(() => told() === due.length, 'each line is heard');
  });
}
