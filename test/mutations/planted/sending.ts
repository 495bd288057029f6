/** Faults on the way out: sent twice, or sent without an approval of exactly that. */
import type { Mutation } from './mutation.ts';

export const sending: readonly Mutation[] = [
  {
    name: 'an attempt is tried again after its point of no return',
    changes: [
      {
        file: 'src/workflow/execute/index.ts',
        from: "return gate.committed() ? { kind: 'unknown', problem } : { kind: 'retry_later', problem };",
        to: "return { kind: 'retry_later', problem };",
      },
    ],
    suites: ['model'],
  },
  {
    name: 'the file is not compared with what was approved',
    changes: [
      {
        file: 'src/workflow/settle.ts',
        from: 'if (decision === undefined || read.revision.hash !== draft.revision || !allows(decision, draft.revision)) {',
        to: 'if (decision === undefined || !allows(decision, draft.revision)) {',
      },
      {
        file: 'src/workflow/execute/index.ts',
        from: 'decision === undefined || read.revision.hash !== draft.revision) return undefined;',
        to: 'decision === undefined || draft.revision === undefined) return undefined;',
      },
      { file: 'src/workflow/execute/index.ts', from: ' || !isOnOffer(draft, read)) return', to: ') return' },
      {
        file: 'src/workflow/execute/gate.ts',
        from: 'if (there?.contentHash !== draft.file.contentHash) return stop(takenBack);',
        to: 'if (there === undefined) return stop(takenBack);',
      },
    ],
    suites: ['test/integration/workflow/changes.test.ts', 'model'],
  },
  {
    name: 'steps swapped: it is sent before the point of no return is on record',
    changes: [
      {
        file: 'src/workflow/execute/gate.ts',
        from: 'return (await tables.attempts.commit(attempt.id, at, draft.platform, draft.account)) ? undefined : takenBack;',
        to: `setTimeout(() => void parts.ledger.attempts.commit(attempt.id, at, draft.platform, draft.account), 200);
    return undefined;`,
      },
    ],
    suites: ['model', 'deaths'],
  },
  {
    name: 'after a crash, what was past its point of no return is let go again',
    changes: [
      { file: 'src/workflow/recover.ts', from: "attempt?.phase === 'committed'", to: "attempt?.phase === 'ended'" },
    ],
    suites: ['test/integration/workflow/crash.test.ts', 'deaths'],
  },
  {
    name: 'an old copy of the ledger counts as the newest when a process died while sending',
    changes: [{ file: 'src/workflow/keep-log.ts', from: ' || (await isCommitAhead(parts))', to: '' }],
    suites: ['test/integration/workflow/old-record.test.ts'],
  },
  {
    name: 'the browser may send again what lost its answer',
    changes: [{ file: 'src/executors/browser-gate.ts', from: '      wire.guard();\n', to: '' }],
    suites: ['test/integration/executors/linkedin.test.ts'],
  },
  {
    name: 'of equal effects both leave',
    changes: [
      {
        file: 'src/workflow/twins.ts',
        from: '(await leftTwins(tables, likeness, now)).filter(',
        to: '(await leftTwins(tables, likeness, new Date(8.64e15))).filter(',
      },
    ],
    suites: ['test/integration/workflow/equal-effects.test.ts', 'model'],
  },
  {
    name: 'an answer that proves nothing counts as not sent',
    changes: [
      {
        file: 'src/executors/mail/outcomes.ts',
        from: 'ranOut.test(answer.enhanced)) return inDoubt(thrown);',
        to: 'ranOut.test(answer.enhanced)) return notReached(thrown);',
      },
    ],
    suites: ['test/contract/mail-left.test.ts'],
  },
  {
    name: 'a no while an attempt prepares comes too late',
    changes: [
      {
        file: 'src/workflow/decide/record.ts',
        from: "['pending', 'approved', 'in_progress', 'failed'];",
        to: "['pending', 'approved', 'failed'];",
      },
    ],
    // It is refused in words, and nothing leaves that was not approved: no walk can tell that it was meant otherwise.
    suites: ['test/integration/workflow/no-means-no.test.ts'],
  },
];
