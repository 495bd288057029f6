/** A group with an approver of its own beside the owner, an editor, a viewer and a stranger. */
import { until } from '../support/until.ts';
import type { GroupChat, Person, SeenMessage, TelegramStandIn } from '../../sandbox/telegram/index.ts';
import { ownerId, strangerId, telegramTest } from './telegram-world.ts';
import type { TelegramWorld, WorldOptions } from './telegram-world.ts';

export const groupId = -1_001_234_567_890;
const saraId = 700_300;
const editorId = 700_400;
const viewerId = 700_500;

export type GroupWorld = TelegramWorld & {
  readonly group: GroupChat;
  /** Each in the group. */
  readonly ada: Person;
  readonly sara: Person;
  readonly editor: Person;
  readonly viewer: Person;
  readonly mallory: Person;
};

type GroupOptions = WorldOptions & {
  readonly forum?: boolean;
  readonly mayManageTopics?: boolean;
  readonly hearsAll?: boolean;
};

const listed = (id: number) => new Map([['telegram', new Set([String(id)])]]);

/** One test in a world of its own, in which the cards go to a group. */
export function groupTest(
  title: string,
  check: (world: GroupWorld) => Promise<void>,
  options: GroupOptions = {},
): void {
  const made: { group?: GroupChat } = {};
  const prepare = (telegram: TelegramStandIn) => {
    const add = (id: number, firstName: string) => telegram.addPerson({ id, firstName });
    const newcomers = [add(saraId, 'Sara'), add(editorId, 'Ed'), add(viewerId, 'Vi')];
    const members = [telegram.person(ownerId), telegram.person(strangerId), ...newcomers];
    const { forum = false, mayManageTopics = true, hearsAll = false } = options;
    made.group = telegram.addGroup({ id: groupId, title: 'Team', members, forum, mayManageTopics, hearsAll });
    options.prepare?.(telegram);
  };
  const whole: WorldOptions = {
    chatId: String(groupId),
    approvers: [saraId],
    people: { editors: listed(editorId), viewers: listed(viewerId) },
    ...options,
    prepare,
  };
  telegramTest(
    `group: ${title}`,
    async (world) => {
      const { group } = made;
      if (group === undefined) throw new Error('the group is missing');
      const as = (id: number) => group.as(world.telegram.person(id));
      const crowd = { ada: as(ownerId), sara: as(saraId), editor: as(editorId), viewer: as(viewerId) };
      // Not spread: some of its fields are looked up at each use.
      await check(Object.assign(Object.create(world) as TelegramWorld, { group, ...crowd, mallory: as(strangerId) }));
    },
    whole,
  );
}

/** What the bot said here, newest last. */
export const saidIn = ({ group }: GroupWorld): readonly SeenMessage[] =>
  group.messages().filter(({ from }) => from === 'bot');

/** The bot's newest message with these words. */
export const findSaid = (world: GroupWorld, words: RegExp): Promise<SeenMessage> =>
  until(() => saidIn(world).findLast(({ text }) => words.test(text)), `the bot says ${words.source}`);

/** Everything that was sent or changed up to here is handled. */
export const allRead = (world: GroupWorld): Promise<unknown> =>
  until(
    () => world.telegram.updates().waiting === 0 && world.inbox.rows.every(({ state }) => state !== 'waiting'),
    'everything is read',
  );
