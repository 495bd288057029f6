/** What a person does who wants it to go out: says yes when asked once more, whatever the question looks like. */
import type { Person } from '../sandbox/telegram/index.ts';

export type Tap = {
  readonly id: string;
  /** When the button was pressed. */
  readonly at: number;
};

/** Often enough for a person, and seldom enough not to be felt by what is measured. */
const lookMs = 100;

/**
 * Presses Approve below a message, and every button below it that says yes until `stop`. What is measured begins with
 * the last press: nothing is carried out before it.
 */
export function pressApprove(person: Person, message: number) {
  const press = (button: { readonly label: string } | { readonly data: string }): Tap => {
    const at = performance.now();
    return { id: person.tap(message, button), at };
  };
  let last = press({ label: 'Approve' });
  const pressed = new Set<string>();
  const look = () => {
    const buttons =
      person
        .messages()
        .find(({ id }) => id === message)
        ?.buttons.flat() ?? [];
    const yes = buttons.find(({ label, data }) => /\byes\b/i.test(label) && data !== undefined && !pressed.has(data));
    if (yes?.data === undefined) return;
    pressed.add(yes.data);
    last = press({ data: yes.data });
  };
  const timer = setInterval(look, lookMs);
  return {
    last: () => last,
    stop: () => clearInterval(timer),
  };
}
