/** One vault and one ledger that live through any number of processes; the promises are asked after each death. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { readMarks, readRecord } from '../../src/ledger/record.ts';
import type { LedgerRecord } from '../../src/ledger/record.ts';
import type { Draft } from '../../src/domain/draft.ts';
import type { Effect } from '../../src/domain/effect.ts';
import { createRoot } from '../../src/lib/root.ts';
import { surveyVault } from '../../src/vault/survey.ts';
import { readRecordLog } from '../../src/vault/record-log.ts';
import { audit } from '../../src/workflow/audit/index.ts';
import { auditLog } from '../../src/workflow/audit/log.ts';
import type { Breach } from '../../src/workflow/audit/index.ts';
import type { AcceptedTap } from '../../src/workflow/audit/seen.ts';
import { until } from '../support/until.ts';
import { ownerId } from './outside.ts';
import type { Outside } from './outside.ts';

const main = fileURLToPath(new URL('./product.ts', import.meta.url));

const isGone = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null;

/** Its first thread is over, and the others are held by their tracer. */
function isZombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/\(.*\)/, ''));
  } catch {
    return false;
  }
}

const textOf = ({ text, subject }: Partial<Effect>): string => `${text} ${subject}`;

export type Lives = ReturnType<typeof createLives>;

/** A life takes two seconds; a machine that is busy takes longer, and a disk that fails eight times is tried ever more seldom. */
export const usualPatienceMs = 120_000;

/**
 * @param patienceMs how long anything may take
 * @param more environment of every one of its processes
 */
export function createLives(
  outside: Outside,
  home: string,
  patienceMs = usualPatienceMs,
  more: Readonly<Record<string, string>> = {},
) {
  const vaultPath = join(home, 'vault');
  const ledgerFile = join(home, 'state', 'ledger.db');
  /** Files that say the same have one mark. */
  const marks = new Map<string, number>();
  const accepted: AcceptedTap[] = [];
  const refused = new Set<string>();
  let child: ChildProcess | undefined;
  let output = '';
  const path = (place: string) => join(vaultPath, place);
  const environment = {
    ...outside.environment,
    PATH: process.env['PATH'],
    HOME: home,
    VAULT_PATH: vaultPath,
    DATA_DIR: join(home, 'state'),
    // Beside the homes, so that all of them share it: most of a life is its start.
    NODE_COMPILE_CACHE: join(dirname(home), 'compiled'),
    // One thread for files, so that the n-th call is the same one each time.
    UV_THREADPOOL_SIZE: '1',
    WEB_PORT: '0',
    HOLD_SECONDS: '0',
    RETRY_DELAY: '1',
    APPROVAL_CHECK_INTERVAL: '1',
    LIMIT_LINKEDIN: '1000',
    ...more,
  };
  const isDead = () => child === undefined || isGone(child) || isZombie(child.pid ?? 0);
  const died = async (): Promise<void> => {
    const running = child;
    if (running === undefined || isGone(running)) return;
    await new Promise((resolve) => running.once('exit', resolve));
  };
  let read: { readonly stamp: string; readonly until: number; readonly record: LedgerRecord } | undefined;
  /** Asked a hundred times a second, and reading all of it costs more than the product itself: only when it was written to. */
  const record = (): LedgerRecord => {
    const stats = statSync(`${ledgerFile}-wal`, { throwIfNoEntry: false });
    const stamp = `${child?.pid}:${stats?.size}:${stats?.mtimeMs}`;
    // The clock of a file may stand still for some milliseconds.
    if (read?.stamp !== stamp || performance.now() > read.until) {
      read = { stamp, until: performance.now() + 200, record: readRecord(ledgerFile) };
    }
    return read.record;
  };
  const draftsOf = (mark: string, rows = record()): readonly Draft[] => {
    const ids = rows.revisions.filter(({ effect }) => `${effect.text}${effect.subject}`.includes(mark));
    return rows.drafts.filter(({ id }) => ids.some(({ draftId }) => draftId === id));
  };
  const messages = () => outside.owner.messages().filter(({ from }) => from === 'bot');
  /** It was given, and the connection was cut before it arrived: the card tells what counts. */
  const lostAnswer = (callback: string): boolean =>
    outside.telegram
      .calls('answerCallbackQuery')
      .some(({ parameters, answer }) => parameters['callback_query_id'] === callback && answer === undefined);
  const newestWith = (mark: string, button: string) =>
    messages().findLast(
      ({ text, buttons }) => text.includes(mark) && buttons.flat().some(({ label }) => label.includes(button)),
    );

  /** The stand-ins are shared: what carries no text of this vault belongs to another one. */
  const arrived = () =>
    outside.received().filter(({ effect }) => [...marks.keys()].some((mark) => textOf(effect).includes(mark)));
  /** Nobody here says yes to a second time. */
  const twice = (): readonly Breach[] =>
    [...marks.keys()]
      .filter((mark) => arrived().filter(({ effect }) => textOf(effect).includes(mark)).length > 1)
      .map((mark) => ({ promise: 'P2', code: 'equal_twice', words: `${mark} arrived more than once` }));

  return {
    patienceMs,
    vaultPath,
    ledgerFile,
    output: () => output,
    pid: () => child?.pid ?? 0,
    isDead,
    died,
    record,
    draftsOf,
    /**
     * @param before words before the command, e.g. strace and its arguments
     * @param now environment of this process alone
     */
    start(before: readonly string[] = [], now: Readonly<Record<string, string>> = {}): void {
      const words = [...before, process.execPath, main];
      child = spawn(words[0] ?? '', words.slice(1), {
        // A group of its own: a tracer before it must not leave it behind.
        detached: true,
        cwd: home,
        env: { ...environment, ...now },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      output = '';
      for (const stream of [child.stdout, child.stderr]) {
        stream?.setEncoding('utf8').on('data', (text: string) => (output += text));
      }
    },
    async kill(): Promise<void> {
      if (child?.pid !== undefined && !isGone(child)) process.kill(-child.pid, 'SIGKILL');
      await died();
    },
    /** It was off for an hour, as far as it remembers: the cards that wait come anew. Only while it is. */
    wasAway(): void {
      if (!existsSync(ledgerFile)) return;
      const db = new Database(ledgerFile);
      const hourAgo = new Date(Date.now() - 3_600_000).toISOString();
      db.prepare(`UPDATE memories SET value = ? WHERE key = 'heard'`).run(hourAgo);
      db.close();
    },
    async stop(): Promise<void> {
      child?.kill('SIGTERM');
      await died();
    },
    /** Writes a complete file in one step, as careful programs do. */
    drop(place: string, content: string, mark: string): void {
      marks.set(mark, (marks.get(mark) ?? 0) + 1);
      const draught = join(home, 'draught');
      writeFileSync(draught, content);
      mkdirSync(dirname(path(place)), { recursive: true });
      renameSync(draught, path(place));
    },
    move(from: string, to: string): void {
      if (existsSync(path(from))) renameSync(path(from), path(to));
    },
    /** The newest message about it that still has this button. */
    card: (mark: string, button: string) =>
      until(
        () => {
          assert.ok(!isDead(), output);
          return newestWith(mark, button);
        },
        `the chat asks about ${mark}`,
        patienceMs,
      ),
    /** The message of one draft that has this button: files that say the same are told apart by what their buttons carry. */
    cardOf: ({ key }: Draft, button: string) =>
      messages().findLast(({ buttons }) =>
        buttons.flat().some(({ label, data }) => label.includes(button) && data?.includes(`:${key}:`) === true),
      ),
    /** It stands on the phone, whether or not the process still lives: its call may have come before the person's. */
    shownCard(mark: string, button: string) {
      const card = newestWith(mark, button);
      assert.ok(card, `the chat asks about ${mark}`);
      return card;
    },
    /** @param draftKey which of those with this mark; needed when there are several */
    tap(mark: string, messageId: number, label: string, verb: AcceptedTap['verb'], draftKey?: string): () => boolean {
      const callback = outside.owner.tap(messageId, { label });
      const at = performance.now();
      let counted = false;
      return () => {
        const toast = outside.owner.toast(callback);
        const draft = draftsOf(mark).find(({ key }) => draftKey === undefined || key === draftKey);
        const key = draft?.key;
        // A disk that fails for long may let it count when the chat takes no answer to it any more: the card tells it then.
        const tooLate = performance.now() - at > 20_000 && draft !== undefined && draft.state !== 'pending';
        if (toast === undefined && (tooLate || lostAnswer(callback))) return true;
        if (toast === undefined || key === undefined) return false;
        if (!counted && !toast.alert) accepted.push({ key, verb, actorId: String(ownerId) });
        if (!counted && toast.alert) refused.add(mark);
        counted = true;
        return true;
      };
    },
    /** A tap was answered with the words why not. */
    wasRefused: (mark: string): boolean => refused.has(mark),
    reply: (messageId: number, text: string): number => outside.owner.reply(messageId, text),
    isAnswered: (sentId: number): boolean => messages().some(({ replyTo }) => replyTo === sentId),
    /** What contradicts a promise, now that nothing is on its way. */
    async breaches(): Promise<readonly Breach[]> {
      const rows = record();
      const keys = new Map(rows.drafts.map(({ id, key }) => [id, key]));
      const log = await readRecordLog(createRoot(vaultPath));
      const mark = readMarks(ledgerFile).flags.get('logged');
      const wrong = auditLog(log, rows).map((words) => ({
        promise: 'P3' as const,
        code: 'log',
        words: `${words} (${log.entries.length} lines; written up to ${mark})`,
      }));
      const found = audit({
        settled: true,
        files: await surveyVault(vaultPath),
        record: rows,
        approvers: new Map([
          ['telegram', new Set([String(ownerId)])],
          ['vault', new Set(['owner'])],
        ]),
        received: arrived(),
        accepted,
        written: [...marks].map(([mark, files]) => ({ mark, least: files, most: files })),
        shown: rows.cards
          .filter(({ channel, ref }) => channel === 'telegram' && ref !== undefined)
          .map(({ channel, draftId, ref }) => ({
            channel,
            key: keys.get(draftId) ?? '',
            card: {},
            words: messages().find(({ id }) => ref === `${ownerId}:${id}`)?.text ?? '(deleted)',
          })),
      });
      return [...found, ...wrong, ...twice()];
    },
    /** Nothing is on its way: every draft waits for a person or is over, and every card says so. */
    isSettled(): boolean {
      const rows = record();
      return (
        rows.drafts.every(({ state }) => state !== 'approved' && state !== 'in_progress') &&
        rows.cards.every(({ wantedHash, shownHash, retiring }) => wantedHash === shownHash && retiring === undefined)
      );
    },
  };
}
