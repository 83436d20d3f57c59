import type { AccessPolicy } from '@steward/auth';
import { newId } from '@steward/core';
import type { Seeded } from '@steward/test-kit';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  isRequiredArgument,
  isRequiredInputField,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from 'graphql';

type Field = GraphQLField<unknown, unknown>;

export const typeOf = (type: GraphQLOutputType): GraphQLObjectType | null => {
  const named = getNamedType(type);
  return isObjectType(named) ? named : null;
};

/** Types without a row of the service's are the shared value types. */
export const isValueType = (policy: AccessPolicy, name: string): boolean => (policy[name] ?? 'inherit') === 'inherit';

export const isConnection = (type: GraphQLObjectType): boolean => type.name.endsWith('Connection');

export const nodeTypeOf = (type: GraphQLObjectType): GraphQLObjectType | null => {
  const nodes = type.getFields()['nodes'];
  return nodes === undefined ? null : typeOf(nodes.type);
};

const deepest = 3;

/** Selections of a table by type: they are asked for at every call. */
const selections = new WeakMap<AccessPolicy, Map<GraphQLOutputType, string>>();

/** What is asked of a field: value types whole, of guarded objects that they are there, of lists their ids and their count. */
export function selectionOf(policy: AccessPolicy, type: GraphQLOutputType): string {
  const known = selections.get(policy) ?? new Map<GraphQLOutputType, string>();
  selections.set(policy, known);
  const selection = known.get(type) ?? newSelection(policy, type, 0);
  known.set(type, selection);
  return selection;
}

function newSelection(policy: AccessPolicy, type: GraphQLOutputType, depth: number): string {
  const object = typeOf(type);
  if (object === null) return '';
  if (isConnection(object)) return connectionSelection(object);
  if (!isValueType(policy, object.name)) return '{ __typename }';
  const fields = Object.values(object.getFields()).filter(
    (field) =>
      policy[`${object.name}.${field.name}`] === undefined && field.args.every((arg) => !isRequiredArgument(arg)),
  );
  const asked = fields.flatMap((field) => {
    const isLeaf = isLeafType(getNamedType(field.type));
    if (!isLeaf && depth >= deepest) return [];
    return [`${field.name} ${isLeaf ? '' : newSelection(policy, field.type, depth + 1)}`];
  });
  return `{ __typename ${asked.join(' ')} }`;
}

function connectionSelection(connection: GraphQLObjectType): string {
  const node = nodeTypeOf(connection);
  const total = connection.getFields()['totalCount'] === undefined ? '' : 'totalCount';
  if (node === null) return `{ __typename ${total} }`;
  if (node.name === 'Change') return `{ ${total} nodes { action reason fields { field from to } } }`;
  const hasId = node.getFields()['id'] !== undefined;
  return `{ ${total} nodes { __typename ${hasId ? 'id' : ''} } }`;
}

const samples: Record<string, unknown> = {
  Int: 1,
  Boolean: true,
  String: 'EXAMPLE',
  LocalDate: '2026-03-02',
  LocalTime: '08:00:00',
  DateTime: '2026-03-03T02:00:00.000Z',
  YearMonth: '2026-03',
  Decimal: '1',
  MinorUnits: 100,
  JSON: 1,
};

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

/**
 * `householdId` is the id of a seeded Household, `shiftId` of a DutyShift, if that is the first type to end so; `id` that
 * of `target`; of what is not seeded an id that nobody has.
 */
export const idsOf =
  ({ rows, communityId }: Seeded, target: string | null): ((name: string) => string) =>
  (name) => {
    if (name === 'communityId') return communityId;
    const type = /^ids?$/.test(name) ? target : capital(name.replace(/Ids?$/, ''));
    const found = rows.find((row) => row.type === type) ?? rows.find((row) => type !== null && row.type.endsWith(type));
    return found?.id ?? newId();
  };

const never = 999_999;

/** An input that says what must be said, and a version that the object never had, where one can be said. */
export function inputOf(type: GraphQLInputType, idOf: (name: string) => string, name = ''): unknown {
  if (isNonNullType(type)) return inputOf(type.ofType, idOf, name);
  if (isListType(type)) return [inputOf(type.ofType, idOf, name)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return type.name === 'ID' ? idOf(name) : (samples[type.name] ?? 'EXAMPLE');
  const fields = Object.values(type.getFields());
  const said = fields.filter((field) => isRequiredInputField(field) || field.name === 'expectedVersion');
  return Object.fromEntries(
    said.map((field) => [field.name, field.name === 'expectedVersion' ? never : inputOf(field.type, idOf, field.name)]),
  );
}

/** Arguments of a field with their variables, so that values need no writing as literals. */
export function argumentsOf(field: Field, idOf: (name: string) => string) {
  const first = field.args.some(({ name }) => name === 'first') ? ['first: 100'] : [];
  const required = field.args.filter((arg) => isRequiredArgument(arg));
  const given = [...first, ...required.map(({ name }) => `${name}: $${name}`)];
  return {
    text: given.length === 0 ? '' : `(${given.join(', ')})`,
    declared:
      required.length === 0 ? '' : `(${required.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ')})`,
    variables: Object.fromEntries(required.map(({ name, type }) => [name, inputOf(type, idOf, name)])),
  };
}
