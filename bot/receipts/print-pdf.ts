import { createRequire } from 'node:module';
import { openSync } from 'fontkit';
import PDFDocument from 'pdfkit';
import type { Paper, PaperLine } from '../../cards/receipt-paper.ts';

const require = createRequire(import.meta.url);
const opened = (file: string) => openSync(require.resolve(`dejavu-fonts-ttf/ttf/${file}`));
/** Have Latin, Greek and Cyrillic; may be embedded. Read from the package, never from the machine, and once: that takes as long as a paper. */
const FONTS = { regular: opened('DejaVuSans.ttf'), bold: opened('DejaVuSans-Bold.ttf') };

/** Points. */
const MARGIN = 56;
const SIZES = { title: 17, heading: 12, text: 10 } as const;
const GAPS = { title: 0, heading: 12, text: 3 } as const;
const TAGS = { title: 'H1', heading: 'H2', text: 'P' } as const;
const SUBTLE = '#555555';
const LINK = '#0b57d0';
const ADDRESS_SIZE = 8;

/**
 * Draws a paper as a tagged PDF of A4 pages, each with a number. The same paper printed at the same moment gives the same
 * bytes. A letter that the font lacks stands there by its number, so that nothing is lost without a trace.
 *
 * @param at the moment of printing, which is in the file.
 */
export async function printPdf({ title, language, lines }: Paper, at: Date): Promise<Uint8Array> {
  const document = new PDFDocument({
    size: 'A4',
    margin: MARGIN,
    font: sourceOf(FONTS.regular),
    lang: language,
    displayTitle: true,
    tagged: true,
    pdfVersion: '1.7',
    bufferPages: true,
    info: { Title: printable(title), Creator: 'Reseller Offboarding', CreationDate: at, ModDate: at },
  });
  const chunks: Buffer[] = [];
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    document.on('end', resolve);
    document.on('error', reject);
  });
  document.registerFont('regular', sourceOf(FONTS.regular)).registerFont('bold', sourceOf(FONTS.bold));
  const body = document.struct('Document');
  document.addStructure(body);
  for (const line of lines) {
    const { url } = line;
    const drawn = (): void => {
      if (url === undefined) drawLine(document, line);
      else drawAddress(document, url);
    };
    body.add(document.struct(TAGS[line.kind], {}, url === undefined ? drawn : [document.struct('Link', {}, drawn)]));
  }
  body.end();
  numberPages(document);
  document.end();
  await ended;
  return new Uint8Array(Buffer.concat(chunks));
}

function drawLine(document: PDFKit.PDFDocument, { kind, runs }: PaperLine): void {
  document.fontSize(SIZES[kind]);
  if (kind !== 'title') document.y += GAPS[kind];
  for (const [at, { text, isBold = kind !== 'text', isSubtle = false }] of runs.entries())
    document
      .font(isBold ? 'bold' : 'regular')
      .fillColor(isSubtle ? SUBTLE : 'black')
      .text(printable(text), { continued: at < runs.length - 1 });
}

/** Broken between its parts only: copied or typed, no line of it ends within an id. */
function drawAddress(document: PDFKit.PDFDocument, url: string): void {
  document.font('regular').fontSize(ADDRESS_SIZE).fillColor(LINK);
  document.y += GAPS.text;
  const width = document.page.width - 2 * MARGIN;
  const rows: string[] = [];
  for (const part of url.split(/(?<=&)/)) {
    const row = `${rows.at(-1) ?? ''}${part}`;
    if (rows.length > 0 && document.widthOfString(row) <= width) rows[rows.length - 1] = row;
    else rows.push(part);
  }
  for (const row of rows) document.text(row, { link: url });
}

/** Below the margin, where text would begin another page. */
function numberPages(document: PDFKit.PDFDocument): void {
  const { start, count } = document.bufferedPageRange();
  for (let page = start; page < start + count; page += 1) {
    document.switchToPage(page);
    document.page.margins.bottom = 0;
    const { width, height } = document.page;
    document.markContent('Artifact', { type: 'Pagination' });
    document
      .font('regular')
      .fontSize(8)
      .fillColor(SUBTLE)
      .text(`${page - start + 1} / ${count}`, MARGIN, height - MARGIN / 2, {
        width: width - 2 * MARGIN,
        align: 'right',
        lineBreak: false,
      });
    document.endMarkedContent();
  }
}

/** A font that is open is taken as well, whatever the types say. */
const sourceOf = (font: (typeof FONTS)['regular']): string => font as unknown as string;

const printable = (text: string): string =>
  Array.from(text, (letter) => {
    const code = letter.codePointAt(0) ?? 0;
    const isKnown = Object.values(FONTS).every(
      (font) => 'hasGlyphForCodePoint' in font && font.hasGlyphForCodePoint(code),
    );
    return isKnown ? letter : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
  }).join('');
