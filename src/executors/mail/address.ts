import { plainAddress } from '../../lib/address.ts';

/** One person in an address line. */
export type Addressee = {
  readonly name: string;
  /** Plain ASCII, as it goes into the envelope and the header. */
  readonly address: string;
  /** The address as it was written and shown. */
  readonly written: string;
};

/**
 * Reads `address` or `Name <address>`, and nothing else: whatever a mail library could understand as a list, a group,
 * a quoted name or another header is refused, because the envelope must be what the person saw (promise P1).
 */
export function readAddress(text: string): Addressee | undefined {
  const trimmed = text.trim();
  const [, name, inside] = /^([^<>"@,:;()\\\u0000-\u001f\u007f-\u009f]{0,120})<([^<>\s]+)>$/.exec(trimmed) ?? [];
  const written = inside ?? trimmed;
  const address = plainAddress(written);
  return address === undefined ? undefined : { name: (name ?? '').trim(), address, written };
}
