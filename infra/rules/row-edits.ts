import type { ArrayExpression, Node, ObjectExpression, StringLiteral } from '@babel/types';
import { lineOf, properties, stringsOf, unwrap } from './literals.ts';

/** A piece of the source to be replaced, and in words what that changes. */
export type Edit = { start: number; end: number; text: string; line: number; change: string };

/** What may be put where: a role that the policy keeps out, a state that an action does not start from. */
export type Words = { roles: readonly string[]; states: readonly string[] };

export type RowEdits = { edits: Edit[]; unreadable: { line: number; key: string }[] };

const describing = new Set(['rule', 'unit', 'action', 'kind', 'key', 'reason', 'note']);

/**
 * All ways to change one row by one: a number one step up and down, a yes into a no, each role or state taken off its
 * list and one put on it, a target or a single role replaced.
 */
export function rowEdits(row: ObjectExpression, words: Words): RowEdits {
  const found: RowEdits = { edits: [], unreadable: [] };
  // A role that another list of the row lets in already would change nothing.
  const named = properties(row).flatMap(([, value]) => stringsOf(value));
  const ofRow = { ...words, keptOut: words.roles.filter((role) => !named.includes(role)) };
  for (const [key, value] of properties(row)) {
    if (!describing.has(key)) editsOfValue(key, value, ofRow, found);
  }
  return found;
}

type RowWords = Words & { keptOut: readonly string[] };

function editsOfValue(key: string, value: Node, words: RowWords, found: RowEdits): void {
  const node = unwrap(value);
  if (node.type === 'NumericLiteral') {
    found.edits.push(...[1, -1].map((sign) => replaced(node, key, String(node.value), step(node.value, sign))));
  } else if (node.type === 'UnaryExpression') {
    editsOfValue(key, node.argument, words, found);
  } else if (node.type === 'BooleanLiteral') {
    found.edits.push(replaced(node, key, String(node.value), String(!node.value)));
  } else if (node.type === 'StringLiteral') {
    found.edits.push(...editsOfWord(key, node, words));
  } else if (node.type === 'ArrayExpression') {
    editsOfList(key, node, words, found);
  } else if (node.type === 'ObjectExpression') {
    const isRowOfItsOwn = properties(node).some(([name]) => name === 'rule');
    if (!isRowOfItsOwn) properties(node).forEach(([name, inner]) => editsOfValue(name, inner, words, found));
  } else if (node.type !== 'NullLiteral') {
    found.unreadable.push({ line: lineOf(node), key });
  }
}

/** One step in the last place that is written: 2 -> 3, 0.8 -> 0.9. */
function step(value: number, sign: number): string {
  const places = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0;
  return (value + sign * 10 ** -places).toFixed(places);
}

function editsOfWord(key: string, node: StringLiteral, { roles, states }: Words): Edit[] {
  if (key === 'value' && /\d$/.test(node.value)) {
    return [1, -1].map((sign) => replaced(node, key, node.value, `'${stepOfLastNumber(node.value, sign)}'`));
  }
  const list = key === 'to' ? states : roles.includes(node.value) ? roles : [];
  const other = list.find((word) => word !== node.value && word !== 'same');
  return other === undefined ? [] : [replaced(node, key, node.value, `'${other}'`)];
}

/** A day or time of day one later or earlier: '11-15' -> '11-16', '13:30' -> '13:29'. */
function stepOfLastNumber(text: string, sign: number): string {
  return text.replace(/\d+$/, (digits) => String(Math.abs(Number(digits) + sign)).padStart(digits.length, '0'));
}

function editsOfList(key: string, node: ArrayExpression, words: RowWords, found: RowEdits): void {
  const elements = node.elements.map((element) => (element === null ? null : unwrap(element)));
  elements.forEach((element, index) => {
    if (element?.type === 'StringLiteral') found.edits.push(withoutElement(key, node, index, element.value));
    else if (element?.type === 'SpreadElement') found.unreadable.push({ line: lineOf(element), key });
    else if (element) editsOfValue(key, element, words, found);
  });
  const present = stringsOf(node);
  const added = additions(key, present, words).find((word) => !present.includes(word));
  if (added !== undefined) found.edits.push(withElement(key, node, added));
}

const listsOfRoles = new Set(['roles', 'own']);

/** Only lists of who may and from where are widened: one word too many there lets through what must be refused. */
function additions(key: string, present: readonly string[], { roles, states, keptOut }: RowWords): readonly string[] {
  if (key === 'from') return states.filter((state) => state !== 'same');
  const isOfRoles = listsOfRoles.has(key) || (present.length > 0 && present.every((word) => roles.includes(word)));
  return isOfRoles ? keptOut : [];
}

function withoutElement(key: string, list: ArrayExpression, index: number, word: string): Edit {
  const at = (position: number, side: 'start' | 'end'): number => list.elements[position]?.[side] ?? 0;
  const isLast = index === list.elements.length - 1;
  // The comma goes along: the one after it, or for the last the one before.
  const start = isLast && index > 0 ? at(index - 1, 'end') : at(index, 'start');
  const end = isLast ? at(index, 'end') : at(index + 1, 'start');
  return { start, end, text: '', line: lineOf(list.elements[index] ?? list), change: `${key} without ${word}` };
}

function withElement(key: string, list: ArrayExpression, word: string): Edit {
  const end = list.elements.at(-1)?.end ?? (list.start ?? 0) + 1;
  const text = list.elements.length > 0 ? `, '${word}'` : `'${word}'`;
  return { start: end, end, text, line: lineOf(list), change: `${key} with ${word}` };
}

function replaced(node: Node, key: string, from: string, to: string): Edit {
  const text = to.startsWith('-') ? `(${to})` : to;
  const change = `${key} ${from} -> ${to.replaceAll("'", '')}`;
  return { start: node.start ?? 0, end: node.end ?? 0, text, line: lineOf(node), change };
}
