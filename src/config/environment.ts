/** The environment wins over `.env`, which is read without changing the environment: browsers started from here inherit no secret. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parse } from 'dotenv';

export type Environment = Readonly<Record<string, string | undefined>>;

/** The environment with `.env` of `folder` beneath it. */
export function readEnvironment(environment: Environment, folder: string): Environment {
  let file: string;
  try {
    file = readFileSync(resolve(folder, '.env'), 'utf8');
  } catch {
    return environment; // no .env, or one we may not read: the environment alone counts, the doctor says so
  }
  const set = Object.fromEntries(
    Object.entries(environment).filter(([, value]) => value !== undefined && value !== ''),
  );
  return { ...parse(file), ...set };
}
