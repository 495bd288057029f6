/**
 * A setting as data, and what somebody who brings settings says of them beside. A chat and a platform each bring their own, so that
 * what reads the settings knows none of them by name.
 */
export type Kind =
  | { readonly kind: 'text' }
  /** Never shown, not even in a mistake. */
  | { readonly kind: 'secret' }
  | { readonly kind: 'whole'; readonly min: number; readonly max: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'one_of'; readonly values: readonly string[] }
  /** What only one chat or platform asks for; `wanted` says it in words, for a mistake. */
  | { readonly kind: 'matching'; readonly pattern: RegExp; readonly wanted: string }
  | { readonly kind: 'url' }
  /** `22-7`: from hour to hour, local time. */
  | { readonly kind: 'hours' }
  /** `18:00`, local time, or `off`. */
  | { readonly kind: 'time_of_day' };

export type Setting = { readonly name: string; readonly kind: Kind; readonly fallback: string; readonly about: string };

/** What is set, trimmed, or the default; '' when there is neither. */
export type ValueOf = (name: string) => string;

/** What was found (secrets masked), what is wanted. */
export type Mistake = { readonly name: string; readonly found: string; readonly wanted: string };

/** Without `name`, what `when` sets can't work. */
export type Needed = { readonly when: string; readonly name: string; readonly wanted: string };

/** An address that somebody set, and over which goes what nobody on the way may read. */
export type SetAddress = {
  readonly name: string;
  readonly url: string;
  readonly why: string;
  readonly remedy: string;
};

/** Settings of what is not there yet: read, ignored, and told of. */
export type NotBuilt = {
  readonly label: string;
  readonly rows: readonly Setting[];
  /** Whoever sets this one expects it to work. */
  readonly setUpBy: string;
};

export const text: Kind = { kind: 'text' };
export const secret: Kind = { kind: 'secret' };
export const flag: Kind = { kind: 'flag' };
export const url: Kind = { kind: 'url' };
export const setting = (name: string, kind: Kind, fallback: string, about: string): Setting => ({
  name,
  kind,
  fallback,
  about,
});

/** Behind the meaning of each setting of something that is not built. */
export const notYet = ' (not built yet: ignored, with a warning)';

/** What a setting of the kind `flag` says. */
export const isYes = (value: string): boolean => /^(true|yes|1)$/i.test(value);

/** What a setting of the kind `url` says, as paths can be put behind it. */
export const baseOf = (value: string): string => value.replace(/\/+$/, '');

/** Comma-separated ids, each once. */
export const idsOf = (value: string): readonly string[] => [
  ...new Set(
    value
      .split(',')
      .map((id) => id.trim())
      .filter((id) => id !== ''),
  ),
];

/** What was found, for a mistake; never for a secret. */
export const quoted = (found: string): string => `"${found.slice(0, 80)}"`;
