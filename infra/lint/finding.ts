/** One thing wrong in one place. `line` is 1 where the whole file is meant. */
export type Finding = { file: string; line: number; message: string };

/** Prints findings as file:line: message, sorted, and makes the process fail when there are any. */
export function report(findings: readonly Finding[]): void {
  const lines = findings
    .toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line)
    .map(({ file, line, message }) => `${file}:${line}: ${message}`);
  if (lines.length === 0) return;
  console.error(lines.join('\n'));
  process.exitCode = 1;
}
