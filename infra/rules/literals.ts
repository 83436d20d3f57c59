import type { Node, ObjectExpression } from '@babel/types';

/** The named properties of an object literal with their values, without `as const` and the like around them. */
export function properties(object: ObjectExpression): [key: string, value: Node][] {
  return object.properties.flatMap((property): [string, Node][] => {
    if (property.type !== 'ObjectProperty') return [];
    const { key } = property;
    if (key.type === 'Identifier') return [[key.name, unwrap(property.value)]];
    return key.type === 'StringLiteral' ? [[key.value, unwrap(property.value)]] : [];
  });
}

export function unwrap(node: Node): Node {
  return node.type === 'TSAsExpression' || node.type === 'TSSatisfiesExpression' ? unwrap(node.expression) : node;
}

/** The strings of a string literal or of a list of them. */
export function stringsOf(node: Node | undefined): string[] {
  if (node?.type === 'StringLiteral') return [node.value];
  if (node?.type !== 'ArrayExpression') return [];
  return node.elements.flatMap((element) => (element?.type === 'StringLiteral' ? [element.value] : []));
}

export function lineOf(node: Node): number {
  return node.loc?.start.line ?? 1;
}
