import PdfKit from 'pdfkit';

import { fontFiles } from './fonts.ts';

/** A part of a document, from top to bottom. */
export type Block =
  | { kind: 'facts'; facts: readonly (readonly [label: string, value: string])[] }
  | { kind: 'table'; head: readonly string[]; rows: readonly (readonly string[])[]; widths: readonly number[] }
  | { kind: 'text'; text: string; isStrong?: boolean }
  | { kind: 'signatures'; lines: readonly string[] };

export type DocumentSpec = {
  title: string;
  /** Below the title, e.g. the company and the number. */
  subtitle?: string;
  /** Across the page in large letters, e.g. a reprint or a void. */
  mark?: string;
  size?: 'A4' | 'A5';
  isLandscape?: boolean;
  blocks: readonly Block[];
  /** Below the last block, in small letters. */
  footer?: string;
  /** Kept in the file's properties; equal input makes equal pages whatever the time. */
  createdAt: Date;
};

type Pdf = PDFKit.PDFDocument;

const margin = 40;
const widthOf = (pdf: Pdf): number => pdf.page.width - 2 * margin;
const gray = '#555555';

/** A table or a signature that would be torn apart goes to the next page. */
function keepTogether(pdf: Pdf, height: number): void {
  if (pdf.y + height > pdf.page.height - margin) pdf.addPage();
}

function drawFacts(pdf: Pdf, { facts }: Extract<Block, { kind: 'facts' }>): void {
  const label = widthOf(pdf) * 0.28;
  for (const [name, value] of facts) {
    pdf.font('regular').fontSize(10);
    const height = Math.max(
      pdf.heightOfString(value, { width: widthOf(pdf) - label }),
      pdf.heightOfString(name, { width: label - 8 }),
    );
    keepTogether(pdf, height);
    const { y } = pdf;
    pdf.fillColor(gray).text(name, margin, y, { width: label - 8 });
    pdf.fillColor('black').text(value, margin + label, y, { width: widthOf(pdf) - label });
    pdf.y = y + height + 4;
  }
  pdf.moveDown(0.4);
}

function drawRow(pdf: Pdf, cells: readonly string[], widths: readonly number[], font: 'regular' | 'bold'): void {
  pdf.font(font).fontSize(9);
  const total = widths.reduce((sum, width) => sum + width, 0);
  const columns = widths.map((width) => (width / total) * widthOf(pdf));
  const heights = cells.map((cell, index) => pdf.heightOfString(cell, { width: (columns[index] ?? 0) - 6 }));
  const height = Math.max(...heights) + 6;
  keepTogether(pdf, height);
  const { y } = pdf;
  let x = margin;
  cells.forEach((cell, index) => {
    const isLast = index === cells.length - 1;
    const width = columns[index] ?? 0;
    pdf.text(cell, x + 3, y + 3, { width: width - 6, align: isLast ? 'right' : 'left' });
    x += width;
  });
  pdf
    .moveTo(margin, y + height)
    .lineTo(margin + widthOf(pdf), y + height)
    .lineWidth(0.5)
    .strokeColor('#bbbbbb')
    .stroke();
  pdf.x = margin;
  pdf.y = y + height;
}

function drawTable(pdf: Pdf, { head, rows, widths }: Extract<Block, { kind: 'table' }>): void {
  drawRow(pdf, head, widths, 'bold');
  for (const row of rows) drawRow(pdf, row, widths, 'regular');
  pdf.moveDown(0.6);
}

function drawText(pdf: Pdf, { text, isStrong = false }: Extract<Block, { kind: 'text' }>): void {
  pdf
    .font(isStrong ? 'bold' : 'regular')
    .fontSize(10.5)
    .text(text, margin, pdf.y, { width: widthOf(pdf), lineGap: 3 });
  pdf.moveDown(0.5);
}

/** A line to sign on, under its name. */
function drawSignatures(pdf: Pdf, { lines }: Extract<Block, { kind: 'signatures' }>): void {
  keepTogether(pdf, 70);
  const width = widthOf(pdf) / Math.max(lines.length, 1);
  const y = pdf.y + 36;
  lines.forEach((line, index) => {
    const x = margin + index * width;
    pdf
      .moveTo(x, y)
      .lineTo(x + width - 16, y)
      .lineWidth(0.8)
      .strokeColor('black')
      .stroke();
    pdf
      .font('regular')
      .fontSize(9)
      .fillColor(gray)
      .text(line, x, y + 4, { width: width - 16 });
  });
  pdf.fillColor('black');
  pdf.x = margin;
  pdf.y = y + 24;
}

function drawBlock(pdf: Pdf, block: Block): void {
  if (block.kind === 'facts') drawFacts(pdf, block);
  else if (block.kind === 'table') drawTable(pdf, block);
  else if (block.kind === 'text') drawText(pdf, block);
  else drawSignatures(pdf, block);
}

function drawHead(pdf: Pdf, { title, subtitle, mark }: DocumentSpec): void {
  if (mark !== undefined) {
    const { width, height } = pdf.page;
    pdf.save().rotate(-25, { origin: [width / 2, height / 2] });
    pdf.font('bold').fontSize(44).fillColor('#cc0000').fillOpacity(0.22);
    pdf.text(mark, 0, height / 2 - 22, { width, align: 'center' });
    pdf.restore();
    pdf.fillColor('black').fillOpacity(1);
  }
  pdf
    .font('bold')
    .fontSize(16)
    .text(title, margin, margin, { width: widthOf(pdf), align: 'center' });
  if (subtitle !== undefined)
    pdf
      .font('regular')
      .fontSize(9)
      .fillColor(gray)
      .text(subtitle, { width: widthOf(pdf), align: 'center' });
  pdf.fillColor('black').moveDown(0.8);
}

/** A document on paper, as the bytes of a PDF whose text can be searched and copied, in Chinese too. */
export async function renderPdf(spec: DocumentSpec): Promise<Buffer> {
  const { size = 'A4', isLandscape = false } = spec;
  const info = { Title: spec.title, Producer: 'Steward', CreationDate: spec.createdAt };
  const layout = isLandscape ? 'landscape' : 'portrait';
  const { regular, bold } = fontFiles();
  const pdf = new PdfKit({ size, layout, margin, info, font: regular as never });
  const parts: Buffer[] = [];
  const done = new Promise<Buffer>((resolve, reject) => {
    pdf.on('data', (part: Buffer) => parts.push(part));
    pdf.on('end', () => resolve(Buffer.concat(parts)));
    pdf.on('error', reject);
  });
  pdf.registerFont('regular', regular).registerFont('bold', bold);
  drawHead(pdf, spec);
  for (const block of spec.blocks) drawBlock(pdf, block);
  if (spec.footer !== undefined)
    pdf
      .font('regular')
      .fontSize(8)
      .fillColor(gray)
      .text(spec.footer, margin, pdf.y + 6, { width: widthOf(pdf) });
  pdf.end();
  return done;
}
