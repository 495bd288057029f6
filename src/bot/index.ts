/** The list of channels. The web page is always there; a chat is one line, and loaded when it is set up. */
import type { Channel, Inbox, Memory } from '../domain/ports.ts';
import type { NotBuilt } from '../domain/setting.ts';
import type { Chat, ChatParts, SetUpChat } from './chat/settings.ts';
import { slack } from './slack/settings.ts';
import { telegram } from './telegram/settings.ts';
import type { WebChannel, WebParts } from './web/index.ts';

export const chats: readonly Chat[] = [telegram];

/** Their settings are read already, so that whoever sets them hears that they do nothing. */
export const chatsNotBuilt: readonly NotBuilt[] = [slack];

type ChannelParts = Pick<ChatParts, 'door' | 'exhibits' | 'groupPace' | 'clock' | 'random' | 'logger'> &
  Pick<WebParts, 'keys' | 'runs' | 'metrics' | 'healthz'> & {
    readonly settings: Omit<ChatParts['rules'], 'people'> & {
      readonly chats: readonly SetUpChat[];
      readonly web: WebParts['config'];
    };
    readonly inbox: (channel: string) => Inbox;
    readonly memory: (channel: string) => Memory;
    /** A channel that was out of reach can be reached again. */
    readonly reachable: (channel: string) => void;
    /** Sends the cards of these drafts anew in this channel. */
    readonly anew: (channel: string, keys: readonly string[]) => Promise<void>;
  };

export async function createChannels(
  parts: ChannelParts,
): Promise<{ readonly web: WebChannel; readonly others: readonly Channel[] }> {
  const { settings, inbox, memory, reachable, anew, keys, runs, metrics, healthz, ...shared } = parts;
  const { door, clock, logger } = shared;
  // Loaded only here: whoever reads the settings needs the lists above, and the page’s server costs memory.
  const { createWebChannel } = await import('./web/index.ts');
  const web = createWebChannel({ config: settings.web, keys, door, runs, metrics, healthz, clock, logger });
  const open = ({ name, people, open }: SetUpChat) =>
    open({
      ...shared,
      rules: { ...settings, people },
      inbox: inbox(name),
      memory: memory(name),
      reachable: () => reachable(name),
      anew: (keys) => anew(name, keys),
    });
  return { web, others: await Promise.all(settings.chats.map(open)) };
}
