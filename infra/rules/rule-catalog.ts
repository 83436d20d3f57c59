import { readFileSync } from 'node:fs';

/** A rule of the service standard and the service that carries it out. */
export type Rule = { id: string; service: string; text: string };

/** The rules of rules.tsv, in its order. The IDs are permanent; the file follows the standard, never the code. */
export function readRules(): Rule[] {
  const [, ...lines] = readFileSync(new URL('./rules.tsv', import.meta.url), 'utf8')
    .trim()
    .split('\n');
  return lines.map((line) => {
    const [id = '', service = '', text = ''] = line.split('\t');
    return { id, service, text };
  });
}

const mark = /\[([AB]\d{3}(?:[, ]+[AB]\d{3})*)\]/g;

/** The rules that a test says it proves: `[A094] a major complaint ...`; several as `[A070, A071]`. */
export function rulesNamedBy(testName: string): string[] {
  return [...testName.matchAll(mark)].flatMap(([, ids]) => (ids ?? '').split(/[, ]+/));
}

/** A pattern for jest's -t that fits the names of all tests of one rule. */
export function namePatternOf(rule: string): string {
  const other = '[AB]\\d{3}';
  return `\\[(${other}[, ]+)*${rule}([, ]+${other})*\\]`;
}
