/** The part of html-to-text we use; the package ships no types. */
declare module 'html-to-text' {
  /** A node of the tree its parser makes. */
  export type HtmlNode = {
    type: string;
    name?: string;
    data?: string;
    attribs?: Record<string, string>;
    children?: HtmlNode[];
  };
  export type Options = Readonly<Record<string, unknown>>;
  export type Walk = (nodes: readonly HtmlNode[] | undefined, builder: Builder) => void;
  export type Formatter = (node: HtmlNode, walk: Walk, builder: Builder, options?: Options) => void;
  export type Builder = {
    readonly options: { readonly formatters: Readonly<Record<string, Formatter>> };
    readonly picker: { pick1(node: HtmlNode): { readonly format: string; readonly options?: Options } };
    /** As it is; between two of them no space is made. */
    addLiteral(text: string): void;
    openBlock(options: { readonly leadingLineBreaks: number }): void;
    closeBlock(options: { readonly trailingLineBreaks: number }): void;
    openList(options: { readonly leadingLineBreaks: number }): void;
    openListItem(options: { readonly prefix: string }): void;
    closeListItem(): void;
    closeList(options: { readonly trailingLineBreaks: number }): void;
  };
  export type Selector = { readonly selector: string; readonly format?: string; readonly options?: Options };
  export function convert(
    html: string,
    options?: {
      readonly wordwrap?: false | number;
      readonly limits?: Options;
      readonly baseElements?: { readonly selectors: readonly string[] };
      readonly formatters?: Readonly<Record<string, Formatter>>;
      readonly selectors?: readonly Selector[];
    },
  ): string;
}
