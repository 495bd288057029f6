/** Who has which role in a chat, as the settings list them: what is wrong or odd about these lists. */
import { peopleOf } from '../bot/chat/settings.ts';
import type { Chat } from '../bot/chat/settings.ts';
import type { Role } from '../domain/approver.ts';
import { idsOf } from '../domain/setting.ts';
import type { Mistake, ValueOf } from '../domain/setting.ts';
import { identitiesOf } from './identities.ts';

type Lists = Pick<Chat, 'people'>;

const strongestFirst: readonly Role[] = ['approver', 'editor', 'viewer'];

/** Said at the start and by the doctor: whoever stands in two lists has the stronger role. */
export function twiceListed({ people }: Lists, value: ValueOf): readonly string[] {
  const roles = new Map<string, Role>();
  const found: string[] = [];
  for (const role of strongestFirst) {
    for (const id of idsOf(value(people[role]))) {
      const first = roles.get(id);
      if (first === undefined) roles.set(id, role);
      else found.push(`${id} is in ${people[first]} and in ${people[role]}: the stronger role counts, ${first}.`);
    }
  }
  return found;
}

/** More approvals than there are people would let nothing out, ever. */
export function needsMorePeople(chats: readonly Chat[], value: ValueOf): readonly Mistake[] {
  const needed = Number(value('APPROVALS_NEEDED'));
  const inChats = chats.map((chat) => ({ label: chat.label, count: approversIn(chat, value) }));
  // Page, command line and folder are one more, however many sit there.
  const most = inChats.reduce((sum, { count }) => sum + count, 1) - sameOf(chats, value);
  if (needed <= most) return [];
  const once = sameOf(chats, value) === 0 ? '' : '; PEOPLE says who of them is the same person';
  const counted = inChats.map(({ label, count }) => `${count} in ${label}, `).join('');
  return [
    {
      name: 'APPROVALS_NEEDED',
      found: `"${needed}"`,
      wanted: `at most ${most}: so many people may approve (${counted}and you at this machine${once})`,
    },
  ];
}

/** How many of the ids that may approve are of a person who has another one. */
function sameOf(chats: readonly Chat[], value: ValueOf): number {
  const identities = identitiesOf(value);
  const ids = chats
    .filter(({ setUpBy }) => value(setUpBy) !== '')
    .flatMap((chat) => peopleOf(chat, value).approvers.map((id) => `${chat.name}:${id}`));
  const persons = ['owner', ...ids].map((id) => identities.get(id) ?? `no person: ${id}`);
  return persons.length - new Set(persons).size;
}

/** Whoever pairs is one. */
const approversIn = (chat: Chat, value: ValueOf): number =>
  value(chat.setUpBy) === '' ? 0 : Math.max(1, peopleOf(chat, value).approvers.length);
