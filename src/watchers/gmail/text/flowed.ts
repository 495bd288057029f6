/**
 * Text with `format=flowed` (RFC 3676): lines that end in a space go on in the next one, where it is quoted as deeply; a
 * question that is quoted and the answer below it stay apart.
 */
export function unfold(text: string, deletesSpace: boolean): string {
  const lines: string[] = [];
  let [depthBefore, goesOn] = [0, false];
  for (const raw of text.split('\n')) {
    let depth = 0;
    while (raw[depth] === '>') depth += 1;
    const line = raw.slice(raw[depth] === ' ' ? depth + 1 : depth, raw.endsWith('\r') ? -1 : undefined);
    const isSignature = line === '-- ';
    const words = line.endsWith(' ') && deletesSpace && !isSignature ? line.slice(0, -1) : line;
    if (goesOn && depth === depthBefore && !isSignature) lines[lines.length - 1] += words;
    else lines.push(depth === 0 ? words : `${raw.slice(0, depth)} ${words}`);
    goesOn = line.endsWith(' ') && !isSignature;
    depthBefore = depth;
  }
  return lines.join('\n');
}
