/** Where IMAP connections are cut: before the answer to a command, or instead of the greeting; each one once. */
export type ImapStage = 'greeting' | 'AUTHENTICATE' | 'LIST' | 'EXAMINE' | 'UID SEARCH' | 'UID FETCH';

export type ImapFaults = {
  set(stages: readonly ImapStage[]): void;
  /** Whether it is cut here, counted as used. */
  take(stage: string): boolean;
  left(): number;
};

export function createImapFaults(): ImapFaults {
  let waiting: readonly string[] = [];
  return {
    set(stages) {
      waiting = stages;
    },
    take(stage) {
      const at = waiting.indexOf(stage);
      if (at >= 0) waiting = waiting.toSpliced(at, 1);
      return at >= 0;
    },
    left: () => waiting.length,
  };
}
