import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import * as fc from 'fast-check';
import { conflictCopy, conflictTools } from '../../../src/lib/conflict-copy.ts';

/** Names of the copy of `EMAIL_n.md`, by the tool that makes them. */
const made: Readonly<Record<string, readonly string[]>> = {
  Syncthing: ['EMAIL_n.sync-conflict-20260219-143000-ABCDEFG.md', 'EMAIL_n.SYNC-CONFLICT-20260219-143000.md'],
  'Dropbox or a tool like it': [
    "EMAIL_n (Ann's conflicted copy 2026-02-19).md",
    'EMAIL_n (Ann’s Conflicted Copy 2026-02-19) (1).md',
    'EMAIL_n (ANNS-PC conflicted copy 2026-02-19) 2.md',
    'EMAIL_n (conflicted copy).md',
    'EMAIL_n (Conflicted copy 2015-10-01 for jsmith).md',
    "EMAIL_n (Sara's conflicted copy 2026-11-28) (Omar's conflicted copy 2026-11-29).md",
    'EMAIL_n (In Konflikt stehende Kopie von Sara 2026-11-28).md',
    'EMAIL_n (Saras in Konflikt stehende Kopie 2026-11-28).md',
    'EMAIL_n (Konfliktkopie von Sara 28.11.2026).md',
    'EMAIL_n (Copie en conflit de Sara 2026-11-28).md',
    'EMAIL_n (copie conflictuelle de PC-01).md',
    'EMAIL_n (Copia en conflicto de Sara 2026-11-28).md',
    'EMAIL_n (Copia conflictiva de Sara 2026-11-28).md',
    'EMAIL_n (Copia in conflitto di MBP-di-Marco.fritz.box 2026-10-08).md',
    'EMAIL_n (Cópia em conflito de PC-01 2026-08-04).md',
    'EMAIL_n-Cópia em conflito de PC-01 2026-08-04.md',
    'EMAIL_n (Conflicterende kopie van Sara 2026-08-04).md',
    'EMAIL_n (kopia powodująca konflikt użytkownika Jan 2026-10-02).md',
    'EMAIL_n (konfliktní kopie počítače notebook 2026-07-30).md',
    'EMAIL_n (Saras konfliktkopia 2026-07-30).md',
    'EMAIL_n (Saras konfliktkopi 2026-07-30).md',
    'EMAIL_n (Ristiriitainen kopio 2026-07-30).md',
    'EMAIL_n (Конфликтующая копия пользователя Alexei 2022-02-14 02_1.12.08 PM).md',
    'EMAIL_n (конфліктна копія 2026-07-30).md',
    'EMAIL_n (平川知明 の競合コピー 2023-10-29).md',
    'EMAIL_n (PC 上の問題のあるコピー 2023-10-29).md',
    'EMAIL_n（PC 的冲突副本 2026-09-29）.md',
    'EMAIL_n (PC 的衝突複本 2026-09-29).md',
    'EMAIL_n (김의 충돌된 사본 2026-09-29).md',
    'EMAIL_n-conflicted copy 2021-04-24 2359.md',
    'EMAIL_n - Copia en conflicto.md',
  ],
  Dropbox: [
    'EMAIL_n (Case Conflict).md',
    'EMAIL_n (Case conflict 1).md',
    'EMAIL_n (Unicode Encoding Conflict).md',
    'EMAIL_n (White Space Conflict).md',
    'EMAIL_n (Selective Sync Conflict 2).md',
  ],
  'Nextcloud or ownCloud': [
    'EMAIL_n (conflicted copy 2018-04-10 093612).md',
    'EMAIL_n (conflicted copy Sara M. 2018-04-10 093612).md',
    'EMAIL_n (case clash from Sara 2026-10-03 101500).md',
    'EMAIL_n_conflict-20170503-151230.md',
    'EMAIL_n_conflict-sara-20170503-151230.md',
  ],
  'Obsidian Sync': [
    'EMAIL_n (Conflicted copy phone 202602191430).md',
    'EMAIL_n (Conflicted copy ThinkPad-T14-G5 202603121129).md',
    'EMAIL_n (conflict 2026-07-27 12-30-45).md',
    'EMAIL_n (conflict 2026-08-31 1234).md',
  ],
  'Obsidian Sync or Cozy': [
    'EMAIL_n-conflict-2026-08-31.md',
    'EMAIL_n-conflict-2026-08-31-1234.md',
    'EMAIL_n-conflict-2018-11-08T01_02_03.004Z.md',
  ],
  Maestral: ["EMAIL_n (Sara's conflicting copy 2026-11-28).md", 'EMAIL_n (conflicting copy 2026-11-28) (2).md'],
  Seafile: ['EMAIL_n (SFConflict sara@client.example 2026-11-28-09-00-00).md'],
  'Synology Drive': [
    'EMAIL_n_NAS_Nov-28-090000-2026_Conflict.md',
    'EMAIL_n_Andy-PC_Jan-03-0901-2013_CaseConflict_1.md',
    'EMAIL_n_Andy-PC_Jan-03-0901-2013_WhiteSpaceConflict.md',
  ],
  'Resilio Sync or rclone': [
    'EMAIL_n.Conflict.md',
    'EMAIL_n.Conflict2.md',
    'EMAIL_n.Conflict.Conflict.md',
    'EMAIL_n.conflict1.md',
  ],
  rclone: ['EMAIL_n..path1.md', 'EMAIL_n..path2.md'],
  pCloud: [
    'EMAIL_n [conflicted].md',
    'EMAIL_n [conflicted 2].md',
    'EMAIL_n (conflicted).md',
    'EMAIL_n (Conflicted) (1).md',
    'EMAIL_n.conflicted.md',
  ],
  'Proton Drive': [
    'EMAIL_n (# Name clash 2025-08-07 k2v2c9C #).md',
    'EMAIL_n (# Edit conflict 2026-10-06 z #) (# Name clash 2026-10-06 z #).md',
  ],
  'Remotely Save': ['EMAIL_n.dup.md', 'EMAIL_n.dup1.md', 'EMAIL_n.dup.dup.md'],
  'Google Drive': ['EMAIL_n (1)_conflict.md', 'EMAIL_n(1)_conflict.md', 'EMAIL_n [Conflict].md', 'EMAIL_n_conf(1).md'],
  Unison: ['EMAIL_n (copy: conflict #1 on 2026-11-28).md'],
  'a sync tool': [
    'EMAIL_n (DESKTOP-QRI9EIH conflict 2023-04-02).md',
    'EMAIL_n (Conflict Sara 2026-11-28 090000).md',
    'EMAIL_n (Konflikt 28.11.2026).md',
    'EMAIL_n (conflict).md',
  ],
};

/** What people and programs call a draft; some copies are among them, and nothing in their names says so. */
const drafts = [
  'EMAIL_n.md',
  'EMAIL_n (1).md',
  'EMAIL_n 2.md',
  'EMAIL_n copy.md',
  'EMAIL_n - Copy.md',
  'EMAIL_n (2026-11-28).md',
  'EMAIL_n (Sara 2026-11-28 090000).md',
  'EMAIL_n-MacBook Pro de Sara.md',
  'EMAIL_n (sara@client.example).md',
  'EMAIL_conflict.md',
  'EMAIL_n_conflict.md',
  'EMAIL_conflicts (3).md',
  'EMAIL_conflict_of_interest.md',
  'EMAIL_Conflict_2026-11-28.md',
  'EMAIL_the conflict 2026-11-28.md',
  'EMAIL_offer (conflict of interest).md',
  'LINKEDIN_conflict-resolution-tips.md',
  'LINKEDIN_armed-conflict-2026.md',
  'LINKEDIN_conflict-2026-11-28.md',
  'LINKEDIN_talk (conflict management, 2026-11-28).md',
  'LINKEDIN_talk (conflict theory).md',
  'LINKEDIN_Konflikt im Team.md',
  'LINKEDIN_Conflict copywriting.md',
  'LINKEDIN_conflicted.md',
  'LINKEDIN_how to mend a conflicted copy.md',
  'LINKEDIN_copy that sells.md',
  'EMAIL_duplicate.md',
  'EMAIL_dup1.md',
  'EMAIL_path1.md',
  'EMAIL_conf(erence).md',
];

describe('a name', () => {
  for (const [tool, names] of Object.entries(made)) {
    for (const name of names) {
      it(`“${name}” is a conflict copy that ${tool} made`, () => {
        assert.deepEqual(conflictCopy(name), { tool, of: 'EMAIL_n.md' });
        // As macOS may give it, and as people who shout may.
        assert.deepEqual(conflictCopy(name.normalize('NFD')), { tool, of: 'EMAIL_n.md' });
        assert.equal(conflictCopy(name.toUpperCase())?.tool, tool);
      });
    }
  }

  for (const name of drafts) {
    it(`“${name}” is a draft’s`, () => {
      assert.equal(conflictCopy(name), undefined);
    });
  }

  it('is read in no time, whatever it is made of', () => {
    const pieces = fc.constantFrom(
      ' (',
      ')',
      'conflict',
      ' copy',
      '_',
      '-',
      '.',
      ' 2026-11-28',
      ' [',
      ']',
      ' ',
      'x',
      '.dup',
    );
    fc.assert(
      fc.property(fc.array(pieces, { minLength: 20, maxLength: 200 }), (parts) => {
        const name = parts.join('').slice(0, 255);
        const begun = performance.now();
        conflictCopy(name);
        assert.ok(performance.now() - begun < 500, name);
      }),
    );
  });
});

describe('the table of conflict copies in the documents', () => {
  const text = readFileSync(new URL('../../../docs/drafts.md', import.meta.url), 'utf8');
  const rows = [...text.matchAll(/^\| ([^|`]+) \| (`EMAIL_n.*) \|$/gm)].map(([, tool = '', names = '']) => ({
    tool,
    names: [...names.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name),
  }));

  it('names each tool that is known, and no other', () => {
    assert.deepEqual(rows.map(({ tool }) => tool).toSorted(), [...new Set(conflictTools)].toSorted());
    assert.deepEqual(Object.keys(made).toSorted(), [...new Set(conflictTools)].toSorted());
  });

  for (const { tool, names } of rows) {
    it(`is right about ${tool}`, () => {
      assert.ok(names.length > 0);
      for (const name of names) assert.deepEqual(conflictCopy(name), { tool, of: 'EMAIL_n.md' }, name);
    });
  }

  it('is right about what can’t be told', () => {
    const [, told = ''] = /does not say what it is \((.*?)\) can't be told/s.exec(text) ?? [];
    const names = [...told.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    assert.ok(names.length >= 4, told);
    for (const name of names) assert.equal(conflictCopy(name), undefined, name);
  });
});
