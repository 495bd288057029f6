/** Faults the SMTP side of the stand-in can be told to make, each used up after `times`. */
export type SmtpFault = {
  readonly at: SmtpStage;
  readonly does: SmtpMischief;
  /** How often; 1 when absent. */
  readonly times?: number;
  /** Only for this recipient (stage `rcpt`). */
  readonly recipient?: string;
};

/** `cut` ends the connection, `hang` says nothing more; an answer ends the step it is given at; or lines of its own. */
export type SmtpMischief = 'cut' | 'hang' | { readonly code: number; readonly text: string } | SmtpSpeech;

/** Raw bytes as they go over the line, whether they are an answer or not: unasked, unfinished, in pieces. */
export type SmtpSpeech = {
  /** Each piece arrives by itself. */
  readonly says: readonly string[];
  /**
   * `go_on`: as if nothing had been said; at `data` the words stand in place of the 354. `stall`: reads no further
   * and keeps silent, so that a large message can't all be handed over.
   */
  readonly after: 'cut' | 'hang' | 'stall' | 'go_on';
};

export type SmtpStage =
  | 'greeting'
  | 'auth'
  | 'mail'
  | 'rcpt'
  /** The DATA command came; 354 was not said. */
  | 'data'
  /** 354 was said and the first bytes of the message came. */
  | 'content'
  /** The whole message came; it is not accepted. */
  | 'dot'
  /** The message is accepted and filed; the answer is lost (`cut` or `hang`). */
  | 'accepted';

export type SmtpFaults = {
  set(script: readonly SmtpFault[]): void;
  /** The fault due at this stage, counted as used. */
  take(stage: SmtpStage, recipient?: string): SmtpMischief | undefined;
  /** How many were not made yet. */
  left(): number;
};

export function createSmtpFaults(): SmtpFaults {
  let left: { readonly fault: SmtpFault; times: number }[] = [];
  return {
    set(script) {
      left = script.map((fault) => ({ fault, times: fault.times ?? 1 }));
    },
    take(stage, recipient) {
      const due = left.find(
        ({ fault, times }) =>
          times > 0 && fault.at === stage && (fault.recipient === undefined || fault.recipient === recipient),
      );
      if (due === undefined) return undefined;
      due.times -= 1;
      return due.fault.does;
    },
    left: () => left.reduce((sum, { times }) => sum + times, 0),
  };
}
