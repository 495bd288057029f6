import { isLoopback } from '../../../lib/loopback.ts';

/**
 * Whether a chat may offer `url` as a button: http(s) and reachable from a phone. Chats refuse a whole message for a
 * link to this very machine, or the person's phone could not open it, so those go into the text instead.
 */
export function isPublicLink(url: string): boolean {
  const parsed = URL.parse(url);
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) return false;
  const host = parsed.hostname;
  // `[` is IPv6: a chat knows no public ones by number, and `::1` is this machine.
  if (isLoopback(host) || host.endsWith('.localhost') || host.startsWith('[')) return false;
  return host !== '0.0.0.0' && host.includes('.');
}
