/** The JSON the command line speaks with a running Countersign: what is asked and answered under `/api/`. */
import type { Card } from '../../domain/card.ts';
import type { DraftVerb, Verdict } from '../../domain/decision.ts';
import type { Status } from '../../domain/ports.ts';
import type { UndraftedMessage, UndraftedPage } from '../../domain/undrafted.ts';

/** A value after a journey through JSON: dates have become ISO 8601 strings. */
export type OverJson<T> = T extends Date
  ? string
  : T extends readonly (infer Entry)[]
    ? readonly OverJson<Entry>[]
    : T extends object
      ? { readonly [Key in keyof T]: OverJson<T[Key]> }
      : T;

/** GET /api/proof?nonce=…; see `control.ts`. */
export type ApiProof = { readonly proof: string };

/** GET /api/status */
export type ApiStatus = OverJson<Status>;

/** GET /api/cards?settled=5 */
export type ApiCards = { readonly cards: readonly Card[] };

/** GET /api/mails?older=… or ?newer=…, at most twenty. */
export type ApiMails = OverJson<UndraftedPage>;

/** GET /api/mails/<key> */
export type ApiMail = OverJson<UndraftedMessage>;

/** Body of POST /api/decide */
export type ApiDecide = {
  readonly key: string;
  readonly revision: string;
  readonly verb: DraftVerb;
  /** Yes to the second question: `sure` of the card, or of the verdict that asked. */
  readonly sure?: string;
  readonly text?: string;
};

/** Answer of POST /api/decide, /api/mails/draft (whose body is `{"key"}`), /api/pause, /api/resume and /api/logout; a refusal is an answer too, with status 200. */
export type ApiVerdict = Verdict;

/** Answer with a status of 400 and above. */
export type ApiTrouble = { readonly trouble: string };
