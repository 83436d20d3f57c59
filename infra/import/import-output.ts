import { failedRows, skippedRows, type ImportReport, type ImportSummary, type RowError } from './import-report.ts';

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

/** The table that ends an import. */
export function summaryTable(summary: ImportSummary): string {
  const { rows, added, known, ready, skipped, failed, warnings, seconds, rowsPerSecond, sentPerSecond } = summary;
  const lines: Line[] = [
    ['rows read', rows],
    ...(summary.isDryRun
      ? [['would be sent', ready] as Line]
      : [['added', added] as Line, ['already there', known] as Line]),
    ['skipped', skippedRows(summary)],
    ...Object.entries(skipped).flatMap(([reason, groups]) => detail(reason, groups)),
    ['failed', failedRows(summary)],
    ...detail('by reason', failed),
    ['warnings', Object.values(warnings).reduce((total, one) => total + one, 0)],
    ...detail('by reason', warnings),
    ['seconds', `${seconds} (${rowsPerSecond} rows/s read, ${sentPerSecond} rows/s through the gateway)`],
    ...(summary.stoppedBy === null ? [] : [['stopped by', summary.stoppedBy.reason] as Line]),
  ];
  const width = Math.max(...lines.map(([name]) => name.length));
  return lines.map(([name, value]) => `${name.padEnd(width)}  ${value}`).join('\n');
}

/** How a failed record is named wherever it is printed. */
export const rowErrorLine = ({ row, line, key, reason, message }: RowError): string =>
  `row ${row} (line ${line}${key === '' ? '' : `, key ${key}`}): ${reason}: ${message}`;

const everyMs = 2_000;

/** Tells every two seconds how far an import is; stop it by calling what it answers. */
export function tellProgress(report: ImportReport, tell: (line: string) => void): () => void {
  let before = 0;
  const timer = setInterval(() => {
    const { rows, added, known } = report.summary();
    const perSecond = Math.round(((rows - before) * 1000) / everyMs);
    before = rows;
    tell(`${rows} rows read (${perSecond} rows/s), ${added + known} through the gateway`);
  }, everyMs);
  return () => clearInterval(timer);
}
