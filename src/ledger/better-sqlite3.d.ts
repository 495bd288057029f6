/** The part of better-sqlite3 the ledger uses; the package brings no types of its own. */
declare module 'better-sqlite3' {
  export type Value = string | number | null;
  export type Values = Readonly<Record<string, Value>>;

  export type Statement<Row = never> = {
    run(...values: readonly (Value | Values)[]): { readonly changes: number };
    get(...values: readonly (Value | Values)[]): Row | undefined;
    all(...values: readonly (Value | Values)[]): Row[];
    /** Rows as their first column. */
    pluck(): Statement<Row>;
  };

  export type Database = {
    readonly inTransaction: boolean;
    readonly open: boolean;
    prepare<Row = never>(sql: string): Statement<Row>;
    exec(sql: string): void;
    function(name: string, options: { readonly deterministic: boolean }, call: (...values: never[]) => Value): void;
    pragma(sql: string, options: { readonly simple: true }): unknown;
    transaction<A extends unknown[], T>(
      work: (...values: A) => T,
    ): { immediate(...values: A): T; deferred(...values: A): T };
    backup(file: string): Promise<unknown>;
    close(): void;
  };

  /** What SQLite throws; `code` as in `SQLITE_BUSY`. */
  export const SqliteError: new (message: string, code: string) => Error & { readonly code: string };

  const Database: (new (
    file: string,
    options?: { readonly timeout?: number; readonly readonly?: boolean },
  ) => Database) & {
    readonly SqliteError: typeof SqliteError;
  };
  export default Database;
}
