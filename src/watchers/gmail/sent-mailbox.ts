/**
 * Which mailbox holds what was sent. Servers with SPECIAL-USE say it; elsewhere it goes by the name, and old archives
 * have such names too: the one that lies highest counts, then the one that is in use.
 */
import type { ImapFlow, ListResponse } from 'imapflow';

/** Names that mail programs give it, the usual ones first; without case and signs between words. */
const names = [
  'sent|sentitems|sentmessages|sentmail|sentmails|sentemail|sentobjects|mailsent|outboxsent',
  'gesendet|gesendete|gesendeteobjekte|gesendeteelemente|gesendetenachrichten|gesendetemails',
  'envoyes|envoye|elementsenvoyes|messagesenvoyes|courrierenvoye|enviados|enviado|elementosenviados|mensajesenviados',
  'enviadas|itensenviados|mensagensenviadas|correoenviado|inviati|inviata|postainviata|elementiinviati|messaggiinviati',
  'verzonden|verzondenitems|verzondenberichten|skickat|skickade|skickadeobjekt|sendt|sendteelementer|sendtpost|sendteposter',
  'lahetetyt|lahetetytviestit|wyslane|elementywyslane|odeslane|odeslanaposta|odoslane|odoslanaposta|elkuldott|elkuldottelemek',
  'poslano|poslaneporuke|gonderilmis|gonderilmisogeler|trimise|elementetrimise',
  'отправленные|отправленныеписьма|надіслані|відправлені|απεσταλμενα|已发送|已发送邮件|已傳送|寄件備份|送信済み|送信済みアイテム|보낸편지함',
].flatMap((line) => line.split('|'));

/** Letters that only have another form here. */
const bare = (name: string): string =>
  name
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll(/[^\p{L}\p{N}]/gu, '');
const ranks = new Map(names.map((name, rank) => [bare(name), rank]));

/** @returns undefined when the account has none */
export async function findSent(client: ImapFlow): Promise<ListResponse | undefined> {
  const all = (await client.list()).filter(({ flags }) => !flags.has('\\Noselect') && !flags.has('\\NonExistent'));
  const said = all.find((one) => one.specialUse === '\\Sent' && one.specialUseSource === 'extension');
  if (said !== undefined) return said;
  const named = all.filter(({ name }) => ranks.has(bare(name)));
  const highest = Math.min(...named.map(depthOf));
  const candidates = named
    .filter((one) => depthOf(one) === highest)
    .toSorted((one, other) => rankOf(one) - rankOf(other));
  if (candidates.length < 2) return candidates[0] ?? all.find(({ specialUse }) => specialUse === '\\Sent');
  return busiest(client, candidates.slice(0, 5));
}

/** Some servers put all mailboxes below the INBOX. */
const depthOf = ({ path, delimiter }: ListResponse): number => {
  const parts = path.split(delimiter || '/');
  return parts.length - (parts[0]?.toUpperCase() === 'INBOX' ? 1 : 0);
};

const rankOf = ({ name }: ListResponse): number => ranks.get(bare(name)) ?? ranks.size;

/** The one with the most mails in it; of equals the first. */
async function busiest(client: ImapFlow, candidates: readonly ListResponse[]): Promise<ListResponse | undefined> {
  let [best, most] = [candidates[0], -1];
  for (const candidate of candidates) {
    const status = await client.status(candidate.path, { messages: true });
    const messages = status === false ? 0 : (status.messages ?? 0);
    if (messages > most) [best, most] = [candidate, messages];
  }
  return best;
}
