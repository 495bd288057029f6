/** What the stand-in has published. This is the truth tests compare with. */
import type { Clock } from '../../src/lib/clock.ts';

export type StoredPost = {
  readonly urn: string;
  /** The address of an activity differs from that of the share it shows, as at the real site. */
  readonly activityUrn: string;
  readonly text: string;
  readonly at: Date;
  readonly author: string;
};

export function createPosts(clock: Clock) {
  const posts: StoredPost[] = [];
  let last = 0n;
  // Ids hold the time in their upper bits, as the real ones do; the lower ones keep them distinct.
  const nextId = (at: Date): bigint => {
    const id = BigInt(at.getTime()) << 22n;
    last = id > last ? id : last + 1n;
    return last;
  };
  return {
    all: (): readonly StoredPost[] => posts,
    publish(text: string, author: string): StoredPost {
      const at = clock.now();
      const urn = `urn:li:share:${nextId(at)}`;
      const post = { urn, activityUrn: `urn:li:activity:${nextId(at)}`, text, at, author };
      posts.push(post);
      return post;
    },
    find: (urn: string): StoredPost | undefined => posts.find((post) => post.urn === urn || post.activityUrn === urn),
    withText: (text: string): StoredPost | undefined => posts.find((post) => post.text === text),
  };
}

export type Posts = ReturnType<typeof createPosts>;
