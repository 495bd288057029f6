/**
 * `npm run bench:telegram`: the chat. `--quick` takes a minute, `--cards N` and `--edits N` set what is done many times,
 * `--node-red FOLDER` measures a Node-RED flow beside it,
 * in the same run and against the same kind of stand-in.
 */
import { mkdirSync, rmSync } from 'node:fs';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { approveInChat, breathMs, draft, openChatScene } from './chat-events.ts';
import { createChatSide, watchFolder } from './chat-side.ts';
import { thisCheckout } from './countersign.ts';
import { spreadOf, table, time } from './figures.ts';
import { residentMb } from './memory.ts';
import { startNodeRed } from './node-red.ts';
import { createSamples } from './samples.ts';
import { measureMany } from './telegram-many.ts';
import { pause } from './until.ts';

const text = { type: 'string' } as const;
const { values } = parseArgs({
  options: { quick: { type: 'boolean' }, cards: text, edits: text, 'node-red': text },
});
const quick = values.quick === true;
const repetitions = quick ? 20 : 200;
const many = {
  atOnce: 100,
  edits: Number(values.edits ?? (quick ? 50 : 1_000)),
  cards: Number(values.cards ?? (quick ? 500 : 10_000)),
};
const rows = ['item → message in the chat', 'tap → answered', 'tap → file moved'] as const;
const root = await mkdtemp(join(tmpdir(), 'countersign-telegram-'));
process.once('exit', () => rmSync(root, { recursive: true, force: true }));
const load = () => loadavg()[0]?.toFixed(2) ?? '';
const [ours, theirs] = [createSamples(), createSamples()];

async function measureOurs(): Promise<readonly (readonly string[])[]> {
  const scene = await openChatScene(join(root, 'ours'), thisCheckout);
  try {
    for (let round = 0; round < repetitions; round += 1) {
      const { shown, answered, moved } = await approveInChat(scene, `t${round}x`);
      ours.add(rows[0], shown);
      ours.add(rows[1], answered);
      ours.add(rows[2], moved);
    }
    ours.add('memory', residentMb(scene.running.pid));
    const found = await measureMany(scene, many);
    const wrong = scene.chat.telegram.conformance();
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    return found;
  } finally {
    await scene.stop();
  }
}

async function measureTheirs(folder: string): Promise<string> {
  const home = join(root, 'theirs');
  const [from, to] = [join(home, 'from'), join(home, 'to')];
  for (const place of [from, to]) mkdirSync(place, { recursive: true });
  const chat = await createChatSide();
  const red = await startNodeRed({ folder, home: join(home, 'red'), chat, from, to });
  const moved = watchFolder(to);
  try {
    for (let round = 0; round < repetitions; round += 1) {
      const name = `t${round}x`;
      await writeFile(join(from, name), draft(name));
      await pause(breathMs);
      const given = performance.now();
      void red.item(`May this go out? ${name}`, name);
      const { id, at } = await chat.message(name);
      theirs.add(rows[0], at - given);
      // It rests 300 ms between two polls.
      await pause(breathMs + 350);
      const tapped = performance.now();
      const tap = chat.person.tap(id, { label: 'Approve' });
      theirs.add(rows[1], (await chat.call('answerCallbackQuery', tap)) - tapped);
      theirs.add(rows[2], (await moved.cameAt(name)) - tapped);
    }
    theirs.add('memory', residentMb(red.pid));
    return red.version;
  } finally {
    moved.stop();
    await red.stop();
    await chat.stop();
  }
}

const before = load();
const peer = values['node-red'];
const version = peer === undefined ? '' : await measureTheirs(peer);
if (peer === undefined) console.log('NOT MEASURED: Node-RED beside it; give --node-red FOLDER (see bench/node-red.ts)');
const found = await measureOurs();
console.log(`\nNode ${process.version}, ${cpus().length} processors, load ${before} before, ${load()} after\n`);
const both = (samples: typeof ours, row: string) => {
  if (samples.of(row).length === 0) return ['', Number.NaN] as const;
  const { p50, p95 } = spreadOf(samples.of(row));
  return [`${time(p50)} / ${time(p95)}`, p50] as const;
};
console.log(
  table(
    ['one at a time, p50 / p95', 'times', 'Countersign', version === '' ? 'Node-RED' : `Node-RED ${version}`, 'ratio'],
    rows.map((row) => {
      const [mine, p50] = both(ours, row);
      const [other, otherP50] = both(theirs, row);
      return [row, String(ours.of(row).length), mine, other, Number.isNaN(otherP50) ? '' : (p50 / otherP50).toFixed(2)];
    }),
  ),
);
const memory = (samples: typeof ours) => samples.of('memory')[0]?.toFixed(0) ?? '';
console.log(`\nresident memory after it: ${memory(ours)} MB; Node-RED ${memory(theirs) || '?'} MB\n`);
console.log(table(['many at once', ''], found));
process.exit();
