/** A picture of the post itself, for the person who approved it. */
import { climb } from '../browser-ladder.ts';
import { comparable, readBack } from '../read-back.ts';
import { activity, activityText } from './selectors.ts';
import type { Bench } from '../browser-bench.ts';

type ProofBench = Pick<Bench, 'page' | 'log' | 'photographPart'> & {
  readonly settings: Pick<Bench['settings'], 'stepMs'>;
};

/** Only the post with exactly this text: a neighbour's would be a wrong proof, and none is better than that. */
export async function keepProof(bench: ProofBench, text: string): Promise<void> {
  const { page, settings } = bench;
  const post = await climb(page, activity, settings.stepMs / 3);
  const words = post === undefined ? undefined : await climb(post, activityText, 1000);
  if (post === undefined || words === undefined) return bench.log('No proof: the post was not found on its page.');
  if (comparable(await words.evaluate(readBack)).trim() !== comparable(text).trim()) {
    return bench.log('No proof: the page shows another text than the one that was posted.');
  }
  await bench.photographPart(post, 'proof.png');
}
