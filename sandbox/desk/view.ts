/** What the desk shows, as one picture: sent anew whenever it differs. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { simpleParser } from 'mailparser';
import type { ReceivedMail } from '../mail/index.ts';
import type { Arrival, Seeds } from '../seeds/index.ts';
import type { StandIns } from '../stand-ins.ts';
import type { Product, Standing } from './product.ts';

export type View = {
  readonly product: Standing;
  /** Oldest first. */
  readonly mails: readonly ShownMail[];
  readonly vault: { readonly path: string; readonly folders: readonly ShownFolder[] };
};

export type ShownMail = {
  readonly kind: 'arrived' | 'left';
  /** Whom it is from when it arrived, whom it went to when it left. */
  readonly who: string;
  readonly subject: string;
  readonly text: string;
  /** Subject of the mail it answers; empty when it answers none. */
  readonly thread: string;
  readonly at: string;
};

export type ShownFolder = {
  readonly name: string;
  readonly files: readonly string[];
  /** How many more there are. */
  readonly more: number;
};

type Parts = {
  readonly standIns: Pick<StandIns, 'mail'>;
  readonly product: Product;
  readonly seeds: Seeds;
  readonly vaultPath: string;
};

// The way of a draft first; Logs is left out, it is for looking things up.
const folders = ['Inbox', 'Needs_Action', 'Pending_Approval', 'Approved', 'In_Progress', 'Done', 'Rejected', 'Failed'];
const mostFiles = 12;

export function createView({ standIns, product, seeds, vaultPath }: Parts): () => Promise<View> {
  const left: ShownMail[] = [];
  return async () => {
    for (const mail of standIns.mail.sent().slice(left.length)) left.push(await leftMail(mail, seeds.arrivals()));
    const mails = [...seeds.arrivals().map(arrivedMail), ...left];
    return {
      product: product.standing(),
      mails: mails.toSorted((a, b) => a.at.localeCompare(b.at)).slice(-50),
      vault: { path: vaultPath, folders: await Promise.all(folders.map((name) => listed(vaultPath, name))) },
    };
  };
}

const arrivedMail = ({ from, subject, text, at }: Arrival): ShownMail => ({
  kind: 'arrived',
  who: from,
  subject,
  text,
  thread: '',
  at: at.toISOString(),
});

async function leftMail({ to, raw, headers, at }: ReceivedMail, arrivals: readonly Arrival[]): Promise<ShownMail> {
  const { subject = '', text = '' } = await simpleParser(raw);
  const answered = headers.get('in-reply-to')?.trim();
  const thread = arrivals.find(({ messageId }) => messageId === answered)?.subject ?? answered ?? '';
  return { kind: 'left', who: to.join(', '), subject, text: text.trim(), thread, at: at.toISOString() };
}

async function listed(vaultPath: string, name: string): Promise<ShownFolder> {
  const all = await namesIn(join(vaultPath, name));
  return { name, files: all.slice(0, mostFiles), more: Math.max(0, all.length - mostFiles) };
}

/** Files in a folder and one level below it; none while the folder is not there. */
async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true, recursive: true });
    return entries
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(folder.length + 1)
          .replaceAll('\\', '/'),
      )
      .toSorted();
  } catch {
    return [];
  }
}
