import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

import { Kind, parse, print, type FragmentDefinitionNode, type OperationDefinitionNode } from 'graphql';

/**
 * The operations of a `.graphql` file, or of all of them below a directory: each on its own, with the fragments of the
 * same file that it spreads.
 */
export function readOperations(place: string): string[] {
  if (!statSync(place).isDirectory()) return operationsIn(readFileSync(place, 'utf8'));
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(graphql|gql)$/.test(file))
    .toSorted()
    .flatMap((file) => operationsIn(readFileSync(path.join(place, file), 'utf8')));
}

function operationsIn(text: string): string[] {
  const { definitions } = parse(text);
  const fragments = new Map(
    definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  return definitions.flatMap((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? [[node, ...spreadBy(node, fragments)].map((each) => print(each)).join('\n')]
      : [],
  );
}

function spreadBy(
  operation: OperationDefinitionNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FragmentDefinitionNode[] {
  const found = new Set<FragmentDefinitionNode>();
  const visit = (node: OperationDefinitionNode | FragmentDefinitionNode): void => {
    for (const [, name = ''] of print(node.selectionSet).matchAll(/\.\.\.\s*(?!on\b)(\w+)/g)) {
      const fragment = fragments.get(name);
      if (fragment === undefined || found.has(fragment)) continue;
      found.add(fragment);
      visit(fragment);
    }
  };
  visit(operation);
  return [...found];
}
