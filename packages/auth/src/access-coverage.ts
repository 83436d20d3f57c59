import { isObjectType, isUnionType, type GraphQLObjectType, type GraphQLSchema } from 'graphql';
import type { AccessPolicy, AccessRow } from './access-policy.ts';

/** What federation itself adds to a subgraph; the gateway alone asks for it. */
const federationCoordinates = new Set(['Query._entities', 'Query._service', '_Service.sdl']);

export const isFederationField = (type: string, field: string): boolean =>
  federationCoordinates.has(`${type}.${field}`);

export const objectTypesOf = (schema: GraphQLSchema): GraphQLObjectType[] =>
  Object.values(schema.getTypeMap()).filter(
    (type) => isObjectType(type) && !type.name.startsWith('__'),
  ) as GraphQLObjectType[];

export const rootTypeNames = (schema: GraphQLSchema): Set<string> =>
  new Set(
    [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].flatMap((type) => type?.name ?? []),
  );

export const rowOf = (policy: AccessPolicy, type: string, field: string): AccessRow | undefined =>
  entry(policy, `${type}.${field}`) ?? entry(policy, type);

export const entry = <T>(table: Record<string, T>, key: string): T | undefined =>
  Object.hasOwn(table, key) ? table[key] : undefined;

/** Coordinates of object-type fields that no row covers, in the schema's order. */
export function uncoveredFields(schema: GraphQLSchema, policy: AccessPolicy): string[] {
  return objectTypesOf(schema).flatMap((type) =>
    Object.keys(type.getFields())
      .filter((field) => !isFederationField(type.name, field) && rowOf(policy, type.name, field) === undefined)
      .map((field) => `${type.name}.${field}`),
  );
}

/** Rows that name nothing in the schema: a renamed field would otherwise silently fall back to its type's row. */
export function unknownRows(schema: GraphQLSchema, policy: AccessPolicy): string[] {
  return Object.keys(policy).filter((key) => {
    const [typeName = '', field] = key.split('.');
    const type = schema.getType(typeName);
    if (!isObjectType(type)) return true;
    return field !== undefined && entry(type.getFields(), field) === undefined;
  });
}

/** Types whose rows ask for a relation, though nothing says to whom their objects belong. */
export function subjectless(schema: GraphQLSchema, policy: AccessPolicy, subjectOf: Record<string, unknown>): string[] {
  const roots = rootTypeNames(schema);
  const needing = Object.entries(policy)
    .filter(([, row]) => typeof row !== 'string' && row.some((grant) => grant.relation !== 'tenant'))
    .map(([key]) => key.split('.')[0] ?? key);
  return [...new Set(needing)].filter((type) => !roots.has(type) && entry(subjectOf, type) === undefined);
}

/** Entities that a reference can reach need a row of their own: `_entities` asks for the object before any of its fields. */
export function rowlessEntities(schema: GraphQLSchema, policy: AccessPolicy): string[] {
  return entitiesOf(schema)
    .map((type) => type.name)
    .filter((name) => entry(policy, name) === undefined);
}

/** Rows of `inherit` where nobody holds the object: root fields, and entities that a reference can load. */
export function unheld(schema: GraphQLSchema, policy: AccessPolicy): string[] {
  const roots = [...rootTypeNames(schema)];
  const ofRoots = Object.keys(policy).filter(
    (key) => policy[key] === 'inherit' && roots.includes(key.split('.')[0] ?? ''),
  );
  const ofEntities = entitiesOf(schema).filter(
    (type) => entry(policy, type.name) === 'inherit' && loadsReferences(type),
  );
  return [...ofRoots, ...ofEntities.map((type) => type.name)];
}

function entitiesOf(schema: GraphQLSchema): readonly GraphQLObjectType[] {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes() : [];
}

/** Where @apollo/subgraph keeps a type's `__resolveReference`. */
function loadsReferences(type: GraphQLObjectType): boolean {
  const { apollo } = type.extensions as { apollo?: { subgraph?: { resolveReference?: unknown } } };
  return apollo?.subgraph?.resolveReference !== undefined;
}
