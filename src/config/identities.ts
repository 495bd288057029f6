/** Who is one person in several chats: what PEOPLE says, what is wrong with it, and what of it does nothing. */
import type { Chat } from '../bot/chat/settings.ts';
import { idsOf, quoted } from '../domain/setting.ts';
import type { Mistake, ValueOf } from '../domain/setting.ts';

/** What a chat says of the ids of people in it. */
type Source = Pick<Chat, 'name' | 'personId' | 'people'>;

const formOf = ([first]: readonly Source[]): string =>
  `people with their ids, like Sara=${first?.name ?? 'chat'}:7,owner; Ben=${first?.name ?? 'chat'}:8`;

/** `Sara=chat:7,owner; Ben=…`: as [name, id], in order; undefined where it has another form. */
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

/** `source:id`, or `owner` → the person it belongs to; the setting has been checked. */
export const identitiesOf = (value: ValueOf): ReadonlyMap<string, string> =>
  new Map(pairsOf(value('PEOPLE')).flatMap((pair) => (pair === undefined ? [] : [[pair[1], pair[0]]])));

export function wrongPeople(sources: readonly Source[], value: ValueOf): readonly Mistake[] {
  const found = value('PEOPLE');
  const wanted = wantedOf(sources, found);
  return wanted === undefined ? [] : [{ name: 'PEOPLE', found: quoted(found), wanted }];
}

/** What is wanted instead; undefined when it is right. */
function wantedOf(sources: readonly Source[], text: string): string | undefined {
  const names = text.split(';').map((part) => (part.split('=')[0] ?? '').trim().toLowerCase());
  const twice = names.find((name, at) => name !== '' && names.indexOf(name) !== at);
  if (twice !== undefined)
    return `each person once, with all ids after one name; "${twice.slice(0, 40)}" stands there twice`;
  const persons = new Map<string, string>();
  for (const pair of pairsOf(text)) {
    if (pair === undefined) return formOf(sources);
    const [name, id] = pair;
    const [source = '', own = ''] = id.split(/:(.*)/s);
    if (id !== 'owner' && sources.find((one) => one.name === source)?.personId.test(own) !== true) {
      const ids = sources.map((one) => `${one.name}:ID`).join(', ');
      return `instead of "${id.slice(0, 40)}" an id like ${ids}, or owner (page, command line and folder of this machine)`;
    }
    const other = persons.get(id);
    if (other !== undefined && other !== name)
      return `"${id}" with one person: it stands with "${other}" and with "${name}"`;
    persons.set(id, name);
  }
  return undefined;
}

/** Said at the start and by the doctor: an id of PEOPLE that nothing is decided with. */
export const idleIds = (sources: readonly Source[], value: ValueOf): readonly string[] =>
  [...identitiesOf(value)].flatMap(([id, person]) => {
    const [source = '', own = ''] = id.split(':');
    const where = sources.find((one) => one.name === source);
    if (where === undefined) return [];
    const listed = idsOf(value(where.people.approver));
    // Nobody is listed: whoever pairs may be this one.
    if (listed.includes(own) || listed.length === 0) return [];
    return [
      `PEOPLE gives ${person} the id ${id}, which is not in ${where.people.approver}: nothing can be approved with it.`,
    ];
  });
