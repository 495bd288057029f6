/**
 * Names under which this page may be asked for. A page elsewhere can point its own name at 127.0.0.1 (DNS rebinding);
 * it can't make the browser send one of ours in the Host header.
 */
export type Hosts = {
  known(host: string | undefined): boolean;
  /** Whether a form sent to `host` came from a page of ours. */
  sameOrigin(origin: string, host: string): boolean;
  /** Whether the browser came in over TLS by the public address. */
  secure(host: string): boolean;
  /** Address people are given, without a slash at the end. */
  base(): string;
  /** Address on this machine, without a slash at the end. */
  local(): string;
};

/** @param port the port in use, known only after listening */
export function createHosts(config: { readonly host: string; readonly publicUrl: string }, port: () => number): Hosts {
  const publicUrl = URL.canParse(config.publicUrl) ? new URL(config.publicUrl) : undefined;
  const named = config.host.includes(':') ? `[${config.host}]` : config.host.toLowerCase();

  const locals = (): ReadonlySet<string> => {
    const names = new Set(['127.0.0.1', 'localhost', '[::1]', named]);
    const withPort = [...names].map((name) => `${name}:${port()}`);
    return new Set(port() === 80 ? [...withPort, ...names] : withPort);
  };
  const isPublic = (host: string): boolean => publicUrl?.host === host.toLowerCase();

  const local = (): string => {
    const anywhere = named === '0.0.0.0' || named === '[::]' || named === '';
    return `http://${anywhere ? '127.0.0.1' : named}:${port()}`;
  };

  return {
    known: (host) => host !== undefined && (locals().has(host.toLowerCase()) || isPublic(host)),
    // A proxy may put its own name for us into Host, so the public origin counts under every known host.
    sameOrigin: (origin, host) =>
      origin === publicUrl?.origin || (locals().has(host.toLowerCase()) && origin === `http://${host.toLowerCase()}`),
    secure: (host) => isPublic(host) && publicUrl?.protocol === 'https:',
    base: () => publicUrl?.origin ?? local(),
    local,
  };
}
