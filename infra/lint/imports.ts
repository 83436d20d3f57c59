import type { ImportDeclaration, Node } from '@babel/types';
import { parseSource, walk } from './syntax.ts';

export type Import = {
  /** As written: './errors.ts', '@steward/core', 'node:fs'. */
  specifier: string;
  /** Erased before the code runs. */
  typeOnly: boolean;
  /** Names of values it brings in; '*' stands for all of them. */
  values: string[];
  line: number;
};

/** Everything a module asks for: imports, re-exports, import() and the types of import('...'). */
export function importsOf(source: string, file: string): Import[] {
  const found: Import[] = [];
  walk(parseSource(source, file), (node) => {
    const entry = importOf(node);
    if (entry) found.push({ ...entry, line: node.loc?.start.line ?? 1 });
  });
  return found;
}

function importOf(node: Node): Omit<Import, 'line'> | null {
  if (node.type === 'ImportDeclaration') {
    const values = node.importKind === 'type' ? [] : importedValues(node);
    const typeOnly = node.importKind === 'type' || (node.specifiers.length > 0 && values.length === 0);
    return { specifier: node.source.value, typeOnly, values };
  }
  if (node.type === 'ExportAllDeclaration') {
    const typeOnly = node.exportKind === 'type';
    return { specifier: node.source.value, typeOnly, values: typeOnly ? [] : ['*'] };
  }
  if (node.type === 'ExportNamedDeclaration' && node.source) {
    const typeOnly = node.exportKind === 'type';
    return { specifier: node.source.value, typeOnly, values: typeOnly ? [] : ['*'] };
  }
  if (node.type === 'ImportExpression' && node.source.type === 'StringLiteral') {
    return { specifier: node.source.value, typeOnly: false, values: ['*'] };
  }
  if (node.type === 'TSImportType') {
    const argument = 'argument' in node ? node.argument : null;
    return argument?.type === 'StringLiteral' ? { specifier: argument.value, typeOnly: true, values: [] } : null;
  }
  return null;
}

function importedValues(node: ImportDeclaration): string[] {
  return node.specifiers.flatMap((specifier) => {
    if (specifier.type === 'ImportNamespaceSpecifier') return ['*'];
    if (specifier.type === 'ImportDefaultSpecifier') return ['default'];
    if (specifier.importKind === 'type') return [];
    return [specifier.imported.type === 'Identifier' ? specifier.imported.name : specifier.imported.value];
  });
}
