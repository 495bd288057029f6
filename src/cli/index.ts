/** The command line. Verbs about drafts go through the running Countersign, by the same door as taps. */
import { readConfig, readEnvironment, isConfigured } from '../config/index.ts';
import { decideOne, logOut, pauseOrResume, showPending, showStatus } from './ask.ts';
import { messageOf } from '../lib/words.ts';
import { draftReply, showMails } from './mails.ts';
import { examine } from './doctor.ts';
import { reportOnDrafts } from './drafts-report.ts';
import { logIn } from './log-in.ts';
import { printTo } from './print.ts';
import type { Print } from './print.ts';
import { verify } from './verify.ts';

const usage = `Use:
  npm run status                     how things stand
  npm run pending [-- <name or key>] what waits for you; of one draft all that would leave
  npm run mails [-- <key>]           mails without a draft, the newest first; one of them with its text
  npm run mails -- --older <key>     those before it
  npm run draft -- <key>             draft a reply to one of them
  npm run approve -- <name or key> [2026-02-19T14:30] [--yes]   print all that would leave and approve it; to go out then
  npm run reject -- <name or key> [reason]
  npm run pause · npm run resume     hold everything · go on
  npm run logout                     end every session of the web page
  npm run login -- <platform>        log in once in a window of your own
  npm run drafts:report -- <folder>  how well the drafts of a folder are read
  npm run verify                     the log in the vault against the record
  npm run doctor                     checks the set-up and says what to mend
  npm run doctor -- --audit          also holds folders and record against the promises`;

/** @returns the exit code */
async function run(
  words: readonly string[],
  environment: NodeJS.ProcessEnv,
  folder: string,
  print: Print,
): Promise<number> {
  const [command = '', ...rest] = words;
  // Reads a folder somebody names, whatever the settings say.
  if (command === 'drafts:report') return await reportOnDrafts(rest, print, new Date());
  const config = readConfig(environmentFor(environment, folder), folder);
  if (command === 'doctor') return await examine(config, folder, environment, print, rest.includes('--audit'));
  if (config.kind === 'mistakes') {
    print.problem('Some settings are wrong.', 'Run: npm run doctor');
    return 1;
  }
  const { settings } = config;
  switch (command) {
    case 'status':
      return await showStatus(settings, print);
    case 'pending':
      return await showPending(settings, rest[0], print);
    case 'mails':
      return await showMails(settings, rest, print);
    case 'draft':
      return await draftReply(settings, rest[0] ?? '', print);
    case 'approve':
    case 'reject':
      return await decideOne(settings, command, rest, print);
    case 'pause':
    case 'resume':
      return await pauseOrResume(settings, command, print);
    case 'logout':
      return await logOut(settings, rest, print);
    case 'verify':
      return await verify(settings, print);
    case 'login':
      return await logIn(settings, rest[0] ?? '', environment, print);
    default:
      if (command !== '' && command !== 'help') print.line(`There is no command called ${command}.\n`);
      print.line(usage);
      return command === '' || command === 'help' ? 0 : 2;
  }
}

/** Without settings the sandbox is what runs, so that is what is asked. */
function environmentFor(environment: NodeJS.ProcessEnv, folder: string): Record<string, string | undefined> {
  const full = readEnvironment(environment, folder);
  if (isConfigured(full)) return full;
  return { ...full, DATA_DIR: 'data/sandbox/state', VAULT_PATH: 'data/sandbox/AI_Employee_Vault' };
}

const print = printTo(process.stdout, process.stderr);
// Timers of ours don't keep the process alive: without this it would end in the middle of a wait, with no answer given.
const alive = setInterval(() => undefined, 2 ** 30);
try {
  process.exitCode = await run(process.argv.slice(2), process.env, process.cwd(), print);
} catch (thrown) {
  print.problem(`That could not be carried out: ${messageOf(thrown)}`, 'npm run doctor may say more.');
  process.exitCode = 1;
} finally {
  clearInterval(alive);
}
