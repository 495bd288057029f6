import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { typeOf } from '../../../src/vault/file-types.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Buffer =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))));

/** An archive with these entries, not packed. @param streamed sizes stand behind each entry, as streaming writers do it */
function zip(entries: Readonly<Record<string, string>>, streamed = false): Buffer {
  const parts = Object.entries(entries).map(([name, content]) => {
    const head = Buffer.alloc(30);
    head.write('PK\u0003\u0004', 'latin1');
    head.writeUInt16LE(streamed ? 8 : 0, 6);
    head.writeUInt32LE(streamed ? 0 : content.length, 18);
    head.writeUInt32LE(streamed ? 0 : content.length, 22);
    head.writeUInt16LE(name.length, 26);
    return Buffer.concat([
      head,
      Buffer.from(name),
      Buffer.from(content),
      Buffer.from(streamed ? 'PK\u0007\u0008' : ''),
    ]);
  });
  return Buffer.concat(parts);
}

const box = (major: string, ...others: string[]): Buffer => {
  const content = bytes('ftyp', major, [0, 0, 0, 0], ...others);
  return bytes([0, 0, 0, content.length + 4], content.toString('latin1'), [0, 0, 0, 8], 'meta');
};

const word = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';
const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';
const slides = 'application/vnd.openxmlformats-officedocument.presentationml.presentation';
const types = '[Content_Types].xml';

const byContent: readonly (readonly [what: string, head: Buffer, type: string])[] = [
  ['PNG', bytes([0x89], 'PNG\r\n', [0x1a, 0x0a]), 'image/png'],
  ['JPEG', bytes([0xff, 0xd8, 0xff, 0xe0]), 'image/jpeg'],
  ['WebP', bytes('RIFF', [9, 9, 0, 0], 'WEBPVP8 '), 'image/webp'],
  ['WAVE', bytes('RIFF', [9, 9, 0, 0], 'WAVEfmt '), 'audio/wav'],
  ['HEIC', box('heic', 'mif1', 'heic'), 'image/heic'],
  ['HEIC of ten bits', box('heix', 'mif1'), 'image/heic'],
  ['HEIC that names its general form first', box('mif1', 'mif1', 'heic'), 'image/heic'],
  ['HEIF of another sort', box('mif1', 'miaf'), 'image/heif'],
  ['AVIF', box('avif', 'mif1'), 'image/avif'],
  ['AVIF that names its general form first', box('mif1', 'avif'), 'image/avif'],
  ['a film from a telephone', box('qt  '), 'video/quicktime'],
  ['MP4', box('isom', 'mp41'), 'video/mp4'],
  ['sound in MP4', box('M4A ', 'isom'), 'audio/mp4'],
  ['WebM', bytes([0x1a, 0x45, 0xdf, 0xa3], 'B\u0082\u0084webm'), 'video/webm'],
  ['Matroska', bytes([0x1a, 0x45, 0xdf, 0xa3], 'B\u0082\u0088matroska'), 'video/matroska'],
  ['PDF', bytes('%PDF-1.7'), 'application/pdf'],
  ['a plain archive', zip({ 'notes.txt': 'hi' }), 'application/zip'],
  ['Word', zip({ [types]: '<x/>', '_rels/.rels': '', 'word/document.xml': '' }), word],
  [
    'Word, as other programs order it',
    zip({ '_rels/.rels': '', 'docProps/app.xml': '', 'word/document.xml': '' }),
    word,
  ],
  ['Excel', zip({ [types]: '<x/>', 'xl/workbook.xml': '' }), sheet],
  ['Excel by a streaming writer', zip({ [types]: '<x/>', '_rels/.rels': '', 'xl/workbook.xml': '' }, true), sheet],
  ['PowerPoint', zip({ [types]: '<x/>', 'ppt/presentation.xml': '' }), slides],
  [
    'Excel with macros',
    zip({ [types]: '', 'xl/workbook.xml': '', 'xl/vbaProject.bin': '' }),
    'application/vnd.ms-excel.sheet.macroEnabled.12',
  ],
  [
    'OpenDocument',
    zip({ mimetype: 'application/vnd.oasis.opendocument.text', 'content.xml': '' }),
    'application/vnd.oasis.opendocument.text',
  ],
  ['EPUB', zip({ mimetype: 'application/epub+zip', 'META-INF/container.xml': '' }), 'application/epub+zip'],
  ['a program that says it is text', bytes('MZ', [0x90, 0, 3, 0]), 'application/octet-stream'],
  ['text', bytes('Dear Sara,\n'), 'text/plain'],
  ['nothing', Buffer.alloc(0), 'text/plain'],
];

describe('a file is what its first bytes say', () => {
  for (const [what, head, type] of byContent) {
    it(`${what}, whatever it is called`, () => {
      for (const name of ['', 'x', 'x.bin', 'x.png', 'x.svg', 'x.exe', '.png', 'x.', 'x.constructor']) {
        assert.equal(typeOf(head, name), type, name);
      }
    });
  }

  it('an archive that only holds a document, or a folder of its name, is an archive', () => {
    const document = zip({ [types]: '<x/>', 'word/document.xml': '' }).toString('latin1');
    for (const [what, head] of [
      ['a document in it', zip({ 'offer.docx': document })],
      ['a document in it, streamed', zip({ 'offer.docx': document }, true)],
      ['a folder called word', zip({ 'word/notes.txt': 'hi' })],
      ['another type in its first entry', zip({ mimetype: 'application/x-msdownload' })],
      ['a page in its first entry', zip({ mimetype: 'text/html' })],
      ['a type behind another entry', zip({ 'a.txt': '', mimetype: 'application/epub+zip' })],
    ] as const) {
      assert.equal(typeOf(head, 'x.zip'), 'application/zip', what);
    }
  });

  it('text that looks a little like something else is text', () => {
    for (const text of [
      '12345678WEBP',
      'abcdftypheic is a brand',
      'ID3 tags explained',
      'RIFF raff WEBP',
      'fLaC or mp3?',
    ]) {
      assert.equal(typeOf(Buffer.from(text)), 'text/plain', text);
    }
  });

  it('heads that are cut or lie about their lengths end well', () => {
    const whole = [
      ...byContent.map(([, head]) => head),
      bytes(
        'PK\u0003\u0004',
        Array.from({ length: 26 }, () => 0xff),
      ),
    ];
    for (const head of whole) {
      for (let length = 0; length <= Math.min(head.length, 120); length += 1) {
        assert.notEqual(typeOf(head.subarray(0, length), 'x.docx'), '');
      }
    }
  });
});

describe('the ending tells sorts apart, of text and of one container', () => {
  const calendar = 'BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n';
  const drawing = '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>';
  for (const [name, content, type] of [
    ['a.csv', 'a;b\n1;2\n', 'text/csv'],
    ['a.CSV', 'ä;b\n1;2\n', 'text/csv'],
    ['a.md', '# Title\n', 'text/markdown'],
    ['a.json', '{"a": 1}', 'application/json'],
    ['a.html', '<!doctype html><p>hi', 'text/html'],
    ['a.ics', calendar, 'text/calendar'],
    ['a.ics', `\ufeff${calendar}`, 'text/calendar'],
    ['a.vcf', 'BEGIN:VCARD\nEND:VCARD\n', 'text/vcard'],
    ['a.svg', drawing, 'image/svg+xml'],
    ['a.txt', calendar, 'text/plain'],
    ['a.log', 'line\n', 'text/plain'],
    ['a.ics', 'no calendar', 'text/plain'],
    ['a.svg', 'no drawing', 'text/plain'],
    ['a.svg', '<?xml version="1.0"?><html/>', 'text/plain'],
    ['a.html', 'just words', 'text/plain'],
    ['a.json', 'just words', 'text/plain'],
    ['a.png', drawing, 'text/plain'],
    ['a.sh', '#!/bin/sh\n', 'text/plain'],
  ] as const) {
    it(`${name} with ${JSON.stringify(content.slice(0, 20))} is ${type}`, () => {
      assert.equal(typeOf(Buffer.from(content), name), type);
    });
  }

  for (const name of ['a.csv', 'a.html', 'a.svg', 'a.ics', 'a.json']) {
    it(`what is no text is none because it is called ${name}`, () => {
      assert.equal(typeOf(bytes('<svg ', [0, 1, 2, 3]), name), 'application/octet-stream');
      assert.equal(typeOf(bytes('MZ', [0x90, 0]), name), 'application/octet-stream');
    });
  }

  it('old Office files are told apart by their names, and only these', () => {
    const old = bytes([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
    assert.equal(typeOf(old, 'a.doc'), 'application/msword');
    assert.equal(typeOf(old, 'a.xls'), 'application/vnd.ms-excel');
    for (const name of ['a.msi', 'a.png', 'a.docx', 'a']) assert.equal(typeOf(old, name), 'application/octet-stream');
  });

  it('an office document whose content lies too far behind is known by its ending, a plain archive is not', () => {
    assert.equal(typeOf(zip({ [types]: '<x/>', 'docProps/thumbnail.jpeg': '' }), 'a.pptx'), slides);
    assert.equal(typeOf(zip({ 'notes.txt': 'hi' }), 'a.pptx'), 'application/zip');
    assert.equal(typeOf(zip({ [types]: '<x/>', 'word/document.xml': '' }), 'a.xlsx'), word);
  });
});
