/** The far side hangs up: at a stage of SMTP or IMAP, around a post, before or after an answer of the chat. */
import type { Room } from './disk.ts';
import type { Dice } from '../support/walk-person.ts';
import { until } from '../support/until.ts';
import type { Lives } from './lives.ts';
import type { Outside } from './outside.ts';
import { stories } from './stories.ts';
import type { Story } from './stories.ts';
import { comeToRest, nextMark } from './sweep.ts';
import { count } from './tally.ts';
import { createTurns } from './turns.ts';

const smtp = ['greeting', 'auth', 'mail', 'rcpt', 'data', 'content', 'dot', 'accepted'] as const;
const imap = ['greeting', 'AUTHENTICATE', 'LIST', 'EXAMINE', 'UID SEARCH', 'UID FETCH'] as const;
const chat = ['sendMessage', 'editMessageText', 'answerCallbackQuery', 'getUpdates'] as const;
const sides = ['before', 'after'] as const;
type Side = (typeof sides)[number];

type Cut = {
  readonly name: string;
  /** Which stories come across it. */
  readonly stories: readonly string[];
  set(outside: Outside): void;
  /** It comes some seconds after the result: a person who answers at once would be quicker. */
  readonly isLate?: boolean;
};

const bySide = <T>(make: (side: Side) => T): readonly T[] => sides.map(make);
const tapped = ['mail', 'post', 'reject'];
const storiesOf: Readonly<Record<(typeof chat)[number], readonly string[]>> = {
  sendMessage: ['arrival'],
  editMessageText: tapped,
  answerCallbackQuery: tapped,
  getUpdates: [...tapped, 'edit'],
};

const cuts: readonly Cut[] = [
  ...smtp.map((at): Cut => ({
    name: `SMTP ${at}`,
    stories: ['mail'],
    set: ({ mail }) => mail.refuse([{ at, does: 'cut' }]),
  })),
  // Sent is looked through for a copy of each mail that left,
  ...imap.map((at): Cut => ({ name: `IMAP ${at}`, stories: ['mail'], set: ({ mail }) => mail.cutImap([at]) })),
  // and when nobody can tell whether it did.
  ...imap.map((at): Cut => ({
    name: `SMTP accepted, then IMAP ${at}`,
    stories: ['mail'],
    isLate: true,
    set({ mail }) {
      mail.refuse([{ at: 'accepted', does: 'cut' }]);
      mail.cutImap([at]);
    },
  })),
  ...bySide((side): Cut => ({
    name: `post ${side}`,
    stories: ['post', 'hand move'],
    set: ({ site }) => site.cut(side),
  })),
  ...chat.flatMap((method) =>
    bySide((side): Cut => ({
      name: `${method} ${side}`,
      stories: storiesOf[method],
      set: ({ telegram }) =>
        telegram.fault({ method, kind: side === 'before' ? 'drop_before' : 'drop_after', times: 1 }),
    })),
  ),
];

export type Cuts = ReturnType<typeof createCuts>;

export function createCuts(dice: Dice) {
  const [first = '', ...others] = cuts.map(({ name }) => name);
  const turns = createTurns([first, ...others], dice);
  return {
    async play({ lives, outside, tally, say }: Room): Promise<void> {
      const name = turns.next();
      const cut = cuts.find((one) => one.name === name);
      const chosen = dice.oneOf(cut?.stories ?? []);
      const story = stories.find((one) => one.name === chosen);
      if (cut === undefined || story === undefined) throw new Error(`no story for ${name}`);
      const wasMade = await playOne(lives, outside, story, cut);
      if (wasMade) {
        tally.cuts += 1;
        count(tally, 'cuts by stage', name);
      } else tally.missed += 1;
      say(`${story.name}: cut at ${name}${wasMade ? '' : ': not reached'}`);
    },
  };
}

/** @returns whether the story came across it */
async function playOne(lives: Lives, outside: Outside, story: Story, cut: Cut): Promise<boolean> {
  if (lives.isDead()) lives.start();
  const mark = nextMark();
  const left = () => outside.mail.faultsLeft() + outside.site.cutsLeft() + outside.telegram.faultsLeft();
  await story.prepare(lives, mark);
  await until(() => lives.isSettled(), 'it rests', lives.patienceMs);
  cut.set(outside);
  try {
    const answered = await story.begin(lives, mark);
    if (cut.isLate === true) await until(() => left() === 0, 'it is looked for', 15_000).catch(() => undefined);
    await comeToRest(lives, outside, story, mark, answered).catch((cause: unknown) => {
      throw new Error(`${story.name}: cut at ${cut.name}\n${lives.output()}`, { cause });
    });
    // What comes after the result, such as the copy in Sent, or the next question for news.
    await until(() => left() === 0, 'the cut is made', 1_000).catch(() => undefined);
    return left() === 0;
  } finally {
    outside.telegram.heal();
    outside.mail.refuse([]);
    outside.mail.cutImap([]);
    outside.site.heal();
  }
}
