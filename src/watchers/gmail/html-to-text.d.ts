/** The part of html-to-text we use; the package ships no types. */
declare module 'html-to-text' {
  export type Selector = {
    readonly selector: string;
    readonly format?: string;
    readonly options?: Readonly<Record<string, unknown>>;
  };
  export function convert(
    html: string,
    options?: {
      readonly wordwrap?: false | number;
      readonly limits?: Readonly<Record<string, unknown>>;
      readonly selectors?: readonly Selector[];
    },
  ): string;
}
