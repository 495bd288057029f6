/** The list of channels: one paragraph each. The web page is always there; a chat is loaded when it is configured. */
import type { Exhibits } from '../domain/exhibits.ts';
import type { Channel, Door, Inbox, Memory } from '../domain/ports.ts';
import type { Listed } from '../domain/role-words.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/logger.ts';
import type { Random } from '../lib/random.ts';
import { createWebChannel } from './web/index.ts';
import type { WebChannel, WebParts } from './web/index.ts';

type ChannelParts = {
  readonly settings: {
    readonly telegram:
      | (Listed & {
          readonly token: string;
          readonly chatId: string;
          readonly topics: boolean;
          readonly apiRoot: string;
        })
      | undefined;
    readonly approvalsNeeded: number;
    readonly holdSeconds: number;
    readonly policy: 'seen' | 'any' | 'chat';
    readonly dryRun: boolean;
    readonly quietHours: { readonly from: number; readonly to: number } | undefined;
    readonly digestFrom: number;
    readonly web: { readonly host: string; readonly port: number; readonly publicUrl: string };
  };
  readonly keys: WebParts['keys'];
  readonly door: Door;
  readonly inbox: (channel: string) => Inbox;
  readonly memory: (channel: string) => Memory;
  /** A channel that was out of reach can be reached again. */
  readonly reachable: (channel: string) => void;
  /** Sends the cards of these drafts anew in this channel. */
  readonly anew: (channel: string, keys: readonly string[]) => Promise<void>;
  readonly runs: WebParts['runs'];
  readonly exhibits: Exhibits;
  readonly groupPace?: { readonly canWait: number; readonly all: number } | undefined;
  readonly metrics: WebParts['metrics'];
  readonly healthz: WebParts['healthz'];
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

export async function createChannels(
  parts: ChannelParts,
): Promise<{ readonly web: WebChannel; readonly others: readonly Channel[] }> {
  const { settings, door, clock, random, logger } = parts;
  const others: Channel[] = [];

  const { keys, runs, metrics, healthz } = parts;
  const web = createWebChannel({
    config: settings.web,
    keys,
    door,
    runs,
    metrics,
    healthz,
    clock,
    logger,
  });

  if (settings.telegram !== undefined) {
    const { createTelegramChannel } = await import('./telegram/index.ts');
    const inbox = parts.inbox('telegram');
    const memory = parts.memory('telegram');
    const reachable = () => parts.reachable('telegram');
    const anew = (keys: readonly string[]) => parts.anew('telegram', keys);
    const { exhibits, groupPace } = parts;
    const config = settings.telegram;
    const rules = { ...settings, people: config };
    others.push(
      createTelegramChannel({
        config,
        rules,
        door,
        inbox,
        memory,
        exhibits,
        groupPace,
        reachable,
        anew,
        clock,
        random,
        logger,
      }),
    );
  }
  return { web, others };
}
