/**
 * Settings and files that leave a door open to others: said at each start and by the doctor, with the reason and the way
 * to shut it. All of them may be meant so; none stops anything. What stays on this machine is never warned about.
 */
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { SetAddress } from '../domain/setting.ts';
import type { Environment } from './environment.ts';
import type { Settings } from './settings.ts';
import { isLoopback } from '../lib/loopback.ts';

export type OpenDoor = { readonly what: string; readonly why: string; readonly remedy: string };

/** Where and as whom it runs. */
export type Whereabouts = {
  /** Where `.env` is looked for. */
  readonly folder: string;
  /** With `.env` beneath it: tells what was set and what is a default. */
  readonly environment: Environment;
  /** Undefined where users have no numbers. */
  readonly uid: number | undefined;
};

/** The worst first. */
export const openDoors = (settings: Settings, place: Whereabouts): readonly OpenDoor[] => [
  ...page(settings),
  ...plainAddresses(settings),
  ...approving(settings, place),
  ...openEnvFile(place),
  ...folders(settings, place),
  ...root(settings, place),
];

/** Alone, for settings that can't be used yet: the passwords stand there all the same. */
export function openEnvFile({ folder, uid }: Pick<Whereabouts, 'folder' | 'uid'>): readonly OpenDoor[] {
  const path = join(folder, '.env');
  if (uid === undefined || (modeOf(path) & 0o077) === 0) return [];
  const what = '.env can be read by others on this machine';
  return [{ what, why: 'Its passwords and tokens are theirs then.', remedy: `Run: chmod 600 ${path}` }];
}

function page({ web }: Settings): readonly OpenDoor[] {
  if (isLocal(web.host)) return [];
  const isAny = ['0.0.0.0', '::', '[::]'].includes(web.host);
  return [
    {
      what: `WEB_HOST=${web.host}: the web page can be reached ${isAny ? 'from every network of this machine' : 'from the network'}`,
      why: 'Its link and its cookies go there unencrypted, and whoever reads one along the way approves as you.',
      remedy:
        'Leave WEB_HOST out, let a tunnel or VPN of yours end on this machine, and put its https address into PUBLIC_URL.',
    },
  ];
}

function plainAddresses({ web, chats, accounts }: Settings): readonly OpenDoor[] {
  const page: SetAddress = {
    name: 'PUBLIC_URL',
    url: web.publicUrl,
    why: 'The page’s link, its cookies and your decisions go there unencrypted: whoever reads them approves as you.',
    remedy: 'Give it a certificate and write https://. Where a VPN encrypts all of the way, all is well.',
  };
  const addresses = [page, ...[...chats, ...accounts.values()].flatMap((brought) => brought.addresses)];
  return addresses.flatMap(({ name, url, why, remedy }) => {
    const parsed = URL.parse(url);
    if (parsed === null || parsed.protocol !== 'http:' || isLocal(parsed.hostname)) return [];
    // Not the whole address: a password may stand in it.
    return [{ what: `${name} is not encrypted: http://${parsed.host}`, why, remedy }];
  });
}

function approving({ policy, vaultPath }: Settings, { uid }: Whereabouts): readonly OpenDoor[] {
  const any: OpenDoor = {
    what: 'APPROVAL_POLICY=any: a file nobody was asked about leaves when it lies in Approved/',
    why: 'Whatever writes into the vault sends by that: a sync, another program, the AI that drafts.',
    remedy: 'Set another APPROVAL_POLICY, unless everything that writes there may send; docs/settings.md has them.',
  };
  const writable: OpenDoor = {
    what: `Everybody on this machine may write into the vault ${vaultPath}`,
    why: 'Moving a file into Approved/ approves it.',
    remedy: `Run: chmod -R o-w ${vaultPath}`,
  };
  const isWritable = [vaultPath, join(vaultPath, 'Approved')].some((path) => (modeOf(path) & 0o002) !== 0);
  return [
    ...(policy === 'any' ? [any] : []),
    ...(policy !== 'chat' && uid !== undefined && isWritable ? [writable] : []),
  ];
}

function folders({ dataDir }: Settings, { uid }: Whereabouts): readonly OpenDoor[] {
  if (uid === undefined || (modeOf(dataDir) & 0o077) === 0) return [];
  return [
    {
      what: `DATA_DIR ${dataDir} can be read by others on this machine`,
      why: 'The record with all your drafts lies there, and the browser’s logins.',
      remedy: `Run: chmod 700 ${dataDir}`,
    },
  ];
}

function root({ accounts, dataDir }: Settings, { uid }: Whereabouts): readonly OpenDoor[] {
  if (uid !== 0) return [];
  const remedy = 'Run it as a user of its own; deploy/countersign.service does.';
  const hasProfile = existsSync(join(dataDir, 'browser'));
  const browses = [...accounts.values()].some(
    ({ email, url }) => !isStandIn(url) && (email !== '' || url !== '' || hasProfile),
  );
  return [
    {
      what: 'Countersign runs as root',
      why: 'Whatever breaks in, by a mail, a file or a page, may do everything on this machine.',
      remedy,
    },
    ...(browses
      ? [
          {
            what: 'The browser runs without its sandbox: Chromium has none for root',
            why: 'A page that breaks out of the browser has this machine.',
            remedy,
          },
        ]
      : []),
  ];
}

const isStandIn = (url: string): boolean => url !== '' && isLocal(URL.parse(url)?.hostname ?? '');

const isLocal = (host: string): boolean => isLoopback(host.toLowerCase());

/** Permissions of a file or folder; none of what is not there. */
const modeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mode ?? 0;
