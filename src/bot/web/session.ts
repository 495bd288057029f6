/**
 * Who may use the page: whoever once opened the link with the token in it. The cookie is not the token; it is an
 * instant and a signature over it, so nothing has to be kept and a restart logs nobody out. The signature is made with
 * the token: whoever renews that ends every session and the link, at once and for good.
 */
import type { Clock } from '../../lib/clock.ts';
import type { PageKeys } from './keys.ts';
import { same, sign } from './signing.ts';

export type Sessions = {
  /** Whether `given` is the token. Takes the same time for every wrong one. */
  opens(given: string): boolean;
  /** Value of a new cookie. */
  issue(): string;
  holds(cookie: string | undefined): cookie is string;
  /** What a form of this session must carry: another site can't read it, so it can't send it. */
  formToken(cookie: string): string;
  formTokenFits(cookie: string, given: string): boolean;
  /** Ends all of them. Throws when that can't be put on record; then nothing is changed. */
  end(): void;
};

/** How long a browser stays let in, in seconds. */
export const sessionSeconds = 30 * 86_400;

/** @param keys an empty token lets nobody in */
export function createSessions({ token, renew }: Pick<PageKeys, 'token' | 'renew'>, clock: Clock): Sessions {
  const key = (): string => sign(token(), 'countersign session v1');
  const issuedFor = (instant: string): string => `${instant}.${sign(key(), `cookie ${instant}`)}`;
  const formToken = (cookie: string): string => sign(key(), `form ${cookie}`);

  return {
    opens: (given) => token() !== '' && same(given, token()),
    issue: () => issuedFor(String(clock.now().getTime())),
    holds(cookie): cookie is string {
      if (token() === '' || cookie === undefined) return false;
      const instant = /^(\d{1,16})\./.exec(cookie)?.[1];
      if (instant === undefined || !same(cookie, issuedFor(instant))) return false;
      return clock.now().getTime() - Number(instant) < sessionSeconds * 1000;
    },
    formToken,
    formTokenFits: (cookie, given) => same(given, formToken(cookie)),
    end: () => void renew(),
  };
}
