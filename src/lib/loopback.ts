/**
 * Whether a host is this very machine: then nothing leaves it, and neither encryption nor a public address is asked for.
 *
 * @param host as in a setting or in an address (IPv6 with or without brackets)
 */
export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(host);
