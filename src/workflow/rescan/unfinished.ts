/** What a look began with a draft and could not finish, because the disk failed: the next look goes on with it. */

/** Remembers that the draft is unfinished until `work` is done. */
export type Finish = (draftId: string, work: () => Promise<void>) => Promise<void>;

export type Unfinished = {
  has(draftId: string): boolean;
  readonly finish: Finish;
};

/** Known in memory only: after a death the next start looks at every draft. */
export function createUnfinished(): Unfinished {
  const ids = new Set<string>();
  return {
    has: (draftId) => ids.has(draftId),
    async finish(draftId, work) {
      ids.add(draftId);
      await work();
      ids.delete(draftId);
    },
  };
}
