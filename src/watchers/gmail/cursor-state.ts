/** How far the INBOX was read. UIDs mean something only together with their UIDVALIDITY. */
export type CursorState = {
  readonly uidValidity: string;
  readonly lastUid: number;
  /** The first look ever: mail from before is never handed in. */
  readonly startedAt: string;
};

export const formatCursor = (state: CursorState): string => JSON.stringify({ v: 1, ...state });

/** Undefined for anything we did not write: then reading starts anew. */
export function parseCursor(text: string | undefined): CursorState | undefined {
  try {
    const { uidValidity, lastUid, startedAt } = JSON.parse(text ?? '') as Partial<Record<keyof CursorState, unknown>>;
    if (typeof uidValidity !== 'string' || typeof lastUid !== 'number' || typeof startedAt !== 'string')
      return undefined;
    if (!Number.isSafeInteger(lastUid) || Number.isNaN(Date.parse(startedAt))) return undefined;
    return { uidValidity, lastUid, startedAt };
  } catch {
    return undefined;
  }
}
