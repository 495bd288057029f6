/** The open questions, as they are remembered. */
import type { Memory } from '../../../domain/ports.ts';
import { createKeyedLock } from '../../../lib/keyed-lock.ts';
import { isDraftMark } from './draft-mark.ts';
import type { DraftMark } from './draft-mark.ts';
import { isObject, parsed } from './json.ts';
import type { MessageId } from '../messenger.ts';
import { idIn, isId } from './old-rows.ts';

/** A question for a new text, a reason or a time, open until it is answered. */
export type Prompt = DraftMark & {
  readonly messageId: MessageId;
  readonly asks: Asked;
  /** In a group: who was asked, and until when nobody else may answer. */
  readonly by?: AskedPerson | undefined;
};
export type AskedPerson = { readonly id: string; readonly name: string; readonly until: number };
/** What the answer will do. */
export type Asked = 'edit' | 'reason' | 'approve' | 'comment';
const asked: readonly unknown[] = ['edit', 'reason', 'approve', 'comment'] satisfies readonly Asked[];

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
    return Array.isArray(value) ? value.filter(isPrompt).flatMap(toPrompt) : [];
  };
  return {
    prompts,
    changePrompts: (change) =>
      lock('', async () => put('prompts', JSON.stringify(change(await prompts()).slice(-mostPrompts)))),
  };
}

type Kept = DraftMark & {
  readonly chatId?: string;
  readonly messageId: unknown;
  readonly asks?: Asked;
  readonly by?: Omit<AskedPerson, 'id'> & { readonly id: string | number };
};

function toPrompt({ key, revision, chatId = '', messageId, asks, by }: Kept): readonly Prompt[] {
  const id = idIn(chatId, messageId);
  if (id === undefined) return [];
  // Questions of an earlier version asked for a new text, and knew persons with numbers only.
  const asked = by === undefined ? {} : { by: { ...by, id: String(by.id) } };
  return [{ key, revision, messageId: id, asks: asks ?? 'edit', ...asked }];
}

const isPrompt = (value: unknown): value is Kept =>
  isDraftMark(value) &&
  (!('chatId' in value) || typeof value.chatId === 'string') &&
  'messageId' in value &&
  (!('asks' in value) || asked.includes(value.asks)) &&
  (!('by' in value) || isAskedPerson(value.by));

const isAskedPerson = (value: unknown): boolean =>
  isObject(value) &&
  'id' in value &&
  isId(value.id) &&
  'name' in value &&
  typeof value.name === 'string' &&
  'until' in value &&
  typeof value.until === 'number';
