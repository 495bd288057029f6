/**
 * The text of a mail out of its parts: all of them in order, where a part is there twice (plain and HTML) the plain one,
 * unless it says less than what people see. Bounded in bytes, parts and time, however the mail is made.
 */
import { cleanText } from './clean-text.ts';
import { htmlLimit, type HtmlReader, type HtmlText } from './html/reader.ts';
import { noText, type MailText, type OneText, type TextPart } from '../mail.ts';
import { saysTheSame, wordsAtAGlance } from './same-text.ts';

/** Reads at most `limit` bytes of a part; `cut` when there may be more. */
export type ReadPart = (part: OneText, limit: number) => Promise<{ readonly content: string; readonly cut: boolean }>;

export const textLimit = 262_144;
/** More parts of text than any program writes. */
const mostParts = 30;

/** HTML that waits to be read, with the plain text that stands in for it when it comes to nothing. */
type Piece = { readonly plain: string } | { readonly html: number; readonly instead: string };

export async function readText(
  texts: readonly TextPart[],
  read: ReadPart,
  htmlReader: Pick<HtmlReader, 'read'>,
): Promise<MailText> {
  const reader = createReader(read);
  const htmls: string[] = [];
  const pieces: Piece[] = [];
  const add = (html: string, instead: string): void => {
    if (html.trim() === '') pieces.push({ plain: instead });
    else pieces.push({ html: htmls.push(html) - 1, instead });
  };
  for (const text of texts) {
    if (text.kind === 'either') {
      const plain = cleanText(await reader.readAll(text.plain));
      const html = await reader.readAll(text.html);
      const glance = plain === '' ? undefined : wordsAtAGlance(html);
      if (glance !== undefined && saysTheSame(plain, glance)) pieces.push({ plain });
      else add(html, plain);
    } else {
      const content = await reader.read(text);
      if (text.kind === 'plain') pieces.push({ plain: cleanText(content) });
      else add(content, '');
    }
  }
  const converted = htmls.length === 0 ? [] : await htmlReader.read(htmls);
  return assemble(pieces, converted, reader.isCut());
}

function assemble(pieces: readonly Piece[], converted: readonly HtmlText[] | undefined, isCut: boolean): MailText {
  const kept: string[] = [];
  let [fromHtml, hidden, cut] = [false, false, isCut];
  for (const piece of pieces) {
    const shown = 'plain' in piece ? undefined : converted?.[piece.html];
    const instead = 'plain' in piece ? piece.plain : piece.instead;
    // The rest of a mail that can't be read whole would be taken for all of it.
    if (!('plain' in piece) && shown === undefined && instead === '') return { ...noText, source: 'unreadable' };
    const text = shown === undefined ? '' : cleanText(shown.text);
    hidden ||= shown?.hidden === true;
    const isHtml = text !== '' && !(instead !== '' && saysTheSame(instead, text));
    fromHtml ||= isHtml;
    cut ||= (isHtml || instead === '') && shown?.cut === true;
    const one = isHtml ? text : instead;
    // Some programs put the same text twice, one below the other.
    if (one !== '' && kept.at(-1) !== one) kept.push(one);
  }
  const text = kept.join('\n\n');
  return { text, source: text === '' ? 'none' : fromHtml ? 'html' : 'plain', hidden, cut };
}

/** Counts what was read against the limits of the whole mail. */
function createReader(read: ReadPart) {
  const left = { plain: textLimit, html: htmlLimit, parts: mostParts };
  let isCut = false;
  const readOne = async (text: OneText): Promise<string> => {
    if (left.parts <= 0 || left[text.kind] <= 0) {
      isCut = true;
      return '';
    }
    left.parts -= 1;
    const { content, cut } = await read(text, left[text.kind]);
    left[text.kind] -= content.length;
    isCut ||= cut;
    return content;
  };
  return {
    isCut: () => isCut,
    read: readOne,
    async readAll(texts: readonly OneText[]): Promise<string> {
      const read: string[] = [];
      for (const text of texts) read.push(await readOne(text));
      return read.filter((one) => one.trim() !== '').join('\n\n');
    },
  };
}
