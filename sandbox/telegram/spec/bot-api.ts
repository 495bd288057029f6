/** The facts of the Bot API as the stand-in keeps them in `bot-api.json` (written by `extract.ts`). */
import { readFile } from 'node:fs/promises';

export type BotApi = {
  readonly version: string;
  readonly methods: Readonly<Record<string, Shape>>;
  readonly types: Readonly<Record<string, Shape>>;
};

export type Shape = {
  readonly fields: readonly Field[];
  /** Set for a type that only stands for one of several others. */
  readonly subtypes?: readonly string[];
  /** Set for methods: what a success returns, one of these. */
  readonly returns?: readonly string[];
};

export type Field = {
  readonly name: string;
  /** One of these, e.g. `Integer`, `Array of MessageEntity`. */
  readonly types: readonly string[];
  readonly required?: true;
  readonly limit?: Limit;
  /** The documented values of a String. */
  readonly values?: readonly string[];
};

export type Limit = {
  readonly min: number;
  readonly max: number;
  readonly unit: 'bytes' | 'chars' | 'chars_after_entities';
};

/** Reads the facts that lie beside this file. */
export async function loadBotApi(): Promise<BotApi> {
  return JSON.parse(await readFile(new URL('bot-api.json', import.meta.url), 'utf8')) as BotApi;
}
