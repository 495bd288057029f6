import type { UndraftedMessage } from '../../src/domain/undrafted.ts';

/** A mail without a draft as the door hands it out. */
export const undraftedMessage = (n: number, change: Partial<UndraftedMessage> = {}): UndraftedMessage => ({
  key: `mail${n}`,
  at: new Date(2026, 4, 1, 9, n),
  sender: `Shop ${n} <news@shop${n}.example>`,
  subject: `Offer ${n}`,
  kind: 'newsletter',
  why: 'it is a newsletter or a bulk mail',
  file: `Needs_Action/EMAIL_offer_${n}.md`,
  text: `Buy number ${n}.`,
  noText: '',
  answer: { kind: 'possible', to: [`news@shop${n}.example`] },
  ...change,
});
