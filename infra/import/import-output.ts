import type { Locale } from '@steward/core';

import { failedRows, skippedRows, type ImportReport, type ImportSummary, type RowError } from './import-report.ts';
import { textOf, type TextKey } from './texts.ts';

const named = (counts: Record<string, number>): string[] =>
  Object.entries(counts)
    .toSorted(([, a], [, b]) => b - a)
    .map(([name, count]) => `${name} ${count}`);

const inLines = (items: string[], width = 88): string[] => {
  const lines: string[] = [];
  for (const item of items) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + item.length + 3 <= width) lines[lines.length - 1] = `${last} · ${item}`;
    else lines.push(item);
  }
  return lines;
};

type Line = [string, number | string];

function detail(title: string, counts: Record<string, number>): Line[] {
  return inLines(named(counts)).map((line, index): Line => [index === 0 ? `  ${title}` : '', line]);
}

/** Columns that a terminal gives a text: two for a Chinese character. */
const columnsOf = (text: string): number => text.length + (text.match(/\p{Script=Han}/gu)?.length ?? 0);

/** The table that ends an import. */
export function summaryTable(summary: ImportSummary, locale: Locale): string {
  const title = (name: TextKey): string => textOf(locale, name);
  const { rows, added, addedAs, known, ready, skipped, failed, warnings, seconds, rowsPerSecond, sentPerSecond } =
    summary;
  const lines: Line[] = [
    [title('summary.rows'), rows],
    ...(summary.isDryRun
      ? [[title('summary.ready'), ready] as Line]
      : [
          [title('summary.added'), added] as Line,
          ...detail(title('summary.byType'), addedAs),
          [title('summary.known'), known] as Line,
        ]),
    [title('summary.skipped'), skippedRows(summary)],
    ...Object.entries(skipped).flatMap(([reason, groups]) => detail(reason, groups)),
    [title('summary.failed'), failedRows(summary)],
    ...detail(title('summary.byReason'), failed),
    [title('summary.warnings'), Object.values(warnings).reduce((total, one) => total + one, 0)],
    ...detail(title('summary.byReason'), warnings),
    [title('summary.seconds'), textOf(locale, 'summary.speed', { seconds, read: rowsPerSecond, sent: sentPerSecond })],
    ...(summary.stoppedBy === null ? [] : [[title('summary.stoppedBy'), summary.stoppedBy.reason] as Line]),
  ];
  const width = Math.max(...lines.map(([name]) => columnsOf(name)));
  return lines.map(([name, value]) => `${name}${' '.repeat(width - columnsOf(name))}  ${value}`).join('\n');
}

/** How a failed record is named wherever it is printed. */
export const rowErrorLine = ({ key, ...error }: RowError, locale: Locale): string =>
  textOf(locale, 'row.named', { ...error, key: key === '' ? '' : textOf(locale, 'row.key', { key }) });

const everyMs = 2_000;

/** Tells every two seconds how far an import is; stop it by calling what it answers. */
export function tellProgress(report: ImportReport, locale: Locale, tell: (line: string) => void): () => void {
  let before = 0;
  const timer = setInterval(() => {
    const { rows, added, known } = report.summary();
    const perSecond = Math.round(((rows - before) * 1000) / everyMs);
    before = rows;
    tell(textOf(locale, 'progress', { rows, perSecond, through: added + known }));
  }, everyMs);
  return () => clearInterval(timer);
}
