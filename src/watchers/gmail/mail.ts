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
  /** The text to read, in order; not what is attached or forwarded. */
  readonly texts: readonly TextPart[];
  /** An invitation or an answer to one. */
  readonly calendar: boolean;
  /** Part numbers of calendars that may turn out to be one. */
  readonly calendarParts: readonly string[];
  readonly attachments: readonly Attachment[];
};

/** Text that stands in one part, or the same text twice, where the HTML is what most programs show. */
export type TextPart =
  | OneText
  | { readonly kind: 'either'; readonly plain: readonly OneText[]; readonly html: readonly OneText[] };

export type OneText = {
  readonly kind: 'plain' | 'html';
  /** Number of the part. */
  readonly part: string;
  /** As the mail names it; empty when it doesn't. */
  readonly charset: string;
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
