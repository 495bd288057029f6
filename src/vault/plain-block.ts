/**
 * A block of keys that is YAML in its plainest form, read without the library: most blocks are, and the library takes
 * longer for one than everything else that is done with a draft. Whatever could mean anything else is left to it; a test
 * holds the two against each other.
 */

/** `key: value`, the value plain or in quotes with neither quotes nor escapes in it; nothing behind it, not even a space. */
const entry =
  /^([A-Za-z_][\w-]{0,60}):(?:[ ]+(?:"([^"\\]*)"|'([^']*)'|([^\s"'#&*!|>%@`,[\]{}?:\\-](?:[^\t]*[^\s])?))?)?$/;

/** Signs that YAML reads as other than themselves, and signs nobody sees. */
const odd = /: |:$| #|[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]/;

/** @returns undefined when it takes a library to say what the block means */
export function readPlainBlock(
  block: string,
  keyName: (key: string) => string,
): Map<string, readonly string[]> | undefined {
  const fields = new Map<string, readonly string[]>();
  for (const line of block.split(/\r?\n/)) {
    if (line === '') continue;
    const found = entry.exec(line);
    if (found === null) return undefined;
    const [, key = '', double, single, plain = ''] = found;
    const value = double ?? single ?? plain;
    const name = keyName(key);
    if (fields.has(name) || odd.test(value.replaceAll(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) return undefined;
    fields.set(name, [value]);
  }
  return fields;
}
