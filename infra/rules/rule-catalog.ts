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

/** A rule of the standard by its ID, or an article of the law that a figure is from. */
const id = '(?:[AB]\\d{3}|Civil Code \\d+)';
const mark = new RegExp(`\\[(${id}(?:[, ]+${id})*)\\]`, 'g');

/** The rules that a test says it proves: `[A094] a major complaint ...`; several as `[A070, A071]`. */
export function rulesNamedBy(testName: string): string[] {
  return [...testName.matchAll(mark)].flatMap(([, ids]) => [...(ids ?? '').matchAll(new RegExp(id, 'g'))].map(String));
}

/** An article of the law is no rule of the standard, and is proved like one. */
export const isOfLaw = (rule: string): boolean => rule.startsWith('Civil Code ');

/** A pattern for jest's -t that fits the names of all tests of one rule. */
export const namePatternOf = (rule: string): string => `\\[(${id}[, ]+)*${rule}([, ]+${id})*\\]`;

/** A pattern for the names of all tests of any of these rules. */
export const anyNamePatternOf = (rules: readonly string[]): string => rules.map(namePatternOf).join('|');
