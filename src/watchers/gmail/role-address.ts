/** Addresses nobody reads answers at, in the spellings and languages they are written in. */
import { domainOf } from '../../lib/address.ts';

/** Letters only: how they are cut up differs. Long enough to be nobody’s name, so that they may begin or end a longer word. */
const phrases = [
  // English
  'noreply|noreplies|donotreply|dontreply|donotrespond|donotanswer|noresponse|noanswer|cannotreply',
  'unmonitored|notmonitored|unattended|mailerdaemon|postmaster',
  // French, Spanish, Portuguese, Italian, Catalan, Romanian
  'nepasrepondre|nepasrepondez|nonrepondre|pasdereponse|sansreponse|noresponder|noresponda|norespondas|nocontestar|nocontesta',
  'naoresponda|naoresponder|nonrispondere|norispondere|nonrisponda|norespongueu|nuraspunde|nuraspundeti',
  // German, Dutch, Danish, Norwegian, Swedish, Finnish, Icelandic
  'nichtantworten|keineantwort|keineantworten|nichtbeantworten|nietbeantwoorden|nietantwoorden|geenantwoord|nietreageren',
  'svarikke|ikkesvar|ikkebesvar|svarainte|svarej|ejsvar|inteasvara|intesvara|besvarasej|alavastaa|eivastausta|ekkisvara',
  // Polish, Czech, Slovak, Hungarian, Croatian, Slovenian, Turkish
  'nieodpowiadaj|nieodpowiadac|neodpovidat|neodpovidejte|neodpovedat|neodpovedajte|nevalaszolj|nevalaszoljon',
  'neodgovarajte|neodgovarati|neodgovarjajte|cevaplamayin|cevapvermeyin|yanitlamayin|cevapyok',
  // Russian and Ukrainian in Latin letters, Indonesian
  'neotvechat|neotvechayte|neotvechajte|nevidpovidaty|jangandibalas|tidakdibalas',
].flatMap((line) => line.split('|'));

/** Words that mean it only alone. */
const exact = /^(?:nobody|null|notify|notifications?|devnull|blackhole|bounces?)$/;
/** With the address that could not be reached behind it. */
const bounce = /^bounces?[._+-]/;

export function isRoleAddress(address: string): boolean {
  const local = address.slice(0, Math.max(address.lastIndexOf('@'), 0)).toLowerCase();
  return (
    exact.test(local) ||
    bounce.test(local) ||
    isNoReply(local) ||
    /(?:^|\.)(?:no|do-?not)-?reply\./.test(domainOf(address))
  );
}

/** Whether one of its words begins or ends with a phrase, or neighbouring words make one up: `please-do-not-reply-here`. */
function isNoReply(text: string): boolean {
  const parts = text.split(/[^a-z]+/).slice(0, 20);
  return phrases.some(
    (phrase) => parts.some((part) => part.startsWith(phrase) || part.endsWith(phrase)) || hasRun(parts, phrase),
  );
}

const hasRun = (parts: readonly string[], phrase: string): boolean =>
  parts.some((_, from) => {
    let run = '';
    for (const part of parts.slice(from)) {
      run += part;
      if (run === phrase) return true;
      if (run.length >= phrase.length) return false;
    }
    return false;
  });
