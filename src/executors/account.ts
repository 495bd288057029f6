/** What an account on a site takes in the settings: the same rows for every site that a browser logs in to. */
import type { Platform } from '../domain/platform.ts';
import { baseOf, notYet, secret, setting, text, url } from '../domain/setting.ts';
import type { Needed, NotBuilt, SetAddress, Setting, ValueOf } from '../domain/setting.ts';

export type Account = {
  readonly platform: string;
  readonly rows: readonly Setting[];
  /** How often in an hour, in the settings. */
  readonly limit: Setting;
  readonly needs: readonly Needed[];
  /** Set when nothing carries out what it is for. */
  readonly notBuilt: NotBuilt | undefined;
  read(value: ValueOf): SetAccount;
};

export type SetAccount = {
  readonly email: string;
  /** Empty: a person logs in by hand. */
  readonly password: string;
  /** Empty: the real site. */
  readonly url: string;
  readonly addresses: readonly SetAddress[];
};

/** @param perHour how many actions, unless the settings say otherwise */
export function account({ id, label }: Platform, perHour: string, isBuilt = true): Account {
  const prefix = id.toUpperCase();
  const [email, password, address] = [`${prefix}_EMAIL`, `${prefix}_PASSWORD`, `${prefix}_URL`];
  const later = isBuilt ? '' : notYet;
  const byHand = `leave it out and run: npm run login -- ${label.toLowerCase()}`;
  const rows = [
    setting(email, text, '', `Login of the ${label} account${later}`),
    setting(password, secret, '', `Password; ${byHand}${later}`),
    setting(address, url, '', `Base address, only for stand-ins${later}`),
  ];
  const wanted = `the login of the ${label} account`;
  return {
    platform: id,
    rows,
    limit: setting(`LIMIT_${prefix}`, { kind: 'whole', min: 1, max: 1_000 }, perHour, 'Actions per hour and account'),
    needs: isBuilt ? [{ when: password, name: email, wanted }] : [],
    notBuilt: isBuilt ? undefined : { label, rows, setUpBy: email },
    read(value) {
      const url = baseOf(value(address));
      const why = 'The login and its password go there unencrypted.';
      const remedy = 'Leave it out: it is for stand-ins on this machine.';
      const addresses = [{ name: address, url, why, remedy }];
      return { email: value(email), password: value(password), url, addresses };
    },
  };
}
