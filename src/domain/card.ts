/** The card and the note: all that an approver sees, as data that every channel draws in its own way. */
import type { DraftVerb } from './decision.ts';
import type { Problem } from './problem.ts';

/**
 * What an approver sees about one draft, as data; each channel renders it in its own way. Two equal cards look the
 * same, so a channel is told to redraw exactly when the card changed. All strings are plain text, and of two sorts:
 * sentences of ours, in which strangers' words are set apart (`strange`), and strangers' words alone: `text`, values of
 * fields, names, files. Those are whole: a channel shows all of them, or offers no Approve.
 */
export type Card = {
  /** Short key of the draft, [a-z0-9]{10}: goes into buttons. */
  readonly key: string;
  /** Mark of the revision, [a-z0-9]{20}: goes into buttons beside the key. Empty when nothing can be read. */
  readonly revision: string;
  readonly mood: CardMood;
  /** What it is: a mail, a post, as the platform calls it. */
  readonly noun: string;
  /** The account it leaves from, as the settings name it; missing when none is named. */
  readonly account?: string;
  /** Ids of its platform and of what is done there, `mail/send_email`: what has the same is of one kind. Missing while nothing says which. */
  readonly action?: string;
  /** Which one it is: recipient and subject, or its first words; empty on cards from before there was one. */
  readonly headline: string;
  /** Noun and account, or the file where no account is named: "Mail · you@example.com". */
  readonly title: string;
  /** One line that says how things stand: "Waiting for you", "Approved by Sara 14:02 · leaves at 14:02:10". */
  readonly standing: string;
  /** To, Subject, Goes out … in order. A value is whole and exact: a channel sets it on one line. */
  readonly fields: readonly CardField[];
  /** Exactly what would leave. */
  readonly text: string;
  /** The texts of a thread, in order; `text` is all of them. Absent when it is no thread. */
  readonly parts?: readonly string[];
  /** What differs from the text the last decision was about, in order; empty when nothing does. */
  readonly changes: readonly CardChange[];
  /** What people said about it, the newest last, at most ten. Absent while nobody did. */
  readonly comments?: readonly CardComment[];
  /** Texts to choose from, in the order of the file; then `text` is empty. */
  readonly candidates: readonly CardCandidate[];
  /** Parts of the file that stay behind; empty when nothing does that a person would miss. */
  readonly leftOut: readonly CardPart[];
  /** What is answered, as far as the file has it; empty when none. */
  readonly original: string;
  /** Files that would leave with it. */
  readonly media: readonly CardMedia[];
  readonly problems: readonly Problem[];
  /** What makes an approval risky, in words; when there is any, the core asks once more before it approves. */
  readonly risks: readonly string[];
  /** What a tap must carry as `sure` to say yes to these risks; empty when there are none. */
  readonly sure: string;
  /** Only where several people must approve: how many of them did. */
  readonly approvals?: { readonly given: number; readonly needed: number };
  /** Name of the platform, for chats that keep each apart; missing while nothing says which. */
  readonly platform?: string;
  /** Only where the file says that it is one of several drafts for one idea. */
  readonly set?: CardSet;
  /** In the order they should stand. Never offers what would be refused for sure. */
  readonly verbs: readonly DraftVerb[];
  readonly links: readonly CardLink[];
  /** `Folder/name.md`: where the person finds the file. */
  readonly file: string;
};

export type CardField = { readonly id: CardFieldId; readonly label: string; readonly value: string };

/** What a field tells, whatever its label says. `other`: it is on a card from before fields had ids. */
export type CardFieldId =
  | 'to'
  | 'cc'
  | 'bcc'
  | 'subject'
  | 'answers'
  | 'target'
  | 'length'
  | 'lines'
  | 'schedule'
  | 'other';

/** The card in a list, a note or a question, where it is one of several: as a sentence of ours. */
export const nameOf = ({ noun, headline }: Pick<Card, 'noun' | 'headline'>): string =>
  headline === '' ? noun : `${noun} · ${headline}`;

/** `by`: who and when, as words of ours: "by Vera at 14:02". `text`: theirs; it may have several lines. */
export type CardComment = { readonly by: string; readonly text: string };

/** What the drafts of one idea have in common. */
export type CardSet = {
  /** The same for all of them, [0-9a-f]{64}: goes into no button, and says nothing to people. */
  readonly id: string;
  /** What the file calls it, on one line; a stranger may have written it. */
  readonly words: string;
};

export type CardLink = {
  readonly label: string;
  readonly url: string;
  /** Id of the attempt whose log is there: a channel from which the address can't be reached may hand the log out itself. */
  readonly attempt?: string;
};

export type CardMedia = {
  /** As it leaves; a stranger chose it. */
  readonly name: string;
  /** MIME type by content, not by name. */
  readonly type: string;
  readonly bytes: number;
  /** Path below the vault and SHA-256 of the bytes: what is shown must be the bytes that would leave. */
  readonly path: string;
  readonly sha256: string;
  /** Pixels of a picture; missing where they can’t be read. */
  readonly shape?: { readonly width: number; readonly height: number };
};

/** A part of the file, with where it stands: "Lines 9–18". */
export type CardPart = { readonly where: string; readonly text: string };

/** One line of the text. */
export type CardChange = { readonly kind: 'removed' | 'added'; readonly text: string };

export type CardCandidate = {
  /** Goes into the button, [0-9a-f]{20}; says nothing outside of this card. */
  readonly id: string;
  readonly text: string;
  /** Where it stands and why it may be the one, as a sentence of ours. */
  readonly where: string;
};

/** `nothing`: the file holds nothing that is meant to leave. */
export type CardMood =
  | 'asks'
  /** Put off: quiet until its time. */
  | 'later'
  | 'blocked'
  | 'nothing'
  | 'waits'
  | 'works'
  | 'done'
  | 'rejected'
  | 'failed'
  | 'unknown'
  | 'gone';

/** A message beside the card: the result, or something the person must know. Sent at most once. */
export type Note = {
  /** Sentences of ours; strangers' words in them are set apart. */
  readonly text: string;
  readonly links: readonly CardLink[];
  /** Silent when all is well, with sound when somebody is needed. */
  readonly loud: boolean;
  /** Key of the draft it belongs to; empty when it is about the whole. */
  readonly key: string;
  /** It is about messages without a draft: a channel offers the way to their list. */
  readonly leadsTo?: 'undrafted';
  /** A picture an attempt kept that shows what came out. A channel that can't show it says the words alone. */
  readonly proof?: KeptFile;
};

/** A file kept beside the log of an attempt. */
export type KeptFile = { readonly attempt: string; readonly name: string };
