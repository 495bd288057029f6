/**
 * What has to wait for what, among the things people did. A press is answered at once: it waits for what the same person did
 * before and for earlier presses on the same draft, and never for what takes long. What one person writes counts in its order.
 */
import { decodeWish } from '../buttons/action.ts';
import type { Delivered } from '../messenger.ts';

export type Lane = {
  /** `own`: what happened to the chat itself, on which everything after it may depend. */
  readonly kind: 'own' | 'nameless' | 'act' | 'text';
  readonly person: string;
  /** The draft that a press names. */
  readonly draft: string | undefined;
  /** Something is fetched or sent for it that may take minutes. */
  readonly isSlow: boolean;
};

export function laneOf(one: Delivered): Lane {
  if (one.kind === 'own' || one.kind === 'nameless') {
    return { kind: one.kind, person: '', draft: undefined, isSlow: false };
  }
  const person = `${one.actor.source}:${one.actor.id}`;
  if (one.kind === 'said' || one.kind === 'corrected') {
    return { kind: 'text', person, draft: undefined, isSlow: one.file !== undefined };
  }
  const wish = one.kind === 'press' ? decodeWish(one.act) : undefined;
  const draft = wish !== undefined && 'key' in wish ? wish.key : undefined;
  return { kind: 'act', person, draft, isSlow: wish !== undefined && sendsFiles.has(wish.kind) };
}

/** Presses that decide nothing and send files. */
const sendsFiles: ReadonlySet<string> = new Set(['log', 'screenshots', 'show_files', 'more_file']);

export type LaneOrder = {
  /** Whether nothing that was added has to be done before. */
  isFree(lane: Lane): boolean;
  /** This one came and is not done yet. */
  add(lane: Lane): void;
};

/** To be filled with what is not done, in its order. */
export function createLine(): LaneOrder {
  const kinds = new Set<Lane['kind']>();
  const quick = new Set<string>();
  const writers = new Set<string>();
  /** What these write waits for something slow. */
  const stuck = new Set<string>();
  const drafts = new Set<string>();
  return {
    isFree({ kind, person, draft }) {
      if (kinds.has('own')) return false;
      switch (kind) {
        case 'own':
          return true;
        case 'nameless':
          return !kinds.has('nameless');
        case 'text':
          return !quick.has(person) && !writers.has(person);
        case 'act':
          return !quick.has(person) && (draft === undefined || !drafts.has(draft));
      }
    },
    add({ kind, person, draft, isSlow }) {
      kinds.add(kind);
      if (kind === 'text') writers.add(person);
      if (kind === 'text' && isSlow) stuck.add(person);
      if (isSlow || (kind === 'text' && stuck.has(person)) || kind === 'own' || kind === 'nameless') return;
      quick.add(person);
      if (draft !== undefined) drafts.add(draft);
    },
  };
}
