/** The messages below the cards of one idea, found again by what their buttons mean. */
import { listName } from '../decide-many.ts';
import type { DraftMark } from '../memory/draft-mark.ts';
import type { Messenger } from '../messenger.ts';
import { homeOf } from '../places.ts';
import type { Remembered } from '../memory/memory.ts';
import { mostSets } from '../memory/set-rows.ts';
import type { SetMark } from '../memory/set-rows.ts';

export type SetMarks = {
  /** Those in the chat where we ask now, the oldest first. */
  all(): Promise<readonly SetMark[]>;
  find(id: string): Promise<SetMark | undefined>;
  /** The list of this name, and the message it belongs to. */
  named(name: string): Promise<{ readonly mark: SetMark; readonly list: readonly DraftMark[] } | undefined>;
  keep(mark: SetMark): Promise<void>;
  forget(mark: SetMark): Promise<void>;
  /** The oldest, when there is no room for one more. */
  surplus(): Promise<SetMark | undefined>;
  /** Whether a message names this draft, as far as this run knows. */
  isMember(key: string): boolean;
};

export function createSetMarks({
  messenger,
  remembered,
}: {
  readonly messenger: Messenger;
  readonly remembered: Remembered;
}): SetMarks {
  let members = new Set<string>();
  const put = async (mark: SetMark, by: readonly SetMark[]): Promise<void> => {
    const others = (await remembered.sets()).filter(({ id, chat }) => id !== mark.id || chat !== mark.chat);
    const next = [...others, ...by];
    members = new Set(next.flatMap((one) => one.members));
    await remembered.keepSets(next);
  };
  const all = async (): Promise<readonly SetMark[]> => {
    const chat = await homeOf(messenger);
    const marks = (await remembered.sets()).filter((mark) => mark.chat === chat);
    for (const mark of marks) for (const key of mark.members) members.add(key);
    return marks;
  };
  return {
    all,
    find: async (id) => (await all()).find((mark) => mark.id === id),
    named: async (name) =>
      (await all())
        .flatMap((mark) => mark.lists.map((list) => ({ mark, list })))
        .findLast(({ list }) => listName(list) === name),
    keep: (mark) => put(mark, [mark]),
    forget: (mark) => put(mark, []),
    async surplus() {
      const marks = await all();
      return marks.length < mostSets ? undefined : marks[0];
    },
    isMember: (key) => members.has(key),
  };
}
