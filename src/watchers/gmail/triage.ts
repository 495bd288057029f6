import { whyNoDraft } from '../../domain/why-no-draft.ts';
import type { WhyNoDraft } from '../../domain/why-no-draft.ts';
import { rules, type Facts } from './triage-rules.ts';

/** What becomes of a mail, and the rule that said so. */
export type Triage =
  | { readonly verdict: 'drop'; readonly rule: string; readonly why: string }
  | { readonly verdict: 'notify'; readonly rule: WhyNoDraft; readonly why: string }
  | { readonly verdict: 'draft' };

/** The first rule that applies decides; `drop` goes before `notify`. */
export function triage(facts: Facts): Triage {
  const applying = rules.filter((rule) => rule.applies(facts));
  const rule = applying.find(({ verdict }) => verdict === 'drop') ?? applying[0];
  if (rule === undefined) return { verdict: 'draft' };
  return rule.verdict === 'drop'
    ? { verdict: 'drop', rule: rule.name, why: rule.why }
    : { verdict: 'notify', rule: rule.name, why: whyNoDraft[rule.name] };
}
