/** Looks at everything that can be wrong around Countersign and says, for each finding, what to do. Changes nothing. */
import { accessSync, constants, existsSync, statfsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { auditVault } from '../app/audit.ts';
import { dataInVault, inspectVault, roleLines, waysToAChat } from '../app/command-line.ts';
import type { ApiStatus, Explained } from '../app/command-line.ts';
import { findBrowser } from '../app/log-in.ts';
import { readEnvironment } from '../config/index.ts';
import type { Config, Mistake, Settings } from '../config/index.ts';
import { nodeRemark, standingOf } from '../lib/node-security.ts';
import { messageOf, oneLine, unmarked } from '../lib/words.ts';
import { openDoors, openEnvFile } from '../config/open-doors.ts';
import type { OpenDoor } from '../config/open-doors.ts';
import { reach } from './reach.ts';
import { callRunning, isRunning } from './running.ts';
import type { Print } from './print.ts';

type Finding = { readonly sign: '✓' | '!' | '✗'; readonly what: string; readonly remedy: string };

const good = (what: string): Finding => ({ sign: '✓', what, remedy: '' });
const odd = (what: string, remedy: string): Finding => ({ sign: '!', what, remedy });
const bad = (what: string, remedy: string): Finding => ({ sign: '✗', what, remedy });

/** @returns 0 when nothing stops it from working */
export async function examine(
  config: Config,
  folder: string,
  environment: NodeJS.ProcessEnv,
  print: Print,
  withAudit = false,
): Promise<number> {
  const place = { folder, environment: readEnvironment(environment, folder), uid: process.getuid?.() };
  const findings: Finding[] = [runtime(), ...envFile(place)];
  if (config.kind === 'mistakes') {
    findings.push(...openEnvFile(place).map(door), ...config.mistakes.map(mistake));
  } else {
    const { settings, warnings } = config;
    findings.push(...warnings.map((warning) => odd(warning, 'Remove it from .env, or wait for a later version.')));
    findings.push(...openDoors(settings, place).map(door));
    const misplaced = dataInVault(settings);
    if (misplaced !== undefined) findings.push(mistake(misplaced));
    findings.push(...peopleOf(settings), ...folders(settings), ...(await parts(settings, environment)));
    if (withAudit) findings.push(...(await promises(settings)));
  }
  // A file's name may hold line breaks, and a finding of its own behind them.
  for (const { sign, what, remedy } of findings)
    print.line(`${sign} ${oneLine(unmarked(what), 2_000)}${remedy === '' ? '' : `\n    → ${oneLine(remedy, 2_000)}`}`);
  const wrong = findings.filter(({ sign }) => sign === '✗').length;
  print.line(wrong === 0 ? '\nNothing stops Countersign from working.' : `\n${wrong} thing(s) to mend.`);
  return wrong === 0 ? 0 : 1;
}

const mistake = ({ name, found, wanted }: Mistake): Finding =>
  bad(`${name}: found ${found}`, `Wanted: ${wanted}. Mend it in .env.`);

function runtime(): Finding {
  const version = process.versions.node;
  if (Number(version.split('.')[0]) < 24)
    return bad(`Node ${version} is too old`, 'Use the npm scripts (npm run doctor): they pick the best Node there is.');
  const remark = nodeRemark(version);
  if (remark !== undefined) return odd(remark.what, remark.remedy);
  const standing = standingOf(version);
  return good(`Node ${version}${standing.kind === 'current' ? `, with the security fixes of ${standing.day}` : ''}`);
}

function envFile(place: { readonly folder: string; readonly uid: number | undefined }): Finding[] {
  if (existsSync(join(place.folder, '.env'))) {
    return openEnvFile(place).length === 0 ? [good('.env is yours alone')] : [];
  }
  return [
    odd('There is no .env here', 'Without settings npm start runs the sandbox. Copy .env.example to .env to begin.'),
  ];
}

const door = ({ what, why, remedy }: OpenDoor): Finding => odd(`${what}. ${why}`, remedy);

/** Who may do what; said by ids, because names prove nothing. */
const peopleOf = ({ chats, approvalsNeeded }: Settings): Finding[] =>
  chats.flatMap(({ label, people }) => roleLines(people, approvalsNeeded).map((line) => good(`${label}: ${line}`)));

function folders(settings: Settings): Finding[] {
  return [writable('Vault', settings.vaultPath), writable('Data', settings.dataDir), space(settings.dataDir)];
}

/** The nearest folder that exists must be writable: the rest is made at the start. */
function writable(label: string, path: string): Finding {
  const nearest = nearestExisting(path);
  try {
    accessSync(nearest, constants.R_OK | constants.W_OK | constants.X_OK);
    return good(`${label} folder ${path}${nearest === path ? '' : ' (will be made)'}`);
  } catch {
    return bad(
      `${label} folder ${path} can’t be written`,
      `Give yourself the right to write into ${nearest}, or set another path.`,
    );
  }
}

function space(path: string): Finding {
  const { bavail, bsize } = statfsSync(nearestExisting(path));
  const megabytes = Math.floor((bavail * bsize) / 1_048_576);
  return megabytes >= 200
    ? good(`${megabytes} MB free`)
    : bad(`Only ${megabytes} MB free`, 'Make room: with a full disk nothing can be put on record, so nothing is sent.');
}

const nearestExisting = (path: string): string => (existsSync(path) ? path : nearestExisting(dirname(path)));

/** A running Countersign knows best how its parts stand; otherwise the far sides are tried from here. */
async function parts(settings: Settings, environment: NodeJS.ProcessEnv): Promise<Finding[]> {
  const answer = await callRunning<ApiStatus>(settings, 'GET', '/api/status');
  if (answer.kind === 'answer') {
    return [...answer.value.parts.map(partFinding), ...answer.value.knocks.map(knockFinding)];
  }
  const { far, what, remedy } = answer;
  return [
    far === 'absent' ? odd('Countersign is not running', 'Start it with: npm start') : bad(what, remedy),
    ...(await inspectVault(settings)).map((one) => bad(one.what, one.remedy)),
    ...(await farSides(settings)),
    await browser(settings, environment),
  ];
}

function partFinding(part: ApiStatus['parts'][number]): Finding {
  if (part.standing === 'troubled') {
    return bad(`${part.part}: ${part.words}`, 'See the log; it is tried again by itself.');
  }
  return part.standing === 'off'
    ? odd(`${part.part}: ${part.words}`, 'Set it up in .env if you want it.')
    : good(`${part.part}: ${part.words}`);
}

const knockFinding = ({ source, count, last }: ApiStatus['knocks'][number]): Finding =>
  odd(
    `Strangers tried to get in ${count} times (${source}), last at ${new Date(last).toLocaleString('sv')}`,
    'Nothing was done or shown. The log names them; docs/problems.md says more.',
  );

async function farSides(settings: Settings): Promise<Finding[]> {
  const { mail, chats } = settings;
  const wanted: { label: string; host: string; port: number }[] = [];
  if (mail !== undefined) wanted.push({ label: 'IMAP', ...mail.imap }, { label: 'SMTP', ...mail.smtp });
  wanted.push(...chats.map(({ label, server }) => ({ label, ...server })));
  const noChat = odd('No chat is set up: cards are shown on the web page only', waysToAChat);
  const reached = await Promise.all(
    wanted.map(async ({ label, host, port }) => {
      const problem = await reach(host, port, 5_000);
      if (problem === undefined) return good(`${label} ${host}:${port} can be reached`);
      return bad(`${label} ${host}:${port}: ${problem}`, 'Check the network and the settings.');
    }),
  );
  return chats.length === 0 ? [noChat, ...reached] : reached;
}

async function browser(settings: Settings, environment: NodeJS.ProcessEnv): Promise<Finding> {
  const found = await findBrowser(settings, environment);
  if (found.kind === 'found' && found.noSandbox) {
    return odd(
      `Browser: ${found.path} (no window). It has no sandbox: a page that breaks out of it has all that you may read`,
      'Install Google Chrome or Chromium, which is used then, before you let it into an account of yours.',
    );
  }
  if (found.kind === 'found') return good(`Browser: ${found.path}${found.headlessOnly ? ' (no window)' : ''}`);
  return odd(found.problem.what, found.problem.remedy);
}

/** The promises against folders and ledger, whether it runs or not. */
async function promises(settings: Settings): Promise<Finding[]> {
  const running = await isRunning(settings);
  try {
    const found = await auditVault(settings, running);
    if (found === undefined) return [odd('There is no ledger to audit yet', 'Start Countersign once.')];
    const counted = `${found.drafts} drafts, ${found.files} files and ${found.attempts} attempts`;
    const remarks = found.explained.map(remark);
    if (found.breaches.length > 0) return [...found.breaches.map(broken), ...shortened(remarks)];
    const holds = remarks.length === 0 ? 'every promise holds' : 'nothing contradicts a promise for sure';
    return [...shortened(remarks), good(`Audit of ${counted}: ${holds}`)];
  } catch (thrown) {
    return [
      bad(`The audit could not be carried out: ${messageOf(thrown)}`, 'docs/running.md says how to put a backup back.'),
    ];
  }
}

const broken = ({ promise, words }: { readonly promise: string; readonly words: string }): Finding =>
  bad(
    `${promise}: ${words}`,
    'Look at the draft and at the account before you approve it again; docs/proof.md says more.',
  );

const remark = ({ words, by }: Explained): Finding => odd(words, remedies[by]);

const remedies: Readonly<Record<Explained['by'], string>> = {
  stop: 'Countersign is stopped: it was moved or changed by hand since, or the stop came first. Start it and audit again; what is said then too is a breach.',
  chat: 'That chat is away, or has more to catch up with than its limits allow at once. What stays so for long is a breach.',
  people: 'That person may not decide now. All is well if they were taken off the list after it.',
  number: 'APPROVALS_NEEDED asks for more now; at the time it had enough. All is well if you raised it after it.',
  identities:
    'PEOPLE says now that ids which both approved it belong to one person. All is well if you set that after it.',
};

/** A vault that was tidied while it was stopped has hundreds of them, all alike. */
const mostRemarks = 20;

const shortened = (remarks: readonly Finding[]): readonly Finding[] => [
  ...remarks.slice(0, mostRemarks),
  ...(remarks.length > mostRemarks ? [odd(`… and ${remarks.length - mostRemarks} more like these`, '')] : []),
];
