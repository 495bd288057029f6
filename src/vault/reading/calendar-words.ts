/** Names of months and days in the languages drafts are written in, lower case, without accents. */

/** In the order of the year; each begins with its short form where people use one. */
export const months: readonly (readonly string[])[] = [
  ['jan', 'january', 'januar', 'janner', 'janvier', 'enero', 'ene', 'gennaio', 'gen', 'janeiro', 'januari'],
  ['feb', 'february', 'februar', 'fevrier', 'fev', 'fevr', 'febrero', 'febbraio', 'fevereiro', 'februari'],
  ['mar', 'march', 'marz', 'maerz', 'mars', 'marzo', 'marco', 'maart', 'mrz', 'mrt'],
  ['apr', 'april', 'avril', 'avr', 'abril', 'abr', 'aprile'],
  ['may', 'mai', 'mayo', 'maggio', 'mag', 'maio', 'mei'],
  ['jun', 'june', 'juni', 'juin', 'junio', 'giugno', 'giu', 'junho'],
  ['jul', 'july', 'juli', 'juillet', 'juil', 'julio', 'luglio', 'lug', 'julho'],
  ['aug', 'august', 'aout', 'agosto', 'ago', 'augustus'],
  ['sep', 'sept', 'september', 'septembre', 'septiembre', 'settembre', 'set', 'setembro'],
  ['oct', 'october', 'oktober', 'okt', 'octobre', 'octubre', 'ottobre', 'ott', 'outubro', 'out'],
  ['nov', 'november', 'novembre', 'noviembre', 'novembro'],
  ['dec', 'december', 'dezember', 'dez', 'decembre', 'diciembre', 'dic', 'dicembre', 'dezembro'],
];

/** Sunday first. */
export const weekdays: readonly (readonly string[])[] = [
  ['sun', 'sunday', 'sonntag', 'so', 'dimanche', 'dim', 'domingo', 'dom', 'domenica', 'zondag'],
  ['mon', 'monday', 'montag', 'mo', 'lundi', 'lun', 'lunes', 'lunedi', 'segunda', 'maandag'],
  ['tue', 'tues', 'tuesday', 'dienstag', 'di', 'mardi', 'martes', 'martedi', 'terca', 'dinsdag'],
  ['wed', 'weds', 'wednesday', 'mittwoch', 'mi', 'mercredi', 'mer', 'miercoles', 'mercoledi', 'quarta', 'woensdag'],
  ['thu', 'thur', 'thurs', 'thursday', 'donnerstag', 'do', 'jeudi', 'jeu', 'jueves', 'giovedi', 'quinta', 'donderdag'],
  ['fri', 'friday', 'freitag', 'fr', 'vendredi', 'ven', 'viernes', 'venerdi', 'sexta', 'vrijdag'],
  ['sat', 'saturday', 'samstag', 'sa', 'sonnabend', 'samedi', 'sam', 'sabado', 'sabato', 'zaterdag'],
];

/** Words between the parts of a time that change nothing. */
export const joining: readonly string[] = [
  'at',
  'on',
  'the',
  'of',
  'um',
  'am',
  'den',
  'der',
  'uhr',
  'h',
  'hrs',
  'hours',
  'oclock',
  'a',
  'le',
  'el',
  'las',
  'de',
  'del',
  'alle',
  'ore',
  'il',
  'as',
  'feira',
  'om',
  'op',
  'uur',
  'time',
];

/** Values that name no time and mean "as soon as it is approved". */
export const atOnce =
  /^(?:now|asap|a\.s\.a\.p\.?|as soon as (?:possible|approved)|immediate|immediately|right away|(?:up)?on approval|upon approval|after approval|(?:when|once) approved|not scheduled|unscheduled|sofort|tout de suite)(?![\w:])/i;
