/** Real drafts that nobody here wrote, read and compared with what a person says about them. */
import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { describe, it } from 'node:test';
import type { TestContext } from 'node:test';
import { fileURLToPath } from 'node:url';
import { reportDrafts } from '../../../src/app/drafts-report.ts';
import { platforms } from '../../../src/executors/platforms.ts';
import { decodeFile } from '../../../src/vault/file-text.ts';
import { readDraft } from '../../../src/vault/reading/read-draft.ts';

const corpus = fileURLToPath(new URL('../../../../shared/corpus/drafts', import.meta.url));
const now = new Date('2026-02-19T12:00:00Z');

/** A corpus that silently goes missing would make this test pass for ever. */
function isThere(t: TestContext): boolean {
  if (existsSync(corpus)) return true;
  assert.equal(process.env['CI'], undefined, 'the corpus of drafts must be there in CI');
  t.skip('SKIPPED: no corpus of drafts');
  return false;
}

type Figures = Readonly<
  Record<'files' | 'labelled' | 'publishable' | 'exact' | 'asked' | 'refused' | 'wrong' | 'wrongKind', number>
>;

describe('draft corpus', () => {
  it('is read exactly or asked about, never wrongly and never as another kind', { timeout: 60_000 }, async (t) => {
    if (!isThere(t)) return;
    const report = await reportDrafts(corpus, join(corpus, 'LABELS.jsonl'), now);
    assert.equal(report.kind, 'done');
    if (report.kind !== 'done') return;
    const figures: Figures = JSON.parse(report.json);
    t.diagnostic(report.json);
    assert.ok(figures.files > 600, `only ${figures.files} files`);
    assert.ok(figures.labelled > 70, `only ${figures.labelled} labels`);
    assert.equal(figures.wrong, 0, report.text);
    assert.equal(figures.wrongKind, 0, report.text);
    // So many are exact today: none of them may be lost.
    assert.ok(figures.exact >= 51, report.text);
    assert.equal(figures.exact + figures.asked + figures.refused + figures.wrong, figures.labelled);
    assert.ok(!report.text.includes('unreadable\n'), report.text);
  });

  it('is read without a throw, every file of it, whatever its name ends with', { timeout: 60_000 }, async (t) => {
    if (!isThere(t)) return;
    const entries = await readdir(join(corpus, 'files'), { recursive: true, withFileTypes: true });
    const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    assert.ok(paths.length > 640, `only ${paths.length} files`);
    for (const path of paths) {
      const text = decodeFile(await readFile(path))?.text;
      assert.ok(text !== undefined, path);
      const { reading } = readDraft(text, basename(path), platforms, now);
      if (reading.kind === 'not_publishable') continue;
      const spans = reading.kind === 'draft' ? [reading.span] : reading.candidates.map(({ span }) => span);
      for (const { firstLine, lastLine } of spans) assert.ok(firstLine >= 1 && firstLine <= lastLine, path);
    }
  });

  it('three posts of one plan name one idea, and replies that each have a plan of their own name different ones', async (t) => {
    if (!isThere(t)) return;
    const names = async (repo: string, stem: RegExp) => {
      const folder = join(corpus, 'files', repo, 'AI_Employee_Vault', 'Pending_Approval');
      const files = (await readdir(folder)).filter((name) => stem.test(name));
      const readings = files.map(async (name) => {
        const { reading } = readDraft(decodeFile(await readFile(join(folder, name)))?.text ?? '', name, platforms, now);
        return reading.kind === 'not_publishable' ? '' : reading.set;
      });
      return await Promise.all(readings);
    };
    const posts = await names('Asad2014__Personal-AI-Employee-Hackathon-0', /^LINKEDIN_POST_202603/);
    assert.deepEqual(posts, Array(3).fill('TASK_20260304_105500_weekly_social_media_strategy'));
    const replies = await names('muhammadwaheedairi__Personal-AI-Employee', /^EMAIL_reply_20260223/);
    assert.equal(replies.length, 4);
    assert.equal(new Set(replies).size, 4);
  });
});
