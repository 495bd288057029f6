/**
 * Mails a second on one core: header, text, triage, item and draft as they are made of a mail, beside the parser alone. No
 * server is in it; what it would hand out part by part is cut out of the mail beforehand.
 */
import { simpleParser } from 'mailparser';
import { createTemplateDrafter } from '../src/drafters/template/index.ts';
import { platforms } from '../src/executors/platforms.ts';
import { systemClock } from '../src/lib/clock.ts';
import { decodeBytes } from '../src/watchers/gmail/text/charset.ts';
import { createHtmlReader } from '../src/watchers/gmail/text/html/reader.ts';
import type { OneText, TextPart } from '../src/watchers/gmail/mail.ts';
import { readHead } from '../src/watchers/gmail/read-head.ts';
import { readShape } from '../src/watchers/gmail/read-shape.ts';
import { readText } from '../src/watchers/gmail/text/read-text.ts';
import { toItem } from '../src/watchers/gmail/to-item.ts';
import { triage } from '../src/watchers/gmail/triage.ts';

const account = 'owner@sandbox.example';
const words = 'Could you send us an offer for forty chairs, with delivery in May? '.repeat(20);
const html = `<html><body><table><tr><td style="font-size:0"><div style="font-size:13px">${words}</div></td></tr></table></body></html>`;
const simple = `<html><body><p>${words}</p></body></html>`;

type Sample = { readonly head: string; readonly body: string; readonly parts: Readonly<Record<string, string>> };

const head = (type: string): string =>
  ['From: Sara <sara@client.example>', `To: ${account}`, 'Subject: Offer', 'Message-ID: <1@c.example>', type].join(
    '\r\n',
  );
const part = (type: string, text: string): string => `Content-Type: text/${type}; charset=utf-8\r\n\r\n${text}\r\n`;

const samples: Readonly<Record<string, Sample>> = {
  'plain text': { head: head('Content-Type: text/plain; charset=utf-8'), body: words, parts: { plain: words } },
  'plain text and HTML': {
    head: head('Content-Type: multipart/alternative; boundary=b'),
    body: `--b\r\n${part('plain', words)}--b\r\n${part('html', simple)}--b--\r\n`,
    parts: { plain: words, html: simple },
  },
  'HTML only': { head: head('Content-Type: text/html; charset=utf-8'), body: html, parts: { html } },
};

const textOf = (kind: OneText['kind']): OneText => ({ kind, part: kind, charset: 'utf-8' });

function textsOf({ parts }: Sample): readonly TextPart[] {
  const [plain, rich] = (['plain', 'html'] as const).map((kind) => (kind in parts ? [textOf(kind)] : []));
  return plain?.length === 1 && rich?.length === 1
    ? [{ kind: 'either', plain, html: rich }]
    : [...(plain ?? []), ...(rich ?? [])];
}

const htmlReader = createHtmlReader(systemClock);
const drafter = createTemplateDrafter({ platforms, clock: systemClock });

async function draftOf(sample: Sample): Promise<void> {
  const read = ({ part: name }: OneText) =>
    Promise.resolve({
      content: decodeBytes(Buffer.from(sample.parts[name] ?? ''), 'utf-8', name === 'html'),
      cut: false,
    });
  const mail = {
    uid: 1,
    emailId: '',
    at: new Date(0),
    flags: new Set<string>(),
    labels: new Set<string>(),
    head: await readHead(Buffer.from(`${sample.head}\r\n`)),
    shape: readShape({ type: 'text/plain' }),
    text: await readText(textsOf(sample), read, htmlReader),
  };
  const item = toItem(account, mail, triage({ mail, account, draftsForSender: 0 }));
  if ((await drafter.draft(item)) === undefined) throw new Error('no draft was made');
}

async function perSecond(work: () => Promise<unknown>): Promise<number> {
  for (let warm = 0; warm < 20; warm += 1) await work();
  const begun = performance.now();
  let count = 0;
  while (performance.now() - begun < 2_000) {
    await work();
    count += 1;
  }
  return (count * 1_000) / (performance.now() - begun);
}

/** `of`: what is read; mails a second to the draft, by the parser alone, and how much of the time the parser would take. */
export async function mailRows(): Promise<readonly (readonly string[])[]> {
  const rows: string[][] = [];
  for (const [name, sample] of Object.entries(samples)) {
    const ours = await perSecond(() => draftOf(sample));
    const alone = await perSecond(() => simpleParser(`${sample.head}\r\n\r\n${sample.body}`));
    rows.push([name, ours.toFixed(0), alone.toFixed(0), (alone / ours).toFixed(2)]);
  }
  await htmlReader.end();
  return rows;
}
