/** What is written into the vault: drafts of mails, all different, each to be found again by its mark. */

export const addressOf = (mark: string): string => `${mark}@customer.example`;

/** Somebody who got a mail before, in every past: the first mail to a stranger is asked about once more. */
const known = addressOf('past0');

/** A draft file of about 300 bytes; the mark stands in the subject and in the text, so every card shows it. */
export const draftText = (mark: string, to = known): string =>
  [
    '---',
    'platform: email',
    'action: send',
    `to: ${to}`,
    `subject: Your order ${mark}`,
    '---',
    '',
    '## Email Body',
    '',
    'Hello,',
    '',
    `thank you for your order ${mark}. It is packed, leaves today, and should be with you by Friday.`,
    'If the parcel is late, simply answer this mail.',
    '',
    'Best regards',
    'Sara Lind',
    '',
  ].join('\n');

export const fileName = (mark: string): string => `EMAIL_${mark}.md`;
