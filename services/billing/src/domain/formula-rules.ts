import { Environment } from '@marcbachmann/cel-js';
import { DomainError } from '@steward/core';

import { Exact } from './exact.ts';

/** What a formula may ask of a unit and the household that answers for it. */
export type FormulaFacts = { area: string; persons: string; usage: string };

type Operand = 'Decimal' | 'int' | 'double';
type Binary = 'plus' | 'minus' | 'times' | 'div' | 'lt' | 'lte' | 'gt' | 'gte' | 'eq';

const operators: Readonly<Record<string, Binary>> = {
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'div',
  '<': 'lt',
  '<=': 'lte',
  '>': 'gt',
  '>=': 'gte',
};
const pairs: readonly [Operand, Operand][] = [
  ['Decimal', 'Decimal'],
  ['Decimal', 'int'],
  ['int', 'Decimal'],
  ['Decimal', 'double'],
  ['double', 'Decimal'],
];

type Number = Exact | bigint | number;

/** Literals become the decimals that they were written as: the shortest text of a double is that text. */
const exact = (value: Number): Exact => (value instanceof Exact ? value : new Exact(String(value)));

function environment(): Environment {
  const limits = { maxAstNodes: 100, maxDepth: 16, maxListElements: 1, maxMapEntries: 1, maxCallArguments: 4 };
  const env = new Environment({ limits });
  env.registerType({ name: 'Decimal', ctor: Exact, fields: {} });
  for (const [symbol, method] of Object.entries(operators)) {
    for (const [left, right] of pairs) {
      env.registerOperator(`${left} ${symbol} ${right}`, (a: Number, b: Number) => exact(a)[method](exact(b)));
    }
  }
  for (const [left, right] of pairs) {
    env.registerFunction(`max(${left}, ${right}): Decimal`, (a: Number, b: Number) => Exact.max(exact(a), exact(b)));
    env.registerFunction(`min(${left}, ${right}): Decimal`, (a: Number, b: Number) => Exact.min(exact(a), exact(b)));
  }
  env.registerVariable('area', 'Decimal').registerVariable('persons', 'Decimal').registerVariable('usage', 'string');
  return env;
}

const language = environment();

type Node = { op: string; args: unknown };
const arithmetic = new Set(['+', '-', '*', '/']);
const plain = new Set([...arithmetic, '?:', '<', '<=', '>', '>=', '==', '!=', '&&', '||', '!_', 'id', 'value', 'call']);

const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'op' in value && 'args' in value;

const partsOf = (value: unknown): Node[] =>
  isNode(value) ? [value] : Array.isArray(value) ? value.flatMap(partsOf) : [];

/**
 * The part of the language that a tariff needs: arithmetic, comparison, choice, min and max. Arithmetic between literals
 * is left out, because there the language counts in doubles and whole numbers instead of decimals.
 */
function isPlain(node: Node): boolean {
  const parts = partsOf(node.args);
  if (!plain.has(node.op)) return false;
  if (arithmetic.has(node.op) && parts.every(({ op }) => op === 'value')) return false;
  if (node.op === 'call' && !['max', 'min'].includes(String((node.args as unknown[])[0]))) return false;
  return parts.every(isPlain);
}

export type Formula = (facts: FormulaFacts) => Exact;

const unusable = (): DomainError =>
  new DomainError('BAD_USER_INPUT', 'FORMULA_UNUSABLE', { path: 'input.formula', rule: 'A249' });

/** Reads a formula; FORMULA_UNUSABLE unless it is plain, types fit and it gives a number. Nothing is ever run as code. */
export function readFormula(text: string): Formula {
  const check = ((): { valid: boolean; type?: unknown } => {
    try {
      return language.check(text);
    } catch {
      return { valid: false };
    }
  })();
  if (!check.valid || !['Decimal', 'int', 'double'].includes(String(check.type))) throw unusable();
  const parsed = language.parse(text);
  if (!isPlain(parsed.ast)) throw unusable();
  return ({ area, persons, usage }) =>
    exact(parsed({ area: new Exact(area), persons: new Exact(persons), usage }) as Number);
}

/** Places after the point that a formula's result keeps; a fee is rounded to whole minor units only at its end. */
const keptPlaces = 8;

/** The result of a formula as a weight or a fee: never below zero; a division by zero gives nothing. */
export function formulaValue(formula: Formula, facts: FormulaFacts): string | null {
  const value = formula(facts);
  if (!value.isFinite()) return null;
  return Exact.max(value, 0).toDecimalPlaces(keptPlaces, Exact.ROUND_HALF_UP).toFixed();
}
