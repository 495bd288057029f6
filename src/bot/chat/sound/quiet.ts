/**
 * Quiet hours: what would make a sound comes without one, and in the morning one message says what waits. That it is
 * owed is remembered, so that a night with a restart in it ends the same way.
 */
import { button } from '../buttons/button.ts';
import type { Door } from '../../../domain/ports.ts';
import { createAlarm } from '../../../lib/alarm.ts';
import type { Clock } from '../../../lib/clock.ts';
import type { Logger } from '../../../lib/logger.ts';
import { messageOf } from '../../../lib/words.ts';
import { isQuiet, quietEnd } from './quiet-hours.ts';
import type { QuietHours } from './quiet-hours.ts';
import type { Messenger } from '../messenger.ts';
import { homeOf, sendTo } from '../places.ts';
import { aboutAll } from '../routing.ts';
import type { Remembered } from '../memory/memory.ts';
import { richText } from '../text/text.ts';
import { encodeWish } from '../buttons/action.ts';

export type Quiet = {
  /** Whether a message goes without a sound; `silent` when it would anyway. */
  hush(silent: boolean): Promise<boolean>;
  start(): void;
  stop(): void;
};

const againMs = 60_000;

export function createQuiet(parts: {
  hours: QuietHours | undefined;
  door: Door;
  messenger: Messenger;
  remembered: Remembered;
  clock: Clock;
  logger: Logger;
}): Quiet {
  const { hours, messenger, remembered, clock, logger } = parts;
  const alarm = createAlarm({
    clock,
    ring: () => morning(),
    failed: (thrown) => logger.warn(`the morning message failed: ${messageOf(thrown)}`),
    againMs,
  });

  const morning = async (): Promise<void> => {
    if (hours === undefined || !(await remembered.night(await homeOf(messenger)))) return;
    const now = clock.now();
    if (isQuiet(hours, now)) return alarm.set(quietEnd(hours, now).getTime() - now.getTime());
    if (!(await sayMorning(parts))) return alarm.set(againMs);
    await remembered.keepNight(await homeOf(messenger), false);
  };

  return {
    async hush(silent) {
      const now = clock.now();
      const sound = silent ? 'never' : await remembered.sound();
      if (sound !== 'usual') return sound === 'never';
      if (hours === undefined || !isQuiet(hours, now)) return false;
      await remembered.keepNight(await homeOf(messenger), true);
      alarm.set(quietEnd(hours, now).getTime() - now.getTime());
      return true;
    },
    start() {
      if (hours !== undefined) alarm.set(0);
    },
    stop: alarm.stop,
  };
}

/** False when it did not arrive; nothing is said when nothing is left to say. */
async function sayMorning(parts: { door: Door; messenger: Messenger; remembered: Remembered }): Promise<boolean> {
  const cards = await parts.door.cards(0);
  const waiting = cards.filter(({ mood }) => mood === 'asks' || mood === 'blocked' || mood === 'nothing').length;
  const unclear = cards.filter(({ mood }) => mood === 'unknown').length;
  const { failed } = (await parts.door.status()).counts;
  const lines = [
    waiting === 0 ? '' : `${waiting === 1 ? 'One draft waits' : `${waiting} drafts wait`} for you.`,
    unclear === 0 ? '' : `${unclear} may or may not have gone out: please look.`,
    failed === 0 ? '' : `${failed} did not go out: ${parts.messenger.command('failed')}`,
  ].filter((line) => line !== '');
  if (lines.length === 0) return true;
  const review = button('▶ Review', encodeWish({ kind: 'review' }));
  const rows = waiting + unclear === 0 ? [] : [{ buttons: [review] }];
  const sent = await sendTo(parts.messenger, aboutAll, richText(['bold', 'Good morning.'], `\n${lines.join('\n')}`), {
    rows,
    silent: (await parts.remembered.sound()) === 'never',
  });
  // A lost answer may have arrived: one morning is not worth two messages.
  return sent.kind === 'ok' || sent.trouble.kind === 'answer_lost';
}
