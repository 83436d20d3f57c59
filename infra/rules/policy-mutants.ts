import type { Node } from '@babel/types';
import { parseSource, walk } from '../lint/syntax.ts';
import { rowEdits, type Words } from './row-edits.ts';
import { lineOf, properties, stringsOf } from './literals.ts';

/** A policy file with one figure, role or transition changed by one. */
export type Mutant = { rule: string; line: number; change: string; source: string };

/** An object with a `rule`: one figure or one transition of the service standard. */
export type PolicyRow = { rule: string; line: number };

export type PolicyFile = {
  rows: PolicyRow[];
  mutants: Mutant[];
  /** Values that are not written out in their row, so that nobody can read or change them there. */
  unreadable: { line: number; key: string }[];
};

/** Every row of a policy file with all its mutants; a row of several rules has its mutants under each of them. */
export function readPolicy(source: string, file: string, roles: readonly string[]): PolicyFile {
  const tree = parseSource(source, file);
  const words: Words = { roles, states: statesIn(tree) };
  const policy: PolicyFile = { rows: [], mutants: [], unreadable: [] };
  walk(tree, (node) => {
    if (node.type !== 'ObjectExpression') return;
    const rules = stringsOf(properties(node).find(([key]) => key === 'rule')?.[1]);
    if (rules.length === 0) return;
    const { edits, unreadable } = rowEdits(node, words);
    policy.unreadable.push(...unreadable);
    for (const rule of rules) {
      policy.rows.push({ rule, line: lineOf(node) });
      for (const { start, end, text, line, change } of edits) {
        policy.mutants.push({ rule, line, change, source: source.slice(0, start) + text + source.slice(end) });
      }
    }
  });
  return policy;
}

/** All states that some transition of the file starts from or leads to. */
function statesIn(tree: Node): string[] {
  const states = new Set<string>();
  walk(tree, (node) => {
    if (node.type !== 'ObjectExpression') return;
    for (const [key, value] of properties(node)) {
      if (key === 'from' || key === 'to') stringsOf(value).forEach((state) => states.add(state));
    }
  });
  return [...states];
}
