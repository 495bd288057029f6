/** The open questions, as they are remembered. */
import type { Memory } from '../../../domain/ports.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isObject, parsed } from './json.ts';

/** A question for a new text, a reason or a time, open until it is answered. */
export type Prompt = DraftMark & {
  readonly chatId: string;
  readonly messageId: number;
  readonly asks: Asked;
  /** In a group: who was asked, and until when nobody else may answer. */
  readonly by?: AskedPerson | undefined;
};
export type AskedPerson = { readonly id: number; readonly name: string; readonly until: number };
/** What the answer will do. */
export type Asked = 'edit' | 'reason' | 'approve';

export type PromptRows = {
  prompts(): Promise<readonly Prompt[]>;
  /** One change at a time. */
  changePrompts(change: (prompts: readonly Prompt[]) => readonly Prompt[]): Promise<void>;
};

const mostPrompts = 50;

export function createPromptRows(memory: Memory, put: Memory['set']): PromptRows {
  const lock = createKeyedLock();
  const prompts = async (): Promise<readonly Prompt[]> => {
    const value = parsed(await memory.get('prompts'));
    // Questions of an earlier version asked for a new text.
    return Array.isArray(value)
      ? value.filter(isPrompt).map((prompt) => ({ ...prompt, asks: prompt.asks ?? 'edit' }))
      : [];
  };
  return {
    prompts,
    changePrompts: (change) =>
      lock('', async () => put('prompts', JSON.stringify(change(await prompts()).slice(-mostPrompts)))),
  };
}

const isPrompt = (value: unknown): value is Omit<Prompt, 'asks'> & { readonly asks?: Asked } =>
  isDraftMark(value) &&
  'chatId' in value &&
  typeof value.chatId === 'string' &&
  'messageId' in value &&
  typeof value.messageId === 'number' &&
  (!('asks' in value) || value.asks === 'edit' || value.asks === 'reason' || value.asks === 'approve') &&
  (!('by' in value) || isAskedPerson(value.by));

const isAskedPerson = (value: unknown): value is AskedPerson =>
  isObject(value) &&
  'id' in value &&
  typeof value.id === 'number' &&
  'name' in value &&
  typeof value.name === 'string' &&
  'until' in value &&
  typeof value.until === 'number';
