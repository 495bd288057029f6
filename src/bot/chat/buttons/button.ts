/** The buttons of a message, as data: a chat draws what it has, and shows as plain words what it lacks. */

/** `act`: comes back as a press. `open` and `copy` happen where the person is, and nobody hears of it. */
export type Button = {
  readonly words: string;
  readonly does: { readonly act: string } | { readonly open: string } | { readonly copy: string };
  /** Left out: an ordinary button. */
  readonly style?: 'good' | 'bad';
};

/** Buttons side by side. `words` stand above them, or alone as a remark: why something can't be tapped. */
export type Row = { readonly words?: string; readonly buttons: readonly Button[] };

export const remark = (words: string): Row => ({ words, buttons: [] });
export const isRemark = ({ words, buttons }: Row): boolean => words !== undefined && buttons.length === 0;

/** A button whose press comes back as `act`. */
export const button = (words: string, act: string, style?: Button['style']): Button => ({
  words,
  does: { act },
  ...(style === undefined ? {} : { style }),
});
