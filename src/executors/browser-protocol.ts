/**
 * What the executor (parent) and its browser (child) tell each other. The browser lives in a child because Playwright
 * costs 88 MB and half a second: the parent never loads it, and the child ends when nothing is left to do. Both ends
 * are this program, started together, so messages are trusted; sent with structured clone (dates and bytes stay).
 */
import type { CommitAnswer } from '../domain/ports.ts';
import type { Confirmation, Outcome } from '../domain/outcome.ts';
import type { Effect } from '../domain/effect.ts';
import type { Problem } from '../domain/problem.ts';

/** Everything a browser needs to know about the account. No password: that is asked for when a login form is open. */
export type BrowserSettings = {
  /** Address the site lives at, without a path. On loopback nothing else can be reached. */
  readonly baseUrl: string;
  /** Account the effect must leave from; empty when whoever logged in is right. */
  readonly email: string;
  /** Folder of the browser profile; backups and the identity lie beside it. Never in the vault. */
  readonly profileDir: string;
  /** Browser to run; empty = look for one. */
  readonly browserPath: string;
  /** Playwright channel (`chrome`, `msedge`); empty = look for one. */
  readonly browserChannel: string;
  readonly headless: 'auto' | 'yes' | 'no';
  /** The part of the environment a browser may see; holds no secret. */
  readonly environment: Readonly<Record<string, string>>;
  /** How long a page or an element may take, in milliseconds. */
  readonly stepMs: number;
  /** How long the site may take to answer the publish request, in milliseconds. */
  readonly answerMs: number;
};

export type Order =
  | {
      readonly kind: 'carry_out';
      readonly settings: BrowserSettings;
      readonly effect: Effect;
      readonly dryRun: boolean;
    }
  | {
      readonly kind: 'confirm';
      readonly settings: BrowserSettings;
      readonly effect: Effect;
      readonly committedAt: Date;
    }
  | { readonly kind: 'log_in'; readonly settings: BrowserSettings; readonly waitMs: number };

export type ChildAnswer =
  | { readonly kind: 'outcome'; readonly outcome: Outcome }
  | { readonly kind: 'confirmation'; readonly confirmation: Confirmation }
  | { readonly kind: 'linked'; readonly handle: string; readonly name: string }
  | { readonly kind: 'not_linked'; readonly problem: Problem };

export type ToChild =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'commit_answer'; readonly answer: CommitAnswer }
  | { readonly kind: 'password'; readonly password: string }
  | { readonly kind: 'kept' }
  /** Give up if the point of no return is not reached; otherwise finish. Then end. */
  | { readonly kind: 'end' };

export type ToParent =
  | { readonly kind: 'log'; readonly line: string }
  | { readonly kind: 'commit' }
  | { readonly kind: 'password_wanted' }
  | { readonly kind: 'keep'; readonly name: string; readonly bytes: Uint8Array }
  | { readonly kind: 'done'; readonly answer: ChildAnswer };

/** What a recipe may ask of the parent while it works. */
export type Line = {
  log(line: string): void;
  commit(): Promise<CommitAnswer>;
  password(): Promise<string>;
  keep(name: string, bytes: Uint8Array): Promise<void>;
  /** Whether the parent asked to end. */
  ending(): boolean;
};
