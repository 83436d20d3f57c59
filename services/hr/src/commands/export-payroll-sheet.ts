import { createHash } from 'node:crypto';

import type { Tx } from '@steward/db';
import writeExcel from 'write-excel-file/node';

import { payrollLinesOf } from '../db/payroll-queries.ts';
import type { PayrollLineRow, PayrollSheet } from '../domain/pay.ts';
import type { PayrollFormat } from '../graphql/generated.ts';

type Words = { label(key: string): string; explanation(line: PayrollLineRow): string };

export type PayrollFile = { fileName: string; contentType: string; contentBase64: string; sha256: string };

/** Texts, and amounts and quantities as numbers. */
type Table = (string | number)[][];

const contentTypes: Record<PayrollFormat, string> = {
  CSV: 'text/csv; charset=utf-8',
  XLSX: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
};

const columns = ['number', 'kind', 'quantity', 'amount', 'explanation'] as const;
const widths = [16, 20, 10, 12, 60];

/** Every line with a sum for each staff member, who is named by the number alone. */
async function tableOf(tx: Tx, sheet: PayrollSheet, { label, explanation }: Words): Promise<Table> {
  const table: Table = [columns.map((name) => label(`payrollColumn.${name}`))];
  const lines = await payrollLinesOf(tx, sheet.id);
  let sum = 0;
  lines.forEach((line, index) => {
    const kind = label(`PayrollLineKind.${line.kind}`);
    table.push([line.staffNumber, kind, Number(line.quantity), line.amount / 100, explanation(line)]);
    sum += line.amount;
    if (lines[index + 1]?.staffId === line.staffId) return;
    table.push([line.staffNumber, label('payrollColumn.total'), '', sum / 100, '']);
    sum = 0;
  });
  return [...table, [label('payrollColumn.total'), '', '', sheet.totalAmount / 100, '']];
}

/** A text that a spreadsheet would take for a formula gets an apostrophe in front. */
const csvField = (value: string | number): string => {
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** RFC 4180 with a byte-order mark, by which Excel knows UTF-8. */
const csvOf = (table: Table): Buffer =>
  Buffer.from(`\ufeff${table.map((row) => row.map(csvField).join(',')).join('\r\n')}\r\n`);

const workbookOf = (name: string, table: Table): Promise<Buffer> =>
  writeExcel([
    {
      sheet: name,
      columns: widths.map((width) => ({ width })),
      data: table.map((row) =>
        row.map((value) => (typeof value === 'string' ? { value, type: String } : { value, type: Number })),
      ),
      stickyRowsCount: 1,
    },
  ]).toBuffer();

/** Reading: a sheet as a file. */
export async function exportPayrollSheet(
  tx: Tx,
  sheet: PayrollSheet,
  format: PayrollFormat,
  words: Words,
): Promise<PayrollFile> {
  const table = await tableOf(tx, sheet, words);
  const content = format === 'CSV' ? csvOf(table) : await workbookOf(sheet.month, table);
  return {
    fileName: `${sheet.number}-${sheet.month}.${format.toLowerCase()}`,
    contentType: contentTypes[format],
    contentBase64: content.toString('base64'),
    sha256: createHash('sha256').update(content).digest('hex'),
  };
}
