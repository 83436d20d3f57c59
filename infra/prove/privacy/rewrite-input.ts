import { buildServiceSchema, type ServiceDefinition } from '@steward/service-kit';
import {
  getNamedType,
  isInputObjectType,
  Kind,
  parse,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  type TypeNode,
} from 'graphql';

import { soundsPersonal } from '../../lint/schema/personal-names.ts';
import { marked, markedIdentity, markedPhone, type Markers } from './markers.ts';

const nameOf = (node: TypeNode): string => (node.kind === Kind.NAMED_TYPE ? node.name.value : nameOf(node.type));

const isPersonal = (type: GraphQLInputObjectType, field: string): boolean =>
  type.getFields()[field]?.astNode?.directives?.some(({ name }) => name.value === 'pii') ?? false;

/** Of what is not marked as personal; where such a value lies in clear is told. */
const isFreeText = (type: GraphQLInputType, name: string): boolean =>
  getNamedType(type).name === 'String' && soundsPersonal(name);

/** Inputs that look as if they took something about people and do not say so. */
export function unmarkedInputs(schema: GraphQLSchema): string[] {
  return Object.values(schema.getTypeMap())
    .filter(isInputObjectType)
    .flatMap((type) =>
      Object.values(type.getFields())
        .filter((field) => isFreeText(field.type, field.name))
        .filter((field) => !isPersonal(type, field.name))
        .map((field) => `${type.name}.${field.name}`),
    );
}

/** Puts a marked value in the place of every personal one that a mutation sends, as the schema's `@pii` names them. */
export function rewriterOf(definition: ServiceDefinition, markers: Markers) {
  const schema = buildServiceSchema(definition);
  const state = { serial: 0, marked: 0 };
  const suspects: string[] = [];
  const suspect = (coordinate: string, text: string): string => {
    if (!suspects.includes(coordinate)) suspects.push(coordinate);
    return `${text}${markers.suspect}${suspects.indexOf(coordinate)}.`;
  };
  const replace = (field: string, text: string): string => {
    state.marked += 1;
    state.serial += 1;
    if (/phone/i.test(field)) return markedPhone(markers, state.serial);
    if (/identityNumber/i.test(field)) return markedIdentity(markers, state.serial);
    return marked(markers, text);
  };
  const walk = (type: GraphQLInputType, value: unknown): unknown => {
    const named = getNamedType(type);
    if (Array.isArray(value)) return value.map((each) => walk(type, each));
    if (!isInputObjectType(named) || typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]: [string, unknown]) => {
        const field = named.getFields()[key];
        // A date has no room for a mark.
        const isDate = field !== undefined && getNamedType(field.type).name === 'LocalDate';
        if (typeof inner === 'string' && !isDate && isPersonal(named, key)) return [key, replace(key, inner)];
        if (typeof inner === 'string' && field !== undefined && isFreeText(field.type, key))
          return [key, suspect(`${named.name}.${key}`, inner)];
        return [key, field === undefined ? inner : walk(field.type, inner)];
      }),
    );
  };
  const rewrite = (document: string, variables: object): object => {
    const [operation] = parse(document).definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return variables;
    const types = new Map(
      (operation.variableDefinitions ?? []).map(({ variable, type }) => [variable.name.value, nameOf(type)]),
    );
    return Object.fromEntries(
      Object.entries(variables).map(([name, value]: [string, unknown]) => {
        const type = schema.getType(types.get(name) ?? '');
        return [name, isInputObjectType(type) ? walk(type, value) : value];
      }),
    );
  };
  return { rewrite, schema, suspects, count: () => state.marked };
}
