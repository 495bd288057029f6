/** Either a value read from a request, or the refusal the real server would answer. */
export type Read<T> = { readonly ok: true; readonly value: T } | Refused;

export type Refused = {
  readonly ok: false;
  readonly code: number;
  readonly description: string;
  /** New id of a group that became a supergroup. */
  readonly movedTo?: number;
};

export const read = <T>(value: T): Read<T> => ({ ok: true, value });

/** 400 with the exact wording of the real server; `reason` as it is printed. */
export const bad = (reason: string): Refused => ({ ok: false, code: 400, description: `Bad Request: ${reason}` });

export const forbidden = (reason: string): Refused => ({ ok: false, code: 403, description: `Forbidden: ${reason}` });

export const moved = (movedTo: number): Refused => ({
  ...bad('group chat was upgraded to a supergroup chat'),
  movedTo,
});
