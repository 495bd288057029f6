import { isPlainAddress } from '../../lib/address.ts';

/** One person in an address line. */
export type Person = { readonly name: string; readonly address: string };

/**
 * Reads `address` or `Name <address>`, and nothing else: whatever a mail library could understand as a list, a group,
 * a quoted name or another header is refused, because the envelope must be what the person saw (promise P1).
 */
export function readAddress(text: string): Person | undefined {
  const trimmed = text.trim();
  const [, name, inside] = /^([^<>"@,:;()\\\u0000-\u001f\u007f-\u009f]{0,120})<([^<>\s]+)>$/.exec(trimmed) ?? [];
  const address = inside ?? trimmed;
  if (!isPlainAddress(address)) return undefined;
  return { name: (name ?? '').trim(), address };
}
