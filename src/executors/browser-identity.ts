/** Whose account a browser profile is linked to: written once, beside the profile, outside the vault. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writePrivateFile } from '../lib/private-file.ts';

export type Identity = {
  /** As in the address of the profile, lower case. */
  readonly handle: string;
  readonly name: string;
};

type Place = { readonly profileDir: string };

const pathOf = ({ profileDir }: Place, platform: string): string =>
  join(dirname(profileDir), `${platform}-identity.json`);

/** undefined when nobody is linked yet. A few bytes, so read at once. */
export function readIdentity(place: Place, platform: string): Identity | undefined {
  try {
    return parse(readFileSync(pathOf(place, platform), 'utf8'));
  } catch {
    return undefined;
  }
}

export const writeIdentity = (place: Place, platform: string, identity: Identity): void =>
  writePrivateFile(pathOf(place, platform), `${JSON.stringify(identity, null, 2)}\n`);

function parse(text: string): Identity | undefined {
  const { handle, name } = JSON.parse(text) as { handle?: unknown; name?: unknown };
  return typeof handle === 'string' && typeof name === 'string' ? { handle, name } : undefined;
}
