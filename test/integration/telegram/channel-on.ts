/** The real workflow with a real channel on a stand-in that the test holds: for a group, and for two on one token. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createTelegramStandIn } from '../../../sandbox/telegram/index.ts';
import type { SeenMessage, TelegramStandIn } from '../../../sandbox/telegram/index.ts';
import { exhibitsOf } from '../../../src/app/exhibits.ts';
import { createTelegramChannel } from '../../../src/bot/telegram/index.ts';
import type { Health } from '../../../src/domain/health.ts';
import type { Channel } from '../../../src/domain/ports.ts';
import { createMask } from '../../../src/lib/mask.ts';
import { systemRandom } from '../../../src/lib/random.ts';
import { withTrouble } from '../../../src/workflow/deliver.ts';
import { createHeldClock } from '../../support/held-clock.ts';
import type { HeldClock } from '../../support/held-clock.ts';
import { until } from '../../support/until.ts';
import { createWorld, phoneOwner } from '../../support/workflow-world.ts';
import type { Joined } from '../../support/workflow-world.ts';

export type Ground = Awaited<ReturnType<typeof createGround>>;
export type ChannelWorld = Awaited<ReturnType<typeof createChannelWorld>>;

/** Telegram, with the one who may approve. */
export async function createGround(t: TestContext) {
  const clock = createHeldClock(new Date(Date.now() + 3_600_000));
  const telegram = await createTelegramStandIn({ clock, random: systemRandom });
  t.after(async () => {
    const conformance = telegram.conformance();
    await telegram.stop();
    assert.deepEqual(conformance, []);
  });
  return { clock, telegram, owner: telegram.addPerson({ id: phoneOwner, firstName: 'Ada' }) };
}

/** One product on this ground, asking in this chat. */
export async function createChannelWorld(t: TestContext, { clock, telegram }: Ground, chatId: number) {
  const made: { channel?: Channel } = {};
  const join = (joined: Joined) => (made.channel = channelOn({ joined, telegram, chatId, clock }));
  const world = await createWorld(t, { holdSeconds: 0 }, { clock, join });
  return {
    ...world,
    /** As `healthz` and `/status` put it together. */
    health: (): Health =>
      withTrouble(made.channel?.health() ?? assert.fail('no channel'), world.workflow().troubles().get('telegram')),
  };
}

function channelOn(on: { joined: Joined; telegram: TelegramStandIn; chatId: number; clock: HeldClock }): Channel {
  const { parts, workflow } = on.joined;
  return createTelegramChannel({
    config: { token: on.telegram.token, chatId: String(on.chatId), apiRoot: on.telegram.apiRoot },
    rules: { holdSeconds: 0, policy: 'any', dryRun: false, quietHours: undefined, digestFrom: 0, mailsAt: undefined },
    door: workflow.door,
    exhibits: exhibitsOf(parts.vault, parts.runFiles, createMask([])),
    inbox: parts.ledger.inbox('telegram'),
    memory: parts.ledger.memory('telegram'),
    reachable: () => workflow.reachable('telegram'),
    anew: (keys) => workflow.anew('telegram', keys),
    clock: on.clock,
    random: parts.random,
    logger: parts.logger,
  });
}

/** Lets time pass, step by step, until this holds. */
export const inTime = <T>(
  clock: HeldClock,
  condition: () => T,
  what: string,
  stepMs = 100,
): Promise<Exclude<T, undefined | null | false>> =>
  until<T>(async () => {
    const value = condition();
    if (value === undefined || value === null || value === false) await clock.advance(stepMs);
    return value;
  }, what);

/** The newest message with a button of this label and these words. */
export const offers = (messages: readonly SeenMessage[], label: string, words = ''): SeenMessage | undefined =>
  messages.findLast(
    ({ text, buttons }) => text.includes(words) && buttons.flat().some((button) => button.label.includes(label)),
  );
