/** A mail as we read it: bounded, decoded, and still untrusted. */
export type Mail = {
  readonly uid: number;
  /** Gmail's own id, the same in every folder; empty elsewhere. */
  readonly emailId: string;
  /** When the server got it. */
  readonly at: Date;
  readonly flags: ReadonlySet<string>;
  readonly labels: ReadonlySet<string>;
  readonly head: Head;
  readonly shape: Shape;
  readonly text: MailText;
};

export type Head = {
  /** SHA-256 of the header bytes we looked at. */
  readonly hash: string;
  /** Lower-case name → values, unfolded, in order. */
  readonly fields: ReadonlyMap<string, readonly string[]>;
  readonly from: Person | undefined;
  readonly replyTo: readonly Person[];
  readonly to: readonly Person[];
  readonly cc: readonly Person[];
  readonly subject: string;
  /** With angle brackets; empty when missing or malformed. */
  readonly messageId: string;
  /** Oldest first, without this mail's own id. */
  readonly references: readonly string[];
};

/** The address is one that can be written to (see `lib/address.ts`). */
export type Person = { readonly name: string; readonly address: string };

export type Shape = {
  /** Type of the whole, lower case: `multipart/mixed`. */
  readonly type: string;
  /** Every type found in it, lower case. */
  readonly types: ReadonlySet<string>;
  /** Part numbers of the text to read; undefined when there is none. */
  readonly plain: string | undefined;
  readonly html: string | undefined;
  /** An invitation or an answer to one. */
  readonly calendar: boolean;
  readonly attachments: readonly Attachment[];
};

export type Attachment = { readonly name: string; readonly type: string; readonly bytes: number };

export type MailText = {
  readonly text: string;
  /** `unreadable`: there is HTML that could not be turned into text. */
  readonly source: 'plain' | 'html' | 'none' | 'unreadable';
  /** The mail had text a reader would not have seen; it was left out. */
  readonly hidden: boolean;
  /** The text was longer than we read. */
  readonly cut: boolean;
};

export const noText: MailText = { text: '', source: 'none', hidden: false, cut: false };
