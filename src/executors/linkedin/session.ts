/** From a fresh browser to "logged in as the right member", or to the outcome that says why not. */
import { blocks } from '../../domain/problem.ts';
import { climb, isThere } from '../browser-ladder.ts';
import { codeField, loginName, loginPassword, loginSubmit, memberName } from './selectors.ts';
import { handleOf, standingOf } from './urls.ts';
import { readIdentity, writeIdentity } from '../browser-identity.ts';
import { oneLine, strange } from '../../lib/words.ts';
import type { Bench } from '../browser-bench.ts';
import type { Identity } from '../browser-identity.ts';
import type { Outcome } from '../../domain/outcome.ts';
import type { ProblemCode } from '../../domain/problem.ts';

export const loginRemedy = 'Run npm run login -- linkedin.';

export type Entered =
  | { readonly kind: 'inside'; readonly identity: Identity }
  | { readonly kind: 'outside'; readonly outcome: Outcome };

/** @param mayLogIn false: a look must not type a password */
export async function enter(bench: Bench, mayLogIn: boolean): Promise<Entered> {
  const { page, settings } = bench;
  await page.goto(new URL('/in/me/', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  if (standingOf(page.url()) === 'logged_out' && mayLogIn) {
    const failed = await logInOnce(bench);
    if (failed !== undefined) return failed;
    await page.goto(new URL('/in/me/', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  }
  const standing = standingOf(page.url());
  if (standing === 'checkpoint') return checkpoint();
  if (standing === 'logged_out' || (await bench.session()) === undefined) {
    return outside('needs_login', 'LinkedIn is logged out.', loginRemedy);
  }
  return identify(bench);
}

/** The one login form, once. Captchas and codes are for the person. */
export async function logInOnce(bench: Bench): Promise<Entered | undefined> {
  const { page, settings } = bench;
  const password = settings.email === '' ? '' : await bench.password();
  if (password === '') return outside('needs_login', 'LinkedIn is logged out.', loginRemedy);
  bench.log('LinkedIn is logged out; logging in.');
  await page.goto(new URL('/login', settings.baseUrl).href, { waitUntil: 'domcontentloaded' });
  const name = await climb(page, loginName, settings.stepMs);
  const secret = await climb(page, loginPassword, settings.stepMs);
  const submit = await climb(page, loginSubmit, settings.stepMs);
  if (name === undefined || secret === undefined || submit === undefined) {
    return outside('page_changed', 'The login form of LinkedIn looks different from what is known.', loginRemedy);
  }
  await name.fill(settings.email);
  await secret.fill(password);
  await Promise.all([page.waitForEvent('framenavigated'), submit.click()]);
  await page.waitForLoadState('domcontentloaded');
  if (standingOf(page.url()) === 'checkpoint' || (await isThere(page, codeField))) return checkpoint();
  if ((await bench.session()) === undefined) {
    return outside('login_refused', 'LinkedIn did not accept the address and password.', loginRemedy);
  }
  await bench.backUp();
  return undefined;
}

/** Who is logged in, by the address `/in/me/` leads to; recorded the first time, compared ever after. */
async function identify(bench: Bench): Promise<Entered> {
  const { page, settings } = bench;
  // The site may first show `/in/me/` and put the real address in a moment later.
  await page
    .waitForURL((url) => handleOf(url.href) !== undefined || standingOf(url.href) !== 'inside')
    .catch(() => undefined);
  const handle = handleOf(page.url());
  if (handle === undefined) {
    return outside('page_changed', 'LinkedIn did not show whose profile this is.', loginRemedy);
  }
  const linked = readIdentity(settings, 'linkedin');
  if (linked !== undefined) {
    if (linked.handle === handle) return { kind: 'inside', identity: linked };
    return outside(
      'wrong_account',
      `The browser is logged in as ${strange(handle, 60)}, but ${strange(linked.handle, 60)} is linked.`,
      `Log in as the linked member: ${loginRemedy}`,
    );
  }
  const shown = await climb(page, memberName, settings.stepMs);
  const identity = { handle, name: oneLine((await shown?.textContent()) ?? '', 100) };
  writeIdentity(settings, 'linkedin', identity);
  bench.log(`Linked to the member ${handle}.`);
  return { kind: 'inside', identity };
}

const checkpoint = (): Entered =>
  outside('checkpoint', 'LinkedIn wants to check that it is really you.', `Do the check yourself: ${loginRemedy}`);

const outside = (code: ProblemCode, what: string, remedy: string): Entered => ({
  kind: 'outside',
  outcome:
    code === 'page_changed'
      ? { kind: 'refused', problem: blocks(code, what, remedy) }
      : { kind: 'needs_login', problem: blocks(code, what, remedy) },
});
