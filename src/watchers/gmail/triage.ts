import { rules, type Facts } from './triage-rules.ts';

/** What becomes of a mail, and the rule that said so. */
export type Triage =
  | { readonly verdict: 'drop' | 'notify'; readonly rule: string; readonly why: string }
  | { readonly verdict: 'draft' };

/** The first rule that applies decides; `drop` goes before `notify`. */
export function triage(facts: Facts): Triage {
  const applying = rules.filter((rule) => rule.applies(facts));
  const rule = applying.find(({ verdict }) => verdict === 'drop') ?? applying[0];
  return rule === undefined ? { verdict: 'draft' } : { verdict: rule.verdict, rule: rule.name, why: rule.why };
}
