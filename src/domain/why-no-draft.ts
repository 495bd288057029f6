/** Why a message that came in got no draft by itself, in codes that stay on record, and the words for them. */

/** Nobody types that many into Reply-To; each of them would get the answer. */
export const mostAnswered = 10;
/** More drafts for one sender in a day look like two machines writing to each other. */
export const draftsPerSender = 5;

/** After "No draft: ". The codes are on record: one may be added, none may mean something else. */
export const whyNoDraft = {
  report: 'it is a report about a mail, for example that it could not be delivered',
  automatic: 'it was written by a machine',
  list: 'it comes from a mailing list',
  newsletter: 'it is a newsletter or a bulk mail',
  no_address: 'its sender has an address that can’t be answered from here',
  nobody_reads: 'nobody reads answers to this sender',
  answers_to_many: `its sender wants answers sent to more than ${mostAnswered} addresses`,
  encrypted: 'it is encrypted and can’t be read here',
  invitation: 'it is an invitation; answer it in your calendar',
  no_text: 'it has no text that could be read',
  not_to_you: 'it is not addressed to you alone',
  too_often: `there were ${draftsPerSender} drafts for this sender within a day`,
  odd_without_id: 'something about it is odd, and without a proper Message-ID no card could say so',
  same_id: 'a message with the same id came in from this sender before, and an answer could not say which one it means',
  unreadable: 'the mail could not be read',
} as const;
export type WhyNoDraft = keyof typeof whyNoDraft;

/** Why no answer can be drafted either when a person asks for one. */
export type Obstacle = Extract<
  WhyNoDraft,
  'no_address' | 'answers_to_many' | 'encrypted' | 'odd_without_id' | 'same_id' | 'unreadable'
>;
