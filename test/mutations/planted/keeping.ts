/** Faults of the record, the vault and what must survive a death. */
import type { Mutation } from './mutation.ts';

export const keeping: readonly Mutation[] = [
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
    name: 'the chat’s updates are confirmed before they are stored',
    changes: [
      {
        file: 'src/bot/telegram/polling.ts',
        from: '  return (await ears.take(rows, String(last.update_id + 1))).more;',
        to: `  await api.getUpdates({ offset: last.update_id + 1, timeout: 0 });
  return (await ears.take(rows, String(last.update_id + 1))).more;`,
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
    name: 'a file that is moved to where it lies is taken away',
    changes: [
      {
        file: 'src/vault/moving.ts',
        from: 'if (begun && (from === to || there.nlink === 1n)) return',
        to: 'if (from === at(name) && n > 1) return',
      },
    ],
    suites: ['test/integration/vault/vault.test.ts'],
  },
  {
    name: 'a card does not follow the name of its twin',
    changes: [{ file: 'src/workflow/wake-twins.ts', from: ' ${draft.file.path}`;', to: '`;' }],
    suites: ['test/integration/workflow/equal-cards.test.ts'],
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
    name: 'links in the vault are followed',
    changes: [
      {
        file: 'src/lib/root.ts',
        from: "if (result.status === 'rejected') throw result.reason;",
        to: "if (result.status === 'rejected' && result.reason === root) throw result.reason;",
      },
      {
        file: 'src/lib/root.ts',
        from: 'if (await isThere(inner, opened, place)) return opened;',
        to: 'if (opened !== undefined) return opened;',
      },
    ],
    suites: ['test/unit/lib/root.test.ts', 'test/integration/vault/odd-places.test.ts'],
  },
];
