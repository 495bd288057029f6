/** Writes a plain mail as a sender's program would. */
import { randomUUID } from 'node:crypto';
import type { Clock } from '../../src/lib/clock.ts';

export type SimpleMail = {
  /** `Name <address>` or an address. */
  readonly from: string;
  /** The account when absent. */
  readonly to?: string;
  readonly subject: string;
  readonly text: string;
  readonly messageId?: string;
  /** Further headers, name → value; may replace the usual ones. */
  readonly headers?: Readonly<Record<string, string>>;
};

/** Text in UTF-8 with LF line ends; the store turns them into CRLF. */
export function writeMail(mail: SimpleMail, account: string, clock: Clock): string {
  const headers: Readonly<Record<string, string>> = {
    From: mail.from,
    To: mail.to ?? account,
    Subject: encode(mail.subject),
    Date: clock.now().toUTCString().replace('GMT', '+0000'),
    'Message-ID': mail.messageId ?? `<${randomUUID()}@sandbox.example>`,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': '8bit',
    ...mail.headers,
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${lines.join('\n')}\n\n${mail.text}\n`;
}

const encode = (text: string): string =>
  /^[\u0020-\u007e]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text).toString('base64')}?=`;
