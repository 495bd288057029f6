import type { Actor } from './actor.ts';

/** What a person said about a draft without wanting anything. Kept with it; it never goes out and decides nothing. */
export type Comment = {
  readonly id: string;
  readonly draftId: string;
  /** Full hash of what was on offer then; empty when nothing was. */
  readonly revision: string;
  readonly actor: Actor;
  readonly at: Date;
  /** As it was written, several lines at most. */
  readonly text: string;
  /** How many decisions the draft had then. */
  readonly after: number;
};
