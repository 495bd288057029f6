/** Who has which role, in sentences: the same for the doctor and for the chat that asks what is set. */

export type Listed = {
  /** Ids; none: whoever pairs. */
  readonly approvers: readonly string[];
  readonly editors: readonly string[];
  readonly viewers: readonly string[];
};

export function roleLines({ approvers, editors, viewers }: Listed, approvalsNeeded: number): readonly string[] {
  const stronger = new Set(approvers);
  const onlyEdit = editors.filter((id) => !stronger.has(id));
  for (const id of onlyEdit) stronger.add(id);
  const onlyLook = viewers.filter((id) => !stronger.has(id));
  return [
    approvers.length === 0 ? 'May decide: whoever paired' : `May decide: ${approvers.join(', ')}`,
    ...(onlyEdit.length === 0 ? [] : [`May edit: ${onlyEdit.join(', ')}`]),
    ...(onlyLook.length === 0 ? [] : [`May look: ${onlyLook.join(', ')}`]),
    ...(approvalsNeeded > 1
      ? [`It leaves when ${approvalsNeeded} different people approved exactly the same text`]
      : []),
  ];
}
