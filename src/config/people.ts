/** Who has which role in a chat: from the settings that list people, and what is wrong or odd about these lists. */
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
  const inChat = get('TELEGRAM_BOT_TOKEN') === '' ? 0 : Math.max(1, idsOf(get('TELEGRAM_APPROVERS')).length);
  if (needed <= inChat + 1) return undefined;
  return {
    name: 'APPROVALS_NEEDED',
    found: `"${needed}"`,
    wanted: `at most ${inChat + 1}: so many people may approve (${inChat} in Telegram, and you at this machine)`,
  };
}
