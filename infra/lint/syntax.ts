import { parse } from '@babel/parser';
import type { File, Node } from '@babel/types';

/**
 * TypeScript 7 has no compiler API and Node's type stripper hides type imports, so what must read source as a tree
 * (import boundaries, mutants of policy tables) uses Babel's parser, which jest brings along anyway.
 */
export function parseSource(source: string, file: string): File {
  try {
    return parse(source, {
      sourceType: 'module',
      sourceFilename: file,
      createImportExpressions: true,
      plugins: file.endsWith('.ts') ? ['typescript'] : [],
    });
  } catch (error) {
    throw new Error(`${file} cannot be parsed`, { cause: error });
  }
}

/** Visits every node with the chain of its ancestors, the nearest last. */
export function walk(node: Node, visit: (node: Node, ancestors: readonly Node[]) => void): void {
  const descend = (current: Node, ancestors: readonly Node[]): void => {
    visit(current, ancestors);
    const below = [...ancestors, current];
    for (const child of childNodes(current)) descend(child, below);
  };
  descend(node, []);
}

const notChildren = new Set([
  'loc',
  'tokens',
  'comments',
  'leadingComments',
  'trailingComments',
  'innerComments',
  'extra',
]);

function childNodes(node: Node): Node[] {
  return Object.entries(node)
    .filter(([key]) => !notChildren.has(key))
    .flatMap(([, value]: [string, unknown]) => (Array.isArray(value) ? value : [value]))
    .filter(isNode);
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
}
