export type Mask = {
  (text: string): string;
  /** From now on this one too. */
  add(secret: string): void;
};

/**
 * Masks known secrets in any text that leaves the process: logs, pages, chats, errors. By value, wherever it stands,
 * also in the forms it takes inside addresses and JSON, and without the spaces app passwords are shown with. Secrets shorter than six characters are left: masking them
 * would tear up ordinary words without hiding anything.
 */
export function createMask(secrets: readonly string[]): Mask {
  let forms = formsOf(secrets);
  const mask = (text: string) => forms.reduce((masked, form) => masked.replaceAll(form, '[secret]'), text);
  const add = (secret: string) => {
    forms = longestFirst([...forms, ...formsOf([secret])]);
  };
  return Object.assign(mask, { add });
}

function formsOf(secrets: readonly string[]): readonly string[] {
  const forms = secrets
    .flatMap((secret) => [secret, secret.replaceAll(' ', '')])
    .filter((secret) => secret.length >= 6)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64').replace(/=+$/, ''),
    ]);
  return longestFirst(forms);
}

const longestFirst = (forms: readonly string[]): readonly string[] =>
  [...new Set(forms)].toSorted((a, b) => b.length - a.length);
