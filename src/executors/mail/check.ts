import type { Effect } from '../../domain/effect.ts';
import { blocks, warns, type Problem } from '../../domain/problem.ts';
import { domainOf, mixesAlphabets } from '../../lib/address.ts';
import { countHidden, strange } from '../../lib/words.ts';
import { readAddress, type Addressee } from './address.ts';

const mostRecipients = 100;
const longestText = 500_000;
/** A card shows no more of it. */
const longestSubject = 500;
/** Gmail allows 25 MB of message; base64 makes four bytes of three. */
const mostBytes = 18_000_000;

const unread = /^(?:(?:.*[._+-])?(?:no|do-?not)[._-]?reply(?:[._+-].*)?|mailer-daemon|bounces?)@/i;

/** Everything that would make this mail fail or go wrong, known without asking anybody. */
export function checkMail(effect: Effect, account: string): readonly Problem[] {
  return [
    ...checkAction(effect, account),
    ...checkRecipients(effect),
    ...checkContent(effect),
    ...checkAttachments(effect),
  ];
}

function checkAction({ action, account: from }: Effect, account: string): readonly Problem[] {
  const problems: Problem[] = [];
  if (action !== 'send' && action !== 'reply') {
    problems.push(blocks('unknown_action', `Mail can’t do “${strange(action, 40)}”.`, 'Use send or reply.'));
  }
  if (from !== '' && from.toLowerCase() !== account.toLowerCase()) {
    problems.push(
      blocks(
        'wrong_account',
        `The mail would leave from ${strange(account, 100)}, not from ${strange(from, 100)}.`,
        'Check GMAIL_EMAIL.',
      ),
    );
  }
  return problems;
}

function checkRecipients({ to, cc, bcc }: Effect): readonly Problem[] {
  const all = [...to, ...cc, ...bcc];
  if (all.length === 0)
    return [blocks('no_recipient', 'The mail has no recipient.', 'Add a line “to:” with an address.')];
  const problems: Problem[] = [];
  if (all.length > mostRecipients) {
    problems.push(
      blocks(
        'bad_recipient',
        `The mail has ${all.length} recipients.`,
        `Send it to at most ${mostRecipients} at a time.`,
      ),
    );
  }
  for (const text of all.slice(0, mostRecipients)) {
    const person = readAddress(text);
    if (person === undefined) {
      problems.push(notAnAddress(text));
      continue;
    }
    problems.push(...checkName(person.name), ...checkDomain(person));
    if (unread.test(person.address)) {
      problems.push(
        warns('bad_recipient', `Nobody reads mail to ${strange(person.address, 100)}.`, 'Check the recipient.'),
      );
    }
  }
  return problems;
}

function notAnAddress(text: string): Problem {
  const shown = strange(text, 80);
  const address = /<([^<>]+)>$/.exec(text.trim())?.[1] ?? text.trim();
  const [, local = '', domain = ''] = /^([\p{L}\p{M}\p{N}._+-]+)(@[^@]+)$/u.exec(address) ?? [];
  return /[^\u0000-\u007f]/.test(local) && readAddress(`x${domain}`) !== undefined
    ? blocks(
        'bad_recipient',
        `“${shown}” has letters before the @ that many mail servers don’t take.`,
        'Ask for an address in plain letters, like name@example.com.',
      )
    : blocks('bad_recipient', `“${shown}” is not a mail address.`, 'Write one plain address, like name@example.com.');
}

/** A domain in letters of another script may look exactly like one that is known, so what it becomes is said. */
function checkDomain({ written, address }: Addressee): readonly Problem[] {
  if (written === address) return [];
  const [shown, becomes] = [strange(domainOf(written), 80), strange(domainOf(address), 80)];
  if (mixesAlphabets(written)) {
    const what = `“${shown}” mixes letters of several alphabets, as names do that are made to be mistaken; it leads to ${becomes}.`;
    return [blocks('bad_recipient', what, 'Type the address anew.')];
  }
  const what = `Mail to “${shown}” goes to ${becomes}; letters of other alphabets may only look like the ones you mean.`;
  return [warns('bad_recipient', what, 'Compare it with an address you know.')];
}

function checkName(name: string): readonly Problem[] {
  if (isReadDifferently(name)) {
    return [
      blocks(
        'bad_recipient',
        `The name “${strange(name, 60)}” would not be read as it is written.`,
        'Write the name in plain words with single spaces, or the address alone.',
      ),
    ];
  }
  if (countHidden(name) === 0) return [];
  const what = `The name “${strange(name, 60)}” holds signs nobody sees.`;
  return [warns('hidden_signs', what, 'Write the address alone.')];
}

/**
 * Whether mail programs would make another text of a name. `=?` begins an encoded word: some decode what looks like
 * one wherever it stands, also where it was encoded once more. Several spaces become one where a line is folded.
 */
const isReadDifferently = (name: string): boolean =>
  name.includes('=?') || /\s{2}|^\s|\s$/.test(name) || noText.test(name) || !name.isWellFormed();

/** Line breaks of any kind, and other control signs. */
const noText = /[\p{Cc}\p{Zl}\p{Zp}]/u;

function checkContent({ subject, text }: Effect): readonly Problem[] {
  const problems: Problem[] = [];
  if (subject.trim() === '') {
    problems.push(blocks('no_subject', 'The mail has no subject.', 'Add a line “subject:”.'));
  } else if (noText.test(subject) || !subject.isWellFormed()) {
    problems.push(
      blocks(
        'hidden_signs',
        `The subject “${strange(subject, 40)}” holds a line break, a tab or another sign that is no text.`,
        'Write it as one line of ordinary signs.',
      ),
    );
  } else if (subject.length > longestSubject) {
    problems.push(
      blocks('too_long', `The subject has ${subject.length} characters.`, `Keep it below ${longestSubject}.`),
    );
  }
  if (text.trim() === '') problems.push(blocks('no_text', 'The mail has no text.', 'Write the text of the mail.'));
  if (text.length > longestText) {
    problems.push(blocks('too_long', `The text has ${text.length} characters.`, `Keep it below ${longestText}.`));
  }
  return problems;
}

function checkAttachments({ media }: Effect): readonly Problem[] {
  const problems = media
    .map(({ name }) => name)
    .filter(isReadDifferently)
    .map((name) =>
      blocks(
        'media_unsupported',
        `The file name “${strange(name, 120)}” would not be read as it is written.`,
        'Rename the file: single spaces, and no “=?” in it.',
      ),
    );
  const bytes = media.reduce((sum, one) => sum + one.bytes, 0);
  if (bytes <= mostBytes) return problems;
  const size = `${Math.ceil(bytes / 1_000_000)} MB`;
  const what = `The attachments have ${size}; mail takes 18 MB.`;
  return [...problems, blocks('media_unsupported', what, 'Attach less, or send a link.')];
}
