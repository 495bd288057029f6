/** Things that happen in the sandbox: real mails into the stand-in's mailbox, draft files into the vault. */
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ApiStatus } from '../../src/bot/web/api.ts';
import { sleep } from '../../src/lib/clock.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { Product } from '../desk/product.ts';
import type { MailStandIn } from '../mail/index.ts';
import { letters } from './mails.ts';
import type { Letter } from './mails.ts';
import { fileOf, posts, unfinished } from './posts.ts';
import type { Post } from './posts.ts';

export type Arrival = Letter & { readonly messageId: string; readonly at: Date };

export type Seeds = {
  /** Returns what happened, in words. */
  mailArrives(): Promise<string>;
  postAppears(): Promise<string>;
  unfinishedPostAppears(): Promise<string>;
  /** Mails so far, oldest first. */
  arrivals(): readonly Arrival[];
};

type Parts = { readonly mail: MailStandIn; readonly vaultPath: string; readonly clock: Clock };

export function createSeeds({ mail, vaultPath, clock }: Parts): Seeds {
  const arrivals: Arrival[] = [];
  let postCount = 0;

  const write = async (post: Post, mark: string): Promise<string> => {
    const folder = join(vaultPath, 'Pending_Approval');
    const name = `LINKEDIN_${post.stem}${mark}.md`;
    // Whoever reads the vault must never see half a file.
    const part = join(folder, `.${name}.part`);
    await writeFile(part, fileOf(post));
    await rename(part, join(folder, name));
    return `A draft appeared: ${name}`;
  };

  return {
    async mailArrives() {
      const letter = nth(letters, arrivals.length);
      const messageId = await mail.deliver(letter);
      arrivals.push({ ...letter, messageId, at: clock.now() });
      return `A mail arrived from ${letter.from.replace(/ <.*/, '')}.`;
    },
    postAppears() {
      const round = Math.floor(postCount / posts.length) + 1;
      const post = nth(posts, postCount);
      postCount += 1;
      return write(post, round === 1 ? '' : `_${round}`);
    },
    unfinishedPostAppears: () => write(unfinished, ''),
    arrivals: () => arrivals,
  };
}

function nth<T>(list: readonly T[], index: number): T {
  const found = list[index % list.length];
  if (found === undefined) throw new Error('there is nothing to choose from');
  return found;
}

const patience = 20_000;

/**
 * What the visitor finds, the post to approve last. Returns what went wrong, in words; empty when nothing did, or when
 * told to stop.
 */
export async function seedFirst(parts: {
  readonly seeds: Seeds;
  readonly product: Product;
  readonly clock: Clock;
  readonly stopping: AbortSignal;
}): Promise<string> {
  const { seeds, product, clock, stopping } = parts;
  const deadline = clock.now().getTime() + patience;
  const comesTrue = async (wanted: (status: ApiStatus) => boolean): Promise<boolean> => {
    for (;;) {
      const status = await product.status();
      if (status !== undefined && wanted(status)) return true;
      if (stopping.aborted || clock.now().getTime() > deadline) return false;
      await sleep(clock, 100, stopping);
    }
  };
  await seeds.unfinishedPostAppears();
  // The watcher leaves alone what was in the mailbox before its first look, so that look must be over.
  const watched = await comesTrue(({ parts }) => parts.some((one) => one.part === 'gmail' && one.standing === 'well'));
  if (watched) await seeds.mailArrives();
  const answered = watched && (await comesTrue(({ counts }) => counts.pending >= 2));
  if (stopping.aborted) return '';
  await seeds.postAppears();
  return answered ? '' : 'The first mail got no answer drafted. The log is in the vault, in Logs.';
}
