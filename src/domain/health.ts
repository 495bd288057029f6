/** How one part stands, for `/status`, the status page and the doctor. */
export type Health = {
  /** `web`, `gmail`, `vault` … */
  readonly part: string;
  readonly standing: 'well' | 'starting' | 'troubled' | 'off';
  /** Since when it stands so. */
  readonly since: Date;
  /** Last time it did its work successfully. */
  readonly lastSuccess: Date | undefined;
  /** One line for people; says what to do when troubled. No secrets. */
  readonly words: string;
};

/** Keeps how one part stands. */
export type HealthKeeper = {
  now(): Health;
  /** It stands so from now on, or goes on standing so: then it does since it began. */
  become(standing: Health['standing'], words: string): void;
  /** It did its work just now. */
  succeeded(): void;
};

/** @param first how it stands until something is known */
export function createHealth(
  part: string,
  clock: { now(): Date },
  first: Pick<Health, 'standing' | 'words'>,
): HealthKeeper {
  let health: Health = { part, ...first, since: clock.now(), lastSuccess: undefined };
  return {
    now: () => health,
    become(standing, words) {
      const since = standing === health.standing ? health.since : clock.now();
      health = { ...health, standing, since, words };
    },
    succeeded() {
      health = { ...health, lastSuccess: clock.now() };
    },
  };
}
