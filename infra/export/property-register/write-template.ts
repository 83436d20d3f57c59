import type { Locale } from '@steward/core';

import { columnNames, columns } from '../../import/property-register/columns.ts';
import { writeTable } from './write-table.ts';

const sheetNames = { 'zh-CN': ['房产登记', '填写说明'], en: ['Register', 'Notes'] } as const;
const notesHeader = { 'zh-CN': ['列', '必填', '说明'], en: ['Column', 'Required', 'Takes'] } as const;
const required = { 'zh-CN': '是', en: 'yes' };

export const registerHeader = (locale: Locale): string[] => columnNames.map((name) => columns[name].header[locale]);
export const registerSheetName = (locale: Locale): string => sheetNames[locale][0];

/** An empty register; a workbook has a second sheet with what each column takes. */
export async function writeTemplate(path: string, locale: Locale): Promise<void> {
  const notes = columnNames.map((name) => [
    columns[name].header[locale],
    'isRequired' in columns[name] ? required[locale] : '',
    columns[name].note[locale],
  ]);
  await writeTable(path, [
    { name: sheetNames[locale][0], widths: columnNames.map(() => 14), rows: [registerHeader(locale)] },
    { name: sheetNames[locale][1], widths: [18, 10, 60], rows: [[...notesHeader[locale]], ...notes] },
  ]);
}
