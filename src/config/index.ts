/** Environment → typed settings. All mistakes are found together and nothing is touched before they are mended. */
import { resolve, sep } from 'node:path';
import type { Mistake, Needed, ValueOf } from '../domain/setting.ts';
import { check } from './check.ts';
import type { Environment } from './environment.ts';
import { idleIds, wrongPeople } from './identities.ts';
import { needsMorePeople, twiceListed } from './people.ts';
import { toSettings } from './settings.ts';
import type { Settings } from './settings.ts';
import { connecting, everyAdapter, tableOf } from './table.ts';
import type { Adapters } from './table.ts';

export { readEnvironment } from './environment.ts';
export type { Environment } from './environment.ts';
export type { Settings } from './settings.ts';
export type { Mistake } from '../domain/setting.ts';

export type Config =
  | { readonly kind: 'settings'; readonly settings: Settings; readonly warnings: readonly string[] }
  | { readonly kind: 'mistakes'; readonly mistakes: readonly Mistake[] };

/** What is wanted of DATA_DIR, here and where its links are followed. */
export const outsideVault = 'a folder outside the vault: it must not be synced';

export const isConfigured = (environment: Environment): boolean =>
  connecting(everyAdapter).some((name) => (environment[name] ?? '').trim() !== '');

/** @param adapters who brings settings of its own; all there are when left out */
export function readConfig(environment: Environment, folder: string, adapters: Adapters = everyAdapter): Config {
  const mistakes: Mistake[] = [];
  const values = new Map<string, string>();
  for (const setting of tableOf(adapters)) {
    const found = (environment[setting.name] ?? '').trim();
    if (found !== '') mistakes.push(...check(setting, found));
    values.set(setting.name, found === '' ? setting.fallback : found);
  }
  const value: ValueOf = (name) => values.get(name) ?? '';
  mistakes.push(...contradictions(adapters, value, folder));
  if (mistakes.length > 0) return { kind: 'mistakes', mistakes };
  return { kind: 'settings', settings: toSettings(adapters, value, folder), warnings: warningsFor(adapters, value) };
}

function contradictions({ chats, accounts }: Adapters, value: ValueOf, folder: string): readonly Mistake[] {
  const needs = [
    ...chats.flatMap((chat) => chat.needs(value)),
    { when: 'GMAIL_EMAIL', name: 'GMAIL_PASSWORD', wanted: 'an app password' },
    { when: 'GMAIL_PASSWORD', name: 'GMAIL_EMAIL', wanted: 'the mail address' },
    ...accounts.flatMap((account) => account.needs),
  ];
  return [
    ...needs.flatMap((needed) => missing(needed, value)),
    ...chats.flatMap((chat) => chat.wrong(value)),
    ...wrongPeople(chats, value),
    ...needsMorePeople(chats, value),
    ...dataInVault(value, folder),
  ];
}

const missing = ({ when, name, wanted }: Needed, value: ValueOf): readonly Mistake[] =>
  value(when) === '' || value(name) !== ''
    ? []
    : [{ name, found: 'nothing', wanted: `${wanted}, because ${when} is set` }];

function dataInVault(value: ValueOf, folder: string): readonly Mistake[] {
  const vault = resolve(folder, value('VAULT_PATH'));
  const dataDir = resolve(folder, value('DATA_DIR'));
  if (dataDir !== vault && !dataDir.startsWith(vault + sep)) return [];
  return [{ name: 'DATA_DIR', found: `"${value('DATA_DIR')}"`, wanted: outsideVault }];
}

/** Said at the start and by the doctor: what is set but does nothing yet, or less than it seems. */
function warningsFor({ chats, chatsNotBuilt, accounts }: Adapters, value: ValueOf): readonly string[] {
  const accountsNotBuilt = accounts.flatMap(({ notBuilt }) => (notBuilt === undefined ? [] : [notBuilt]));
  return [
    ...[...chatsNotBuilt, ...accountsNotBuilt]
      .filter(({ setUpBy }) => value(setUpBy) !== '')
      .map(({ setUpBy, label }) => `${setUpBy} is set, but ${label} is not built yet: it is ignored.`),
    ...chats.flatMap((chat) => twiceListed(chat, value)),
    ...idleIds(chats, value),
  ];
}
