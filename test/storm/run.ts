/** `npm run proof:storm -- [--kills N] [--seed S] [--people N] [--cards N]` */
import { parseArgs } from 'node:util';
import { storm } from './storm.ts';

const number = { type: 'string' } as const;
const { values } = parseArgs({ options: { kills: number, seed: number, people: number, cards: number } });
const seed = Number(values.seed ?? Date.now() % 2_147_483_647);
const kills = Number(values.kills ?? 20);
const [people, cards] = [Number(values.people ?? 50), Number(values.cards ?? 500)];
const began = performance.now();
const seconds = () => ((performance.now() - began) / 1_000).toFixed(1);
const tally = await storm({
  kills,
  seed,
  people,
  cards,
  mostTaps: 120,
  say: (line) => console.log(`${seconds()} s  ${line}`),
});
console.log(
  `${people} people, ${cards} cards, ${kills} kills, seed ${seed}, ${seconds()} s: ${tally.deeds} taps and replies, ` +
    `${tally.accepted} accepted, ${tally.refused} refused in words, ${tally.late} acted on too late to be answered; ` +
    `${tally.arrived} went out, each once; ${JSON.stringify(tally.states)}: every promise held`,
);
