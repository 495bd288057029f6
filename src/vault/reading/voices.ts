/**
 * Lines that are not said by the author of a text: a mail that is answered, words of the assistant that wrote the file, an
 * order to write something. Counted in public vaults; in the languages drafts are written in.
 */

/** Lines behind which somebody else's text follows. */
export const quotesOthers: readonly RegExp[] = [
  /^\s*>?\s*on\b.{5,150}\bwrote:\s*$/i,
  /^\s*-{2,}\s*(?:original|forwarded) message\s*-{2,}/i,
  /^\s*begin forwarded message/i,
  /^[\s>*_]*(?:original|quoted|received|incoming) (?:message|e-?mail|mail|post|tweet|text)\b.{0,200}:[\s*_]*$/i,
  /^[\s>*_-]*(?:ursprüngliche nachricht|weitergeleitete nachricht|message d['’]origine|message original|mensaje original|messaggio originale|mensagem original|oorspronkelijk bericht)\b/i,
  /^\s*>?\s*(?:am\b.{5,150}\bschrieb\b.{0,100}|le\b.{5,150}\ba écrit|el\b.{5,150}\bescribió|il\b.{5,150}\bha scritto|em\b.{5,150}\bescreveu|op\b.{5,150}\bschreef\b.{0,100})\s*:\s*$/i,
];

/** Words of the assistant that wrote the file, or of a form to decide on it: never without a question. */
export const chatter: readonly RegExp[] = [
  /^(?:sure[,!.]? |certainly[,!.]? )?here(?:['’]s| is| are) (?:a|an|the|your|my|some) (?:\w+ ){0,3}(?:draft|reply|response|post|tweet|caption|e-?mail|message|version|invoice)s?\b.{0,80}:?$/i,
  /^(?:internal|note|nb|todo|reminder)\b[^:]{0,30}:\s/i,
  /^(?:would you like me to|shall i|should i|do you want me to)\b.{0,40}\b(?:send|post|publish|proceed|adjust|change|edit)\b/i,
  /^[^\p{L}]*(?:approve|reject)\b\s*(?:[:|/—–-]|this (?:draft|post|reply|email|file)\b|$)/iu,
];

/** The first words of an order to write something: what somebody wants, not what should go out. */
export const orders: readonly RegExp[] = [
  /^(?:please |can you |could you )?(?:draft|write|create|compose|generate|prepare|make)\b.{0,80}\b(?:post|tweet|e-?mail|mail|reply|message|caption|response|article|announcement|invoice|letter|update)\b/i,
  /^(?:please )?(?:send|post|publish|promote|reply to|respond to|share)\b.{0,60}\b(?:about|to [\w.+-]+@|(?:on|to) (?:linkedin|facebook|instagram|twitter|x)\b|announcing|the client|the customer|project on)\b/i,
  /^(?:please )?(?:promote|announce|advertise)\b/i,
  /^(?:client|customer|user|manager)\b.{0,40}\b(?:asked|wants|requested|needs)\b/i,
  /^(?:include|add|use) (?:relevant |some |\d+ )?hashtags\b/i,
  /^this (?:is a test )?(?:action|task|approval|action_trigger|file)\b/i,
  /^(?:task|goal|action|objective)\s*:/i,
  /^(?:bitte )?(?:schreib|erstell|verfass|entwirf|formulier|bereite)\p{L}*\b.{0,80}(?:post|beitrag|mail|antwort|tweet|nachricht|artikel)/iu,
  /^(?:merci de |veuillez )?(?:rédige|écri|crée|prépare)\p{L}*\b.{0,80}(?:post|publication|mail|courriel|réponse|tweet|message|article)/iu,
  /^(?:por favor,? )?(?:escrib|redact|crea|prepar)\p{L}*\b.{0,80}(?:post|publicación|correo|mail|respuesta|tweet|mensaje|artículo)/iu,
];
