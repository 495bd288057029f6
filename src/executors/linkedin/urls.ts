/** What LinkedIn's addresses mean. By whole path segments: `/in/login-expert` is a member, not a login page. */

export type PageStanding = 'inside' | 'logged_out' | 'checkpoint';

export function standingOf(address: string): PageStanding {
  const [first, second] = segmentsOf(address);
  if (first === 'login' || first === 'authwall' || first === 'signup') return 'logged_out';
  if (first === 'uas') return 'logged_out';
  // `/checkpoint/lg/…` is where the login form is sent to; a wrong password stays there.
  if (first === 'checkpoint') return second === 'lg' ? 'logged_out' : 'checkpoint';
  if (first === 'challenge') return 'checkpoint';
  return 'inside';
}

/** The handle in `/in/<handle>/`; undefined elsewhere. */
export function handleOf(address: string): string | undefined {
  const [first, second] = segmentsOf(address);
  return first === 'in' && second !== undefined && second !== 'me' ? second.toLowerCase() : undefined;
}

function segmentsOf(address: string): readonly string[] {
  try {
    return new URL(address).pathname
      .split('/')
      .filter((segment) => segment !== '')
      .map((segment) => decodeURIComponent(segment));
  } catch {
    return [];
  }
}

/** The request that publishes a post: new and old form. The hash behind the name changes, so it is not compared. */
export const isPublish = (method: string, url: URL): boolean =>
  method === 'POST' &&
  (/contentcreation/i.test(url.pathname) ||
    (url.pathname.endsWith('/voyager/api/graphql') && /contentcreation/i.test(url.searchParams.get('queryId') ?? '')));

export const permalink = (baseUrl: string, urn: string): string => new URL(`/feed/update/${urn}/`, baseUrl).href;

/** When an activity was made: its id holds the milliseconds since 1970 above its 22 lowest bits. */
export function instantOf(urn: string): Date | undefined {
  const id = /^urn:li:activity:(\d{15,20})$/.exec(urn)?.[1];
  return id === undefined ? undefined : new Date(Number(BigInt(id) >> 22n));
}
