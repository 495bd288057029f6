/** A person quotes a part of a text and sends what should stand there instead. It must be clear which part they mean. */

/** The part, and where it begins in the message it was quoted from; undefined when that is not known. */
export type Passage = { readonly text: string; readonly at: number | undefined };

/** The new text, or in words why it is not clear. */
export function withPassage(
  whole: string,
  passage: Passage,
  replacement: string,
  message: string,
): { readonly text: string } | { readonly obstacle: string } {
  const places = placesOf(whole, passage.text);
  const [only, ...others] = places;
  if (only === undefined) {
    return { obstacle: 'I can’t find the quoted part in the text that would leave, so I did not use this.' };
  }
  const shift = message.indexOf(whole);
  const meant = passage.at === undefined || shift < 0 ? undefined : passage.at - shift;
  const place = others.length === 0 ? only : places.find((candidate) => candidate === meant);
  if (place === undefined) {
    return { obstacle: 'The quoted part stands there more than once. Quote a longer part, please.' };
  }
  return { text: whole.slice(0, place) + replacement + whole.slice(place + passage.text.length) };
}

function placesOf(whole: string, part: string): readonly number[] {
  const places: number[] = [];
  for (let at = part === '' ? -1 : whole.indexOf(part); at >= 0; at = whole.indexOf(part, at + 1)) places.push(at);
  return places;
}
