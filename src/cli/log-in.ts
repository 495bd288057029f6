import { loggedInByWindow, logIn as openWindow } from '../app/log-in.ts';
import type { Settings } from '../config/index.ts';
import type { Print } from './print.ts';

/** `npm run login -- <platform>`. @returns the exit code */
export async function logIn(
  settings: Settings,
  platform: string,
  environment: NodeJS.ProcessEnv,
  print: Print,
): Promise<number> {
  if (platform === '') {
    print.problem('Which platform?', loggedInByWindow.map(({ name }) => `npm run login -- ${name}`).join(' · '));
    return 2;
  }
  print.line('A browser window opens. Log in there; it closes by itself when it knows you.');
  const linked = await openWindow(settings, platform, environment, (line) => print.line(line));
  if (linked === undefined) {
    const labels = loggedInByWindow.map(({ label }) => label);
    print.problem(
      `${platform} has no login here.`,
      `Only ${labels.join(' and ')} ${labels.length === 1 ? 'is' : 'are'} logged in by window; mail uses an app password in .env.`,
    );
    return 2;
  }
  if (linked.kind === 'not_linked') {
    print.problem(linked.problem.what, linked.problem.remedy);
    return 1;
  }
  print.line(`Logged in as ${linked.name === '' ? linked.handle : `${linked.name} (${linked.handle})`}.`);
  return 0;
}
