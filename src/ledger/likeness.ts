import { likenessOf } from '../domain/effect.ts';
import type { Effect } from '../domain/effect.ts';
import { sha256 } from '../lib/hash.ts';

/** SHA-256 of what an effect would do, hex; empty for one that goes nowhere: it is like nothing. */
export const likenessHash = (effect: Effect): string => (effect.platform === '' ? '' : sha256(likenessOf(effect)));
