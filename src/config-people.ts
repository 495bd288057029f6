/** Who has which role in a chat, and who is one person in several: from the settings that list people, and what is wrong or odd about these. */
type Get = (name: string) => string;

/** The lists, the strongest role first. */
const lists = [
  ['TELEGRAM_APPROVERS', 'approver'],
  ['TELEGRAM_EDITORS', 'editor'],
  ['TELEGRAM_VIEWERS', 'viewer'],
] as const;

/** Numeric ids, each once. */
export const idsOf = (text: string): readonly string[] => [
  ...new Set(
    text
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ),
];

/** The sources a person can have ids in: what an id looks like there, which setting lists who approves there, and whether somebody may pair instead. */
const sources = new Map([
  ['telegram', { id: /^\d{1,20}$/, list: 'TELEGRAM_APPROVERS', pairs: true }],
  ['slack', { id: /^[A-Z0-9]{2,20}$/, list: 'SLACK_APPROVERS', pairs: false }],
]);
const formOfId = `${[...sources.keys()].map((source) => `${source}:ID`).join(', ')}, or owner (page, command line and folder of this machine)`;
const formOfPeople = 'people with their ids, like Sara=telegram:7,slack:U02ABC,owner; Ben=telegram:8';

/** `Sara=telegram:7,owner; Ben=…`: as [name, id], in order; undefined where it has another form. */
const pairsOf = (text: string): readonly (readonly [name: string, id: string] | undefined)[] =>
  text
    .split(';')
    .filter((part) => part.trim() !== '')
    .flatMap((part) => {
      const [, name = '', ids = ''] = /^([^=]*)=([^=]*)$/.exec(part) ?? [];
      return name.trim() === '' || idsOf(ids).length === 0
        ? [undefined]
        : idsOf(ids).map((id) => [name.trim(), id] as const);
    });

/** Which person an id belongs to; the setting has been checked. */
export const identitiesOf = (get: Get): ReadonlyMap<string, string> =>
  new Map(pairsOf(get('PEOPLE')).flatMap((pair) => (pair === undefined ? [] : [[pair[1], pair[0]]])));

/** What is wanted of PEOPLE instead; undefined when it is right. */
export function wrongPeople(text: string): string | undefined {
  const pairs = pairsOf(text);
  const names = text.split(';').map((part) => (part.split('=')[0] ?? '').trim().toLowerCase());
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined)
    return `each person once, with all ids after one name; "${twice.slice(0, 40)}" stands there twice`;
  const persons = new Map<string, string>();
  for (const pair of pairs) {
    if (pair === undefined) return formOfPeople;
    const [name, id] = pair;
    const [source = '', own = ''] = id.split(/:(.*)/s);
    if (id !== 'owner' && sources.get(source)?.id.test(own) !== true) {
      return `instead of "${id.slice(0, 40)}" an id like ${formOfId}`;
    }
    const other = persons.get(id);
    if (other !== undefined && other !== name)
      return `"${id}" with one person: it stands with "${other}" and with "${name}"`;
    persons.set(id, name);
  }
  return undefined;
}

/** Said at the start and by the doctor: an id of PEOPLE that nothing is decided with. */
export const idleIds = (get: Get): readonly string[] =>
  [...identitiesOf(get)].flatMap(([id, name]) => {
    const [source = '', own = ''] = id.split(':');
    const where = sources.get(source);
    if (where === undefined) return [];
    const listed = idsOf(get(where.list));
    // Nobody is listed: whoever pairs may be this one.
    if (listed.includes(own) || (listed.length === 0 && where.pairs)) return [];
    return [`PEOPLE gives ${name} the id ${id}, which is not in ${where.list}: nothing can be approved with it.`];
  });

/** Said at the start and by the doctor: whoever stands in two lists has the stronger role. */
export function twiceListed(get: Get): readonly string[] {
  const roles = new Map<string, (typeof lists)[number]>();
  const found: string[] = [];
  for (const list of lists) {
    for (const id of idsOf(get(list[0]))) {
      const first = roles.get(id);
      if (first === undefined) roles.set(id, list);
      else found.push(`${id} is in ${first[0]} and in ${list[0]}: the stronger role counts, ${first[1]}.`);
    }
  }
  return found;
}

/** More approvals than there are people would let nothing out, ever. */
export function needsMorePeople(
  get: Get,
): { readonly name: string; readonly found: string; readonly wanted: string } | undefined {
  const needed = Number(get('APPROVALS_NEEDED'));
  // Whoever pairs is one; page, command line and folder are one more, however many sit there.
  const listed = get('TELEGRAM_BOT_TOKEN') === '' ? [] : idsOf(get('TELEGRAM_APPROVERS'));
  const inChat = get('TELEGRAM_BOT_TOKEN') === '' ? 0 : Math.max(1, listed.length);
  const identities = identitiesOf(get);
  const ids = ['owner', ...listed.map((id) => `telegram:${id}`)];
  const same = ids.length - new Set(ids.map((id) => identities.get(id) ?? `no person: ${id}`)).size;
  const most = inChat + 1 - same;
  if (needed <= most) return undefined;
  const once = same === 0 ? '' : '; PEOPLE says who of them is the same person';
  return {
    name: 'APPROVALS_NEEDED',
    found: `"${needed}"`,
    wanted: `at most ${most}: so many people may approve (${inChat} in Telegram, and you at this machine${once})`,
  };
}
