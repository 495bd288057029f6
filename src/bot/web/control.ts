/**
 * How the command line and a running Countersign know each other: by a key that lies in DATA_DIR/control.json, where only
 * its owner can read. It is new at each start and never travels; either side only shows that it has it. So whoever listens
 * on the port of one that died gets nothing: no token, no request. And it can't pass the question on to the one that runs
 * now, because that one has another key and speaks for its own address and process alone.
 */
import { sha256 } from '../../lib/hash.ts';
import { same, sign } from './signing.ts';
import type { Clock } from '../../lib/clock.ts';

/** What a running Countersign leaves in DATA_DIR/control.json for its owner. */
export type ControlNote = {
  /** As seen from this machine, without a slash at the end. */
  readonly url: string;
  /** Opens the page. For the owner's screen; never sent from the command line. */
  readonly token: string;
  readonly pid: number;
  readonly key: string;
};

type Speaker = Pick<ControlNote, 'url' | 'pid' | 'key'>;

/** What only this very run can answer to `nonce`; base64url. */
export const proofOf = ({ url, pid, key }: Speaker, nonce: string): string =>
  sign(key, ['countersign proof v1', url, pid, nonce].join('\n'));

/** A question may be chosen by anybody: a nonce is nothing but letters and digits. */
export const isNonce = (text: string): boolean => /^[0-9a-z]{16,64}$/.test(text);

/** What is asked. `path`: with its query. `body`: empty when there is none. */
export type ControlRequest = { readonly method: string; readonly path: string; readonly body: string };

/** The `authorization` of a request. It holds for this request, once, and for a minute. */
export const signatureOf = (key: string, asked: ControlRequest, at: Date, nonce: string): string =>
  `Countersign ${at.getTime()}.${nonce}.${mac(key, asked, String(at.getTime()), nonce)}`;

const mac = (key: string, { method, path, body }: ControlRequest, instant: string, nonce: string): string =>
  sign(key, ['countersign request v1', instant, nonce, method, path, sha256(body)].join('\n'));

const goodForMs = 60_000;

/** Tells whether a request was signed with the key, lately, and for the first time. */
export function createSignatures(key: string, clock: Clock): (authorization: string, asked: ControlRequest) => boolean {
  // Only whoever has the key can add to it.
  const seen = new Map<string, number>();
  return (authorization, asked) => {
    const [, instant = '', nonce = '', given = ''] =
      /^Countersign (\d{1,16})\.([0-9a-z]{16,64})\.(\S+)$/.exec(authorization) ?? [];
    const now = clock.now().getTime();
    if (key === '' || given === '' || Math.abs(now - Number(instant)) > goodForMs) return false;
    if (!same(given, mac(key, asked, instant, nonce)) || seen.has(nonce)) return false;
    for (const [old, at] of seen) if (now - at > 2 * goodForMs) seen.delete(old);
    seen.set(nonce, now);
    return true;
  };
}
