/** What is going on when the process dies. */
import type { DraftState } from '../../src/domain/lifecycle.ts';
import type { Lives } from './lives.ts';

export type Story = {
  readonly name: string;
  /** What must have happened before it begins. */
  prepare(lives: Lives, mark: string): Promise<void>;
  /** The instant it begins. @returns whether a person got an answer; true when nobody waits for one */
  begin(lives: Lives, mark: string): Promise<() => boolean>;
  /** How it may end when the process is never killed, or comes back. */
  readonly ends: readonly DraftState[];
};

const post = (mark: string) => `---\ntype: linkedin_post\n---\n\n## LinkedIn Post\n\nNews ${mark}.\n`;
/** An answer, so that one tap approves it: the first mail to an address asks twice. */
const mail = (mark: string) =>
  `---\ntype: email_reply\nto: sara@client.example\nsubject: Offer ${mark}\nin_reply_to: <${mark}@client.example>\n---\n\nDear Sara, ${mark}.\n`;

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
    prepare: asked(mail, 'EMAIL'),
    begin: tapped('Approve', 'approve'),
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
];
