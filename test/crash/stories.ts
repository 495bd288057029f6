/** What is going on when the process dies. */
import assert from 'node:assert/strict';
import type { DraftState } from '../../src/domain/lifecycle.ts';
import { until } from '../support/until.ts';
import type { Lives } from './lives.ts';

export type Story = {
  readonly name: string;
  /** What must have happened before it begins. */
  prepare(lives: Lives, mark: string): Promise<void>;
  /** The instant it begins. @returns whether a person got an answer; true when nobody waits for one */
  begin(lives: Lives, mark: string): Promise<() => boolean>;
  /** How each of its drafts may end when the process is never killed, or comes back. */
  readonly ends: readonly DraftState[];
  /** How many files of equal effect it drops; one when left out. */
  readonly files?: number;
};

const post = (mark: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNews ${mark}.\n`;
/** To somebody who never got one, so that it is asked about a second time. */
const mail = (mark: string) =>
  `---\ntype: email\nto: ${mark}@client.example\nsubject: Offer ${mark}\n---\n\nDear Sara, ${mark}.\n`;

const equalPlaces = (mark: string) => [
  `Pending_Approval/LINKEDIN_${mark}.md`,
  `Pending_Approval/LINKEDIN_${mark}_2.md`,
];

const nothing = () => true;
const asked = (content: (mark: string) => string, name: string) => async (lives: Lives, mark: string) => {
  lives.drop(`Pending_Approval/${name}_${mark}.md`, content(mark), mark);
  await lives.card(mark, 'Approve');
};
const tapped = (label: string, verb: 'approve' | 'reject') => async (lives: Lives, mark: string) => {
  return lives.tap(mark, lives.shownCard(mark, label).id, label, verb);
};

export const stories: readonly Story[] = [
  {
    name: 'mail',
    async prepare(lives, mark) {
      await asked(mail, 'EMAIL')(lives, mark);
      lives.tap(mark, lives.shownCard(mark, 'Approve').id, 'Approve', 'approve');
      await lives.card(mark, 'Yes');
    },
    begin: tapped('Yes', 'approve'),
    ends: ['done', 'unknown'],
  },
  {
    name: 'post',
    prepare: asked(post, 'LINKEDIN'),
    begin: tapped('Approve', 'approve'),
    ends: ['done', 'unknown'],
  },
  {
    name: 'hand move',
    prepare: asked(post, 'LINKEDIN'),
    async begin(lives, mark) {
      lives.move(`Pending_Approval/LINKEDIN_${mark}.md`, `Approved/LINKEDIN_${mark}.md`);
      return nothing;
    },
    ends: ['done', 'unknown'],
  },
  { name: 'reject', prepare: asked(post, 'LINKEDIN'), begin: tapped('Reject', 'reject'), ends: ['rejected'] },
  {
    name: 'edit',
    prepare: asked(post, 'LINKEDIN'),
    async begin(lives, mark) {
      const sentId = lives.reply(lives.shownCard(mark, 'Approve').id, `Better news ${mark}.`);
      const isTaken = () => lives.record().revisions.some(({ effect }) => effect.text === `Better news ${mark}.`);
      // A disk that fails may make it refuse, in words: then the person sends it again.
      return () => isTaken() || lives.isAnswered(sentId);
    },
    ends: ['pending'],
  },
  {
    name: 'arrival',
    prepare: async () => undefined,
    async begin(lives, mark) {
      lives.drop(`Pending_Approval/LINKEDIN_${mark}.md`, post(mark), mark);
      return nothing;
    },
    ends: ['pending'],
  },
  {
    name: 'equal',
    files: 2,
    async prepare(lives, mark) {
      for (const place of equalPlaces(mark)) lives.drop(place, post(mark), mark);
      await until(
        () => {
          const drafts = lives.draftsOf(mark);
          return drafts.length === 2 && drafts.every((draft) => lives.cardOf(draft, 'Approve') !== undefined);
        },
        `the chat asks about both of ${mark}`,
        lives.patienceMs,
      );
    },
    async begin(lives, mark) {
      const answers = lives.draftsOf(mark).map((draft) => {
        const card = lives.cardOf(draft, 'Approve');
        assert.ok(card, `the chat asks about ${draft.file.path}`);
        return lives.tap(mark, card.id, 'Approve', 'approve', draft.key);
      });
      // Each is asked, or the second answer would be counted only after the first.
      return () => answers.map((answered) => answered()).every((one) => one);
    },
    // One of the two leaves, and the other one is asked about once more.
    ends: ['done', 'unknown', 'pending'],
  },
];
