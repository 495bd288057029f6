/** The real workflow with the real Telegram channel on the stand-in: all the way from a thumb to what left. */
import assert from 'node:assert/strict';
import type { TestContext } from 'node:test';
import { createTelegramStandIn } from '../../sandbox/telegram/index.ts';
import type { SeenMessage } from '../../sandbox/telegram/index.ts';
import { exhibitsOf } from '../../src/app/exhibits.ts';
import { createTelegramChannel } from '../../src/bot/telegram/index.ts';
import type { Channel } from '../../src/domain/ports.ts';
import { createMask } from '../../src/lib/mask.ts';
import { systemRandom } from '../../src/lib/random.ts';
import type { Rules } from '../../src/workflow/parts.ts';
import { createHeldClock } from './held-clock.ts';
import { until } from './until.ts';
import { createWorld, phoneOwner } from './workflow-world.ts';
import type { Ground, Joined } from './workflow-world.ts';
import { lapsesOf } from './telegram-lapses.ts';

export type ChatWorld = Awaited<ReturnType<typeof createChatWorld>>;

export async function createChatWorld(
  t: Pick<TestContext, 'after'>,
  rules: Partial<Rules> = {},
  ground: Pick<Ground, 'also'> & { readonly ownerName?: string } = {},
) {
  const clock = createHeldClock(new Date(Date.now() + 3_600_000));
  const telegram = await createTelegramStandIn({ clock, random: systemRandom });
  const owner = telegram.addPerson({ id: phoneOwner, firstName: ground.ownerName ?? 'Ada' });
  let line = new AbortController();
  let channel: Channel | undefined;

  const join = ({ parts, workflow }: Joined): Channel => {
    line = new AbortController();
    const { ledger, logger, random } = parts;
    const { signal } = line;
    channel = createTelegramChannel({
      config: { token: telegram.token, chatId: String(phoneOwner), apiRoot: telegram.apiRoot },
      rules: {
        holdSeconds: parts.rules.holdSeconds,
        policy: 'any',
        dryRun: false,
        quietHours: undefined,
        digestFrom: 0,
        mailsAt: undefined,
      },
      door: workflow.door,
      exhibits: exhibitsOf(parts.vault, parts.runFiles, createMask([])),
      inbox: ledger.inbox('telegram'),
      memory: ledger.memory('telegram'),
      reachable: () => workflow.reachable('telegram'),
      anew: (keys) => workflow.anew('telegram', keys),
      clock,
      random,
      logger,
      fetch: (input, init) => fetch(input, { ...init, signal: bothOf(init?.signal, signal) }),
    });
    return channel;
  };
  t.after(async () => {
    const lapses = lapsesOf(telegram);
    await telegram.stop();
    assert.deepEqual(lapses, []);
  });
  const world = await createWorld(t, rules, { ...ground, clock, join });
  const said = () => owner.messages().filter(({ from }) => from === 'bot');
  return {
    ...world,
    telegram,
    owner,
    said,
    /** The process dies with its connections; nothing of it is heard any more. */
    async kill() {
      line.abort();
      void channel?.stop().catch(() => undefined);
      await world.kill();
    },
    /** Time goes on meanwhile: who asks again at once is kept waiting for three seconds. */
    listens: () =>
      until(async () => {
        if (channel?.health().standing === 'well') return true;
        await clock.advance(100);
        return false;
      }, 'the channel listens'),
    /** The newest message with a button of this label. */
    message: (label: string, text = ''): Promise<SeenMessage> =>
      until(
        async () => {
          const found = said().findLast(
            (message) =>
              message.text.includes(text) && message.buttons.flat().some((button) => button.label.includes(label)),
          );
          // A card changes once a second.
          if (found === undefined) await clock.advance(50);
          return found;
        },
        `the chat shows ${label} (it shows ${JSON.stringify(said().map(({ text: shown }) => shown.slice(0, 80)))})`,
      ),
    toast: (callbackId: string) => until(() => owner.toast(callbackId), 'the tap is answered'),
    press: (message: SeenMessage, label: string) => {
      const callbackId = owner.tap(message.id, { label });
      return until(() => owner.toast(callbackId), 'the tap is answered');
    },
  };
}

const bothOf = (asked: AbortSignal | null | undefined, killed: AbortSignal): AbortSignal =>
  asked === null || asked === undefined ? killed : AbortSignal.any([asked, killed]);
