/** Per entry: its rule, and the instant up to which its ticks are dealt with. */
export type Marks = ReadonlyMap<string, { readonly rule: string; readonly since: Date }>;

/** Reads the cursor; whatever can't be read counts as nothing known. */
export function readMarks(cursor: string | undefined): Marks {
  const marks = new Map<string, { readonly rule: string; readonly since: Date }>();
  let value: unknown;
  try {
    value = JSON.parse(cursor ?? '{}');
  } catch {
    return marks;
  }
  if (typeof value !== 'object' || value === null) return marks;
  for (const [name, mark] of Object.entries(value)) {
    if (!Array.isArray(mark)) continue;
    const [rule, since]: readonly unknown[] = mark;
    const at = typeof since === 'string' ? new Date(since) : undefined;
    if (typeof rule === 'string' && at !== undefined && !Number.isNaN(at.getTime()))
      marks.set(name, { rule, since: at });
  }
  return marks;
}

export const writeMarks = (marks: Marks): string =>
  JSON.stringify(Object.fromEntries([...marks].map(([name, { rule, since }]) => [name, [rule, since.toISOString()]])));
