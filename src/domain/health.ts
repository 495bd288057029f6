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
