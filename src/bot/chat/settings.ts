/**
 * What a chat says of itself, so that start, doctor and settings work for it without knowing it: its rows, its people,
 * what can't be, and how it is opened. `src/bot/index.ts` lists all of them.
 */
import type { Role } from '../../domain/approver.ts';
import type { Exhibits } from '../../domain/exhibits.ts';
import type { Channel, Door, Inbox, Memory } from '../../domain/ports.ts';
import type { Listed } from '../../domain/role-words.ts';
import { idsOf } from '../../domain/setting.ts';
import type { Mistake, Needed, SetAddress, Setting, ValueOf } from '../../domain/setting.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Logger } from '../../lib/logger.ts';
import type { Random } from '../../lib/random.ts';
import type { ChatRules } from './text/list-text.ts';

/** The same however much is set. */
type About = {
  /** Of its actors, its memory and its place in the record: never changed. */
  readonly name: string;
  readonly label: string;
  readonly rows: readonly Setting[];
  /** The setting without which there is no such chat. */
  readonly setUpBy: string;
  /** The settings that list people by id, comma-separated. */
  readonly people: Readonly<Record<Role, string>>;
  /** What the id of a person looks like there. */
  readonly personId: RegExp;
  /** What to set to have it, as a sentence. */
  readonly remedy: string;
  /** What is missing beside what is set. Asked whatever is set, also with mistakes. */
  needs(value: ValueOf): readonly Needed[];
  /** What can't be meant, and no row alone tells. Asked whatever is set, also with mistakes. */
  wrong(value: ValueOf): readonly Mistake[];
};

/** What a chat that is set up tells those who look from outside. */
type Outside = {
  /** The far side, to be tried by the doctor. */
  readonly server: { readonly host: string; readonly port: number };
  readonly addresses: readonly SetAddress[];
};

export type ChatSettings<Config> = About & {
  /** Asked when it is set up and nothing is wrong. `config`: what its channel is made with. */
  read(value: ValueOf): Outside & { readonly config: Config };
};

/** A chat as the list has it. */
export type Chat = About & { read(value: ValueOf): SetUpChat };

export type SetUpChat = Outside & {
  readonly name: string;
  readonly label: string;
  readonly people: Listed;
  /** Loads and makes its channel; connects to nothing yet. */
  open(parts: ChatParts): Promise<Channel>;
};

/** What a chat stands on, whichever it is. */
export type ChatParts = {
  readonly rules: ChatRules;
  readonly door: Door;
  readonly inbox: Inbox;
  readonly memory: Memory;
  readonly exhibits: Exhibits;
  /** How much is said in a minute where several people read; the chat's own limit when left out. */
  readonly groupPace?: { readonly canWait: number; readonly all: number } | undefined;
  /** To be called when cards could not be shown and now they can. */
  readonly reachable: () => void;
  /** Sends the cards of these drafts anew; the old ones lose their buttons. */
  readonly anew: (keys: readonly string[]) => Promise<void>;
  readonly clock: Clock;
  readonly random: Random;
  readonly logger: Logger;
};

export const peopleOf = ({ people }: Pick<About, 'people'>, value: ValueOf): Listed => ({
  approvers: idsOf(value(people.approver)),
  editors: idsOf(value(people.editor)),
  viewers: idsOf(value(people.viewer)),
});

/** @param open loads the channel: a chat that is not set up must cost nothing */
export function chat<Config>(
  settings: ChatSettings<Config>,
  open: (parts: ChatParts & { readonly config: Config }) => Promise<Channel>,
): Chat {
  const { name, label } = settings;
  return {
    ...settings,
    read(value) {
      const { config, server, addresses } = settings.read(value);
      const people = peopleOf(settings, value);
      return { name, label, people, server, addresses, open: (parts) => open({ ...parts, config }) };
    },
  };
}
