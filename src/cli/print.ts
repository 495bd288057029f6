/** Where the command line writes, so that tests can read it. */
export type Print = {
  line(text: string): void;
  /** What was found and what to do; goes to the error output. */
  problem(what: string, remedy: string): void;
  /** Whether a person reads it on a screen: secrets may stand there, and never in a pipe or a file. */
  readonly onScreen: boolean;
};

type Output = { write(text: string): unknown; readonly isTTY?: boolean };

/**
 * What is printed is mostly written by strangers: file names, titles, answers of far sides. Signs that a terminal obeys
 * are shown and not sent; line breaks and tabs are ours.
 */
export function printTo(out: Output, errors: Output): Print {
  return {
    line: (text) => void out.write(`${visible(text)}\n`),
    problem: (what, remedy) => void errors.write(`${visible(what)}\n${visible(remedy)}\n`),
    onScreen: out.isTTY === true,
  };
}

/** Written as in JSON, so that a report in JSON stays one. */
const visible = (text: string): string =>
  text.replaceAll(
    /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066\u2067]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
