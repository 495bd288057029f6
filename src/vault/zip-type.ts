/** What a zip archive is: many documents are one. Judged by the names of its entries and what it says of itself. */

const ooxml = 'application/vnd.openxmlformats-officedocument';

/** Office documents by the folder their content lies in: as usual, and with macros. */
const office: readonly (readonly [folder: string, endings: RegExp, plain: string, macros: string])[] = [
  ['word/', /^do[ct][xm]$/, `${ooxml}.wordprocessingml.document`, 'application/vnd.ms-word.document.macroEnabled.12'],
  ['xl/', /^xl[st][xm]$/, `${ooxml}.spreadsheetml.sheet`, 'application/vnd.ms-excel.sheet.macroEnabled.12'],
  [
    'ppt/',
    /^p(?:pt|ot|ps)[xm]$/,
    `${ooxml}.presentationml.presentation`,
    'application/vnd.ms-powerpoint.presentation.macroEnabled.12',
  ],
];

const templates: Readonly<Record<string, string>> = {
  dotx: `${ooxml}.wordprocessingml.template`,
  xltx: `${ooxml}.spreadsheetml.template`,
  potx: `${ooxml}.presentationml.template`,
  ppsx: `${ooxml}.presentationml.slideshow`,
};

/** What an office document begins with, one way or another, and what it can't be without. */
const beginsOffice = /^(?:\[Content_Types\]\.xml$|_rels\/|docProps\/|customXml\/|word\/|xl\/|ppt\/)/;
const sureOffice: ReadonlySet<string> = new Set(['[Content_Types].xml', '_rels/.rels']);

/** @param head begins with the archive; entries beyond it are not seen @param ending lower case, without a dot */
export function zipType(head: Buffer, ending: string): string {
  const entries = entriesIn(head);
  const [first] = entries;
  // OpenDocument and EPUB say it in their first entry, which is neither packed nor preceded by anything.
  if (first?.name === 'mimetype') {
    const said = first.content.toString('latin1');
    return /^application\/(?:vnd\.oasis\.opendocument\.[a-z-]{1,40}|epub\+zip)$/.test(said) ? said : 'application/zip';
  }
  const isOffice = beginsOffice.test(first?.name ?? '') && entries.some(({ name }) => sureOffice.has(name));
  if (!isOffice) return 'application/zip';
  const kind =
    office.find(([folder]) => entries.some(({ name }) => name.startsWith(folder))) ??
    // Its content lies further behind than we see.
    office.find(([, endings]) => endings.test(ending));
  if (kind === undefined) return 'application/zip';
  const [, endings, plain, macros] = kind;
  const hasMacros = entries.some(({ name }) => name.endsWith('/vbaProject.bin'));
  if (hasMacros || (endings.test(ending) && ending.endsWith('m'))) return macros;
  return (endings.test(ending) && Object.hasOwn(templates, ending) ? templates[ending] : undefined) ?? plain;
}

type Entry = { readonly name: string; readonly content: Buffer };

const mostEntries = 200;

function entriesIn(head: Buffer): readonly Entry[] {
  const entries: Entry[] = [];
  const marks = Buffer.from('PK\u0003\u0004', 'latin1');
  for (let at = 0; at !== -1 && at + 30 <= head.length && entries.length < mostEntries;) {
    if (!head.subarray(at, at + 4).equals(marks)) break;
    const [flags, method, packed] = [head.readUInt16LE(at + 6), head.readUInt16LE(at + 8), head.readUInt32LE(at + 18)];
    const nameEnd = at + 30 + head.readUInt16LE(at + 26);
    const begin = nameEnd + head.readUInt16LE(at + 28);
    const stored = method === 0 && (flags & 8) === 0 && packed <= 100;
    const content = stored ? head.subarray(begin, begin + packed) : Buffer.alloc(0);
    entries.push({ name: head.toString('utf8', at + 30, nameEnd), content });
    // An entry written without knowing its size ends somewhere before the next mark.
    at = (flags & 8) === 0 ? begin + packed : head.indexOf(marks, begin);
  }
  return entries;
}
