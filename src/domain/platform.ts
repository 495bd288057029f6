import type { Effect } from './effect.ts';
import type { Problem } from './problem.ts';

/**
 * A platform as words: how files name it and what it can do. The list lives with the executors and is handed to the
 * vault by the composition root, so that no platform is spelled in the core.
 */
export type Platform = {
  readonly id: string;
  /** For people. */
  readonly label: string;
  /** First words of file names, lower case: `EMAIL_x.md` starts with `email`. */
  readonly filePrefixes: readonly string[];
  /** Values of the `platform` and `channel` keys, lower case, `_` for spaces and hyphens. */
  readonly names: readonly string[];
  /** Action id → values of `action` and `type` that mean it, lower case with `_`. */
  readonly actions: Readonly<Record<string, readonly string[]>>;
  /** Used when only the platform is told. */
  readonly defaultAction: string;
  /** What the thing that leaves is called on a card: "Mail". */
  readonly noun: string;
  /** Whether a text needs a subject and recipients (mail) or not. */
  readonly addressed: boolean;
  /** Actions that speak to one person, unseen by others. */
  readonly direct?: readonly string[];
  /** Actions that answer a post or go to one person: what `target` names is part of what they are. */
  readonly targeted?: readonly string[];
  /** Actions that take several texts in order, one after the other. */
  readonly threaded?: readonly string[];
  /** What it refuses whoever carries it out (promise P7). Pure. */
  readonly check: (effect: Effect) => readonly Problem[];
  /** How long the text is by its own count: "312 of 3,000"; empty where nobody counts. */
  readonly size: (effect: Effect) => string;
};
