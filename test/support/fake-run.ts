import type { CommitAnswer, Run } from '../../src/domain/ports.ts';

/** A run that records what an executor did with it. */
export type FakeRun = {
  readonly run: Run;
  /** How often commit was asked. */
  commits(): number;
  readonly lines: readonly string[];
  readonly kept: ReadonlyMap<string, Uint8Array>;
  abort(): void;
};

/** @param options.commit what is answered; called at the very moment of the question. `go` when not given. */
export function createFakeRun(
  options: {
    readonly commit?: () => CommitAnswer | Promise<CommitAnswer>;
    readonly dryRun?: boolean;
    readonly vaultPath?: string;
    readonly key?: string;
    readonly attempt?: number;
  } = {},
): FakeRun {
  let commits = 0;
  const lines: string[] = [];
  const kept = new Map<string, Uint8Array>();
  const abort = new AbortController();
  return {
    run: {
      key: options.key ?? 'k0000000000000000001',
      attempt: options.attempt ?? 1,
      vaultPath: options.vaultPath ?? '/nowhere',
      commit: async () => {
        commits += 1;
        return options.commit?.() ?? { kind: 'go' };
      },
      log: (line) => {
        lines.push(line);
      },
      keep: async (name, bytes) => {
        if (!/^[a-z0-9-]+\.[a-z]+$/.test(name)) throw new Error(`not a name for a kept file: ${name}`);
        kept.set(name, bytes);
      },
      signal: abort.signal,
      dryRun: options.dryRun ?? false,
    },
    commits: () => commits,
    lines,
    kept,
    abort: () => abort.abort(),
  };
}
