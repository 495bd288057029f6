/** Faults of the kinds this product must not have, and the suites that have to notice each. */
export type Mutation = {
  readonly name: string;
  readonly changes: readonly { readonly file: string; readonly from: string; readonly to: string }[];
  /** Each of them has to notice. */
  readonly suites: readonly Suite[];
};

export type Suite = 'model' | 'deaths' | 'power cuts' | 'storm' | `${string}.test.ts`;

export const mutations: readonly Mutation[] = [
  {
    name: 'the compare-and-set is gone',
    changes: [
      {
        file: 'src/ledger/drafts.ts',
        from: 'AND state IN (SELECT value FROM json_each(@from))',
        to: 'AND @from IS NOT NULL',
      },
    ],
    // One process decides one thing after the other for a draft, so no walk can show it.
    suites: ['test/contract/ledger.test.ts'],
  },
  {
    name: 'the card is shown before the decision is on record',
    changes: [
      {
        file: 'src/workflow/decide/record.ts',
        from: '  return await parts.ledger.tx(async (tables) => {',
        to: `  const { cardOf } = await import('../present.ts');
  for (const channel of parts.channels) await channel.show(await cardOf(parts, { ...draft, ...to }), undefined);
  return await parts.ledger.tx(async (tables) => {`,
      },
    ],
    suites: ['model', 'test/integration/workflow/races.test.ts'],
  },
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
    name: 'the chat’s updates are confirmed before they are stored',
    changes: [
      {
        file: 'src/bot/telegram/poll.ts',
        from: '  await inbox.store(rows, last.update_id + 1);',
        to: `  await api.getUpdates({ offset: last.update_id + 1, timeout: 0 });
  await inbox.store(rows, last.update_id + 1);`,
      },
    ],
    suites: ['test/contract/telegram-poll.test.ts'],
  },
  {
    name: 'commits are not synced',
    changes: [
      { file: 'src/ledger/database.ts', from: 'PRAGMA synchronous = FULL;', to: 'PRAGMA synchronous = NORMAL;' },
      { file: 'src/ledger/database.ts', from: 'const full = 2;', to: 'const full = 1;' },
    ],
    suites: ['test/unit/ledger/database.test.ts', 'power cuts'],
  },
  {
    name: 'a file’s new place is not synced',
    changes: [
      { file: 'src/vault/moving.ts', from: '        await syncFolder(dirname(to));\n', to: '' },
      { file: 'src/vault/moving.ts', from: '        await syncFolder(dirname(from));\n', to: '' },
    ],
    suites: ['power cuts'],
  },
  {
    name: 'the name of the new log is not synced',
    changes: [{ file: 'src/vault/record-log.ts', from: "        if (end === '') await syncNames(folder);\n", to: '' }],
    // A vault has its first line once, so a power cut seldom meets it.
    suites: ['test/integration/vault/record-log.test.ts'],
  },
  {
    name: 'the file is not compared with what was approved',
    changes: [
      {
        file: 'src/workflow/settle.ts',
        from: 'if (read.revision.hash !== draft.revision || !allows(decision, draft.revision)) {',
        to: 'if (!allows(decision, draft.revision)) {',
      },
      {
        file: 'src/workflow/execute/index.ts',
        from: 'decision === undefined || read.revision.hash !== draft.revision) return undefined;',
        to: 'decision === undefined || draft.revision === undefined) return undefined;',
      },
      { file: 'src/workflow/execute/index.ts', from: ' || !isOnOffer(draft, read)) return', to: ') return' },
    ],
    suites: ['test/integration/workflow/changes.test.ts', 'model'],
  },
  {
    name: 'steps swapped: it is sent before the point of no return is on record',
    changes: [
      {
        file: 'src/workflow/execute/gate.ts',
        from: 'return await tables.attempts.commit(attempt.id, at, draft.platform, draft.account);',
        to: `setTimeout(() => void parts.ledger.attempts.commit(attempt.id, at, draft.platform, draft.account), 200);
        return true;`,
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
    name: 'a decision is answered but not recorded',
    changes: [
      {
        file: 'src/workflow/decide/record.ts',
        from: '    await tables.decisions.append(decision, tapName(tap));\n',
        to: '',
      },
    ],
    suites: ['model'],
  },
  {
    name: 'a move writes over a file of the same name',
    changes: [
      {
        file: 'src/lib/move-file.ts',
        from: "makeLink: Root['link'] = root.link,",
        to: "makeLink: Root['link'] = root.rename,",
      },
    ],
    suites: ['test/unit/lib/move-file.test.ts'],
  },
  {
    name: 'the wake-up is not written with the fact',
    changes: [
      {
        file: 'src/workflow/rescan/missing.ts',
        from: '      await tables.jobs.add({ kind: jobKinds.settle, key: draft.id, serialKey: draft.id, runAt: at });\n',
        to: '',
      },
    ],
    // Only a death between the two can show it.
    suites: ['test/integration/workflow/crash.test.ts'],
  },
  {
    name: 'anybody may decide',
    changes: [
      {
        file: 'src/domain/approver.ts',
        from: "if (isIn(people.approvers)) return 'approver';",
        to: "if (people.approvers.size > 0) return 'approver';",
      },
    ],
    suites: ['test/unit/domain/approver.test.ts', 'model'],
  },
  {
    name: 'one approval is enough, whatever is set',
    changes: [
      {
        file: 'src/workflow/enough.ts',
        from: 'approvals.length >= approvalsNeeded;',
        to: 'approvals.length >= Math.min(approvalsNeeded, 1);',
      },
      {
        file: 'src/workflow/decide/approve.ts',
        from: 'parts.rules.approvalsNeeded - others.length - 1',
        to: 'Math.min(parts.rules.approvalsNeeded, 1) - others.length - 1',
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'one person counts twice',
    changes: [
      {
        file: 'src/domain/approvals.ts',
        from: 'given.set(personOf(decision.actor), decision);',
        to: 'given.set(decision.id, decision);',
      },
      {
        file: 'src/workflow/decide/approve.ts',
        from: 'before.filter(({ actor }) => personOf(actor) !== personOf(tap.actor))',
        to: "before.filter(() => personOf(tap.actor) !== '')",
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'an approval goes on counting after the text changed',
    changes: [
      {
        file: 'src/domain/approvals.ts',
        from: 'if (!isYes(decision) || decision.revision !== revision) given.clear();',
        to: 'if (!isYes(decision)) continue;',
      },
      {
        file: 'src/ledger/drafts.ts',
        from: "WHEN @state = 'pending' OR (@setRevision AND @revision IS NOT revision)",
        to: 'WHEN @state IS NULL AND @state IS NOT NULL AND @setRevision',
      },
    ],
    suites: ['test/integration/workflow/two-persons.test.ts', 'model'],
  },
  {
    name: 'a tap that is taken up again after a death counts again',
    changes: [
      {
        file: 'src/workflow/decide/index.ts',
        from: 'name === undefined ? undefined : await parts.ledger.decisions.byTap(name);',
        to: 'name === undefined ? undefined : await parts.ledger.decisions.byTap(`${name} again`);',
      },
      {
        file: 'src/workflow/decide/record.ts',
        from: 'await tables.decisions.append(decision, tapName(tap));',
        to: 'await tables.decisions.append(decision);',
      },
    ],
    suites: ['test/integration/workflow/taps-once.test.ts', 'storm'],
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
];
