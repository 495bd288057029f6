/** What is known about mail providers, by the name of their SMTP host. As of November 2026. */
type HostTraits = {
  readonly pattern: RegExp;
  /** Puts a copy of what it sends into Sent by itself. */
  readonly filesCopies: boolean;
  /** Leaves our Message-ID alone, so that its absence in Sent means something. */
  readonly keepsIds: boolean;
};

const known: readonly HostTraits[] = [
  { pattern: /(?:^|\.)(?:gmail|googlemail)\.com$/, filesCopies: true, keepsIds: true },
  { pattern: /(?:^|\.)(?:office365|outlook)\.com$/, filesCopies: true, keepsIds: false },
];

export const traitsOf = (host: string): Omit<HostTraits, 'pattern'> =>
  known.find(({ pattern }) => pattern.test(host.toLowerCase())) ?? { filesCopies: false, keepsIds: false };
