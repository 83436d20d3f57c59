import {
  Kind,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  parse,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type NameNode,
  type StringValueNode,
  type TypeNode,
} from 'graphql';

/** A schema.graphql as the rules see it: types with fields, each knowing its line. */
export type Schema = { file: string; service: string; types: SchemaType[] };

export type SchemaType = Described & {
  kind: 'object' | 'interface' | 'input' | 'enum' | 'union' | 'scalar';
  /** Written as `extend type`: it adds to a type that belongs to somebody else. */
  isExtension: boolean;
  fields: SchemaField[];
  enumValues: Described[];
};

export type SchemaField = Described & {
  /** The innermost type: WorkOrder of [WorkOrder!]!. */
  type: string;
  isNonNull: boolean;
  isList: boolean;
  args: SchemaField[];
};

export type Described = {
  name: string;
  line: number;
  /** The docstring; empty without one. */
  description: string;
  directives: readonly ConstDirectiveNode[];
};

const kinds: Partial<Record<Kind, SchemaType['kind']>> = {
  [Kind.OBJECT_TYPE_DEFINITION]: 'object',
  [Kind.OBJECT_TYPE_EXTENSION]: 'object',
  [Kind.INTERFACE_TYPE_DEFINITION]: 'interface',
  [Kind.INTERFACE_TYPE_EXTENSION]: 'interface',
  [Kind.INPUT_OBJECT_TYPE_DEFINITION]: 'input',
  [Kind.INPUT_OBJECT_TYPE_EXTENSION]: 'input',
  [Kind.ENUM_TYPE_DEFINITION]: 'enum',
  [Kind.ENUM_TYPE_EXTENSION]: 'enum',
  [Kind.UNION_TYPE_DEFINITION]: 'union',
  [Kind.UNION_TYPE_EXTENSION]: 'union',
  [Kind.SCALAR_TYPE_DEFINITION]: 'scalar',
};

export function readSchema(file: string, service: string, sdl: string): Schema {
  return { file, service, types: parse(sdl).definitions.flatMap(typeOf) };
}

function typeOf(node: DefinitionNode): SchemaType[] {
  const kind = kinds[node.kind];
  if (kind === undefined || !(isTypeDefinitionNode(node) || isTypeExtensionNode(node))) return [];
  return [
    {
      ...described(node),
      kind,
      isExtension: node.kind.endsWith('Extension'),
      fields: 'fields' in node ? (node.fields ?? []).map(fieldOf) : [],
      enumValues: 'values' in node ? (node.values ?? []).map(described) : [],
    },
  ];
}

function fieldOf(node: FieldDefinitionNode | InputValueDefinitionNode): SchemaField {
  return {
    ...described(node),
    type: innermost(node.type),
    isNonNull: node.type.kind === Kind.NON_NULL_TYPE,
    isList: isList(node.type),
    args: 'arguments' in node ? (node.arguments ?? []).map(fieldOf) : [],
  };
}

type NamedNode = { name: NameNode; description?: StringValueNode; directives?: readonly ConstDirectiveNode[] };

function described(node: NamedNode): Described {
  return {
    name: node.name.value,
    line: node.name.loc?.startToken.line ?? 1,
    description: node.description?.value ?? '',
    directives: node.directives ?? [],
  };
}

function innermost(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : innermost(type.type);
}

function isList(type: TypeNode): boolean {
  if (type.kind === Kind.LIST_TYPE) return true;
  return type.kind === Kind.NON_NULL_TYPE && isList(type.type);
}

/** The value of a directive's argument as text, null without the directive or the argument. */
export function directiveArgument(of: Described, directive: string, argument: string): string | null {
  const node = of.directives.find(({ name }) => name.value === directive);
  const value = node?.arguments?.find(({ name }) => name.value === argument)?.value;
  if (value === undefined) return null;
  if (value.kind === Kind.STRING || value.kind === Kind.BOOLEAN) return String(value.value);
  return null;
}

export function hasDirective(of: Described, directive: string): boolean {
  return of.directives.some(({ name }) => name.value === directive);
}

export const rootTypes = new Set(['Query', 'Mutation', 'Subscription']);
