/**
 * Which mails are not shown, and which are shown without a draft: research on 1,373 public mails, as data. `drop` mails
 * only leave a line in the log; the order within a verdict decides which reason is told.
 */
import { draftsPerSender, mostAnswered } from '../../domain/why-no-draft.ts';
import type { WhyNoDraft } from '../../domain/why-no-draft.ts';
import type { Mail, Person } from './mail.ts';
import { answerTo, isOwn } from './people.ts';
import { isEncrypted } from './encrypted.ts';
import { isRoleAddress } from './role-address.ts';

export type Facts = {
  readonly mail: Mail;
  /** Our own address, lower case. */
  readonly account: string;
  /** Drafts for this sender in the last 24 hours. */
  readonly draftsForSender: number;
};

export type Rule = DropRule | NotifyRule;
type DropRule = {
  readonly name: string;
  readonly verdict: 'drop';
  /** For people, after "left aside". */
  readonly why: string;
  applies(facts: Facts): boolean;
};
type NotifyRule = Omit<DropRule, 'name' | 'verdict' | 'why'> & {
  /** What is said of it stands with the code. */
  readonly name: WhyNoDraft;
  readonly verdict: 'notify';
};

const has = (mail: Mail, name: string): boolean => mail.head.fields.has(name);
const says = (mail: Mail, name: string, pattern: RegExp): boolean =>
  (mail.head.fields.get(name) ?? []).some((value) => pattern.test(value));
const is = (one: Person | undefined, account: string): boolean => one?.address.toLowerCase() === account;

/** What answering machines write in front, in the languages they are sold in. */
const automaticSubject = new RegExp(
  `^(?:re[:：] ?)?(?:${[
    'auto(?:matic|matische|matisch|matisk|matyczna|maattinen)?[ -]?(?:reply|response|answer|antwort|antwoord|svar|vastaus|odpowiedź)',
    'out of (?:the )?office|abwesenheits|réponse automatique|absence du bureau|respuesta automática|fuera de la oficina',
    'risposta automatica|fuori (?:sede|ufficio)|resposta automática|ausência|afwezig|frånvaro|fravær|poissa|automatická odpověď',
    'otomatik yanıt|αυτόματη απάντηση|автоответ|автоматический ответ|автоматична відповідь|رد تلقائي|תשובה אוטומטית',
    '自动(?:回复|答复|回覆)|自動(?:回复|回覆|返信|応答|回信)|不在通知|자동\\s?(?:회신|응답|답장)',
  ].join('|')})`,
  'iu',
);

/** Named in To; or nowhere while To names one other address, which is how forwarded aliases look. */
function isAddressed({ mail, account }: Facts): boolean {
  const { to, cc, from } = mail.head;
  const has = (people: readonly Person[]) => people.some(({ address }) => isOwn(address, account));
  if (has(to)) return true;
  return !has(cc) && to.length === 1 && to[0]?.address.toLowerCase() !== from?.address.toLowerCase();
}

const reports = [
  'multipart/report',
  'message/delivery-status',
  'message/disposition-notification',
  'message/feedback-report',
];

export const rules: readonly Rule[] = [
  {
    name: 'sent_by_us',
    verdict: 'drop',
    why: 'Countersign sent it itself',
    applies: ({ mail, account }) => /^<cs-[a-z0-9]{20}@/.test(mail.head.messageId) && is(mail.head.from, account),
  },
  {
    name: 'own_mail',
    verdict: 'drop',
    why: 'it comes from your own address',
    // Forms send from the owner’s address and name the customer in Reply-To. Who writes to himself wants to see what happens.
    applies: ({ mail: { head }, account }) =>
      head.from !== undefined &&
      answerTo(head, account).every(({ address }) => isOwn(address, account)) &&
      !(is(head.from, account) && head.to.some((one) => is(one, account))),
  },
  {
    name: 'unfinished',
    verdict: 'drop',
    why: 'it is an unfinished draft of yours',
    applies: ({ mail }) => mail.flags.has('\\Draft'),
  },
  {
    name: 'spam',
    verdict: 'drop',
    why: 'it is marked as spam',
    applies: ({ mail }) =>
      says(mail, 'x-spam-flag', /^\s*yes/i) || mail.labels.has('\\Spam') || mail.labels.has('\\Trash'),
  },
  {
    name: 'report',
    verdict: 'notify',
    applies: ({ mail }) =>
      reports.some((type) => mail.shape.types.has(type)) ||
      has(mail, 'x-failed-recipients') ||
      says(mail, 'content-type', /^multipart\/report/i) ||
      says(mail, 'return-path', /^\s*<\s*>\s*$/),
  },
  {
    name: 'automatic',
    verdict: 'notify',
    applies: ({ mail }) =>
      (has(mail, 'auto-submitted') && !says(mail, 'auto-submitted', /^no\b/i)) ||
      ['x-autoreply', 'x-autorespond', 'x-autoresponder'].some((name) => has(mail, name)) ||
      says(mail, 'precedence', /^auto_reply/i) ||
      automaticSubject.test(mail.head.subject),
  },
  {
    name: 'list',
    verdict: 'notify',
    applies: ({ mail }) =>
      ['list-id', 'list-post', 'mailing-list'].some((name) => has(mail, name)) || says(mail, 'precedence', /^list/i),
  },
  {
    name: 'newsletter',
    verdict: 'notify',
    applies: ({ mail }) => has(mail, 'list-unsubscribe') || says(mail, 'precedence', /^(?:bulk|junk)/i),
  },
  {
    name: 'no_address',
    verdict: 'notify',
    applies: ({ mail, account }) => answerTo(mail.head, account).length === 0,
  },
  {
    name: 'nobody_reads',
    verdict: 'notify',
    applies: ({ mail, account }) => answerTo(mail.head, account).every(({ address }) => isRoleAddress(address)),
  },
  {
    name: 'answers_to_many',
    verdict: 'notify',
    applies: ({ mail, account }) => answerTo(mail.head, account).length > mostAnswered,
  },
  {
    name: 'encrypted',
    verdict: 'notify',
    applies: ({ mail }) => isEncrypted(mail),
  },
  {
    name: 'invitation',
    verdict: 'notify',
    applies: ({ mail }) => mail.shape.calendar,
  },
  {
    name: 'no_text',
    verdict: 'notify',
    applies: ({ mail }) => mail.shape.type === 'message/partial' || mail.text.text === '',
  },
  {
    name: 'not_to_you',
    verdict: 'notify',
    applies: (facts) => !isAddressed(facts) || facts.mail.head.to.length + facts.mail.head.cc.length > 10,
  },
  {
    name: 'too_often',
    verdict: 'notify',
    applies: ({ draftsForSender }) => draftsForSender >= draftsPerSender,
  },
];
