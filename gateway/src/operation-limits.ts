import {
  Kind,
  parse,
  type DirectiveNode,
  type DocumentNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { RefusalError } from './refusal.ts';

/** What one request may hold. Figures beside what real clients send: introspection nests 13 deep, an import sends 500 rows. */
export const operationLimits = {
  characters: 100_000,
  tokens: 10_000,
  depth: 20,
  aliases: 100,
  directives: 50,
  rootFields: 30,
  /** Fields with every fragment written out where it is spread. */
  fields: 1_000,
  variables: 100,
  variableDepth: 20,
  /** Entries of any one list in the variables or the document. */
  listEntries: 1_000,
} as const;

type Limit = keyof typeof operationLimits;
type Shape = { depth: number; aliases: number; directives: number; fields: number };

const refused = (limit: Limit): RefusalError =>
  new RefusalError(
    { code: 'BAD_USER_INPUT', reason: 'OPERATION_TOO_LARGE', params: { limit, most: operationLimits[limit] } },
    { status: 400 },
  );

function atMost(limit: Limit, found: number): void {
  if (found > operationLimits[limit]) throw refused(limit);
}

/**
 * Refuses a request that is too large to be looked at closely. Runs before validation, whose time grows with the square
 * of what it is given, and itself takes time in proportion to the text: fragments are measured once each.
 */
export function refuseLargeOperation(query: string, variables: unknown): void {
  atMost('characters', query.length);
  refuseLargeVariables(variables);
  const document = parsed(query);
  if (document === undefined) return;
  const measure = measurer(document);
  for (const definition of document.definitions) {
    // Fragments as well: validation looks at those that nothing spreads.
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    const { variableDefinitions = [], selectionSet } = definition;
    atMost('variables', variableDefinitions.length);
    for (const { defaultValue } of variableDefinitions) refuseLargeValue(defaultValue);
    const shape = measure(selectionSet);
    atMost('depth', shape.depth);
    atMost('aliases', shape.aliases);
    const ofVariables = variableDefinitions.flatMap(({ directives = [] }) => directives);
    atMost('directives', shape.directives + directivesOf(definition) + ofVariables.length);
    atMost('fields', shape.fields);
    if (definition.kind === Kind.OPERATION_DEFINITION) atMost('rootFields', selectionSet.selections.length);
  }
}

/** Of how many directives a node has; what they are given has its bounds too. */
function directivesOf({ directives = [] }: { directives?: readonly DirectiveNode[] | undefined }): number {
  for (const { arguments: given = [] } of directives) for (const { value } of given) refuseLargeValue(value);
  return directives.length;
}

/** The bounds of variables hold for what stands in the document itself. */
function refuseLargeValue(value: ValueNode | undefined, depth = 1): void {
  if (value?.kind !== Kind.LIST && value?.kind !== Kind.OBJECT) return;
  atMost('variableDepth', depth);
  if (value.kind === Kind.LIST) atMost('listEntries', value.values.length);
  const within = value.kind === Kind.LIST ? value.values : value.fields.map((field) => field.value);
  for (const entry of within) refuseLargeValue(entry, depth + 1);
}

/** The document, or undefined where the server itself will say what is wrong with the text. */
function parsed(query: string): DocumentNode | undefined {
  try {
    return parse(query, { noLocation: true, maxTokens: operationLimits.tokens });
  } catch (error) {
    if (error instanceof RangeError) throw refused('depth');
    if (String(error).includes('tokens. Parsing aborted')) throw refused('tokens');
    return undefined;
  }
}

/** Selections within selections of any kind, so that measuring never runs out of stack. */
const deepestNesting = 200;

const nothing: Shape = { depth: 0, aliases: 0, directives: 0, fields: 0 };
/** Sums stay finite however often fragments that hold fragments are spread. */
const ceiling = 1_000_000;
const plus = (a: number, b: number): number => Math.min(a + b, ceiling);

const beside = (a: Shape, b: Shape): Shape => ({
  depth: Math.max(a.depth, b.depth),
  aliases: plus(a.aliases, b.aliases),
  directives: plus(a.directives, b.directives),
  fields: plus(a.fields, b.fields),
});

function measurer(document: DocumentNode): (set: SelectionSetNode) => Shape {
  const fragments = new Map(
    document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  );
  const measured = new Map<string, Shape>();
  const fragment = (name: string, nesting: number): Shape => {
    const known = measured.get(name);
    if (known !== undefined) return known;
    // A fragment within itself counts as nothing here: validation refuses it.
    measured.set(name, nothing);
    const set = fragments.get(name)?.selectionSet;
    const shape = set === undefined ? nothing : sum(set, nesting);
    measured.set(name, shape);
    return shape;
  };
  const one = (node: SelectionNode, nesting: number): Shape => {
    if (nesting > deepestNesting) throw refused('depth');
    const directives = directivesOf(node);
    if (node.kind === Kind.FRAGMENT_SPREAD) {
      return beside(fragment(node.name.value, nesting + 1), { ...nothing, directives });
    }
    if (node.kind === Kind.FIELD) for (const { value } of node.arguments ?? []) refuseLargeValue(value);
    const below = node.selectionSet === undefined ? nothing : sum(node.selectionSet, nesting + 1);
    if (node.kind === Kind.INLINE_FRAGMENT) return beside(below, { ...nothing, directives });
    return {
      depth: plus(below.depth, 1),
      aliases: plus(below.aliases, node.alias === undefined ? 0 : 1),
      directives: plus(below.directives, directives),
      fields: plus(below.fields, 1),
    };
  };
  const sum = ({ selections }: SelectionSetNode, nesting = 0): Shape =>
    selections.reduce((total, node) => beside(total, one(node, nesting)), nothing);
  return sum;
}

function refuseLargeVariables(variables: unknown): void {
  if (typeof variables !== 'object' || variables === null) return;
  atMost('variables', Object.keys(variables).length);
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null) return;
    atMost('variableDepth', depth);
    if (Array.isArray(value)) atMost('listEntries', value.length);
    for (const entry of Object.values(value)) visit(entry, depth + 1);
  };
  visit(variables, 1);
}
