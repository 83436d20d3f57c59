import { refuseAll, type Violation } from '@steward/core';
import {
  defaultFieldResolver,
  getNamedType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
} from 'graphql';

import { isMalformedValue } from './errors.ts';
import { uuid } from './loaders.ts';

/** Whether an id can stand anywhere in a value of the type. */
function holdsId(type: GraphQLInputType, above: readonly GraphQLInputType[] = []): boolean {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return named.name === 'ID';
  if (above.includes(named)) return false;
  return Object.values(named.getFields()).some((field) => holdsId(field.type, [...above, named]));
}

/** Adds a violation for each id in the value that is none, with its place: `input.lines[2].unitId`. */
function findMalformed(type: GraphQLInputType, value: unknown, path: string, found: Violation[]): void {
  if (value === null || value === undefined) return;
  if (isNonNullType(type)) return findMalformed(type.ofType, value, path, found);
  if (isListType(type)) {
    const { ofType } = type;
    if (Array.isArray(value)) value.forEach((one, index) => findMalformed(ofType, one, `${path}[${index}]`, found));
    return;
  }
  if (isInputObjectType(type)) {
    const given = value as Record<string, unknown>;
    for (const field of Object.values(type.getFields())) {
      findMalformed(field.type, given[field.name], `${path}.${field.name}`, found);
    }
  } else if (type.name === 'ID' && !(typeof value === 'string' && uuid.test(value))) {
    found.push({ path, reason: 'VALUE_MALFORMED' });
  }
}

/**
 * Every id of this platform is a UUID. Where a statement was refused because a value did not fit, the ids that cannot
 * have fitted are named with their places; commands that look at ids themselves have refused before that.
 */
export function nameMalformedIds(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const withIds = field.args.filter((argument) => holdsId(argument.type));
      if (withIds.length === 0) continue;
      const resolve = field.resolve ?? defaultFieldResolver;
      field.resolve = async (parent, args: Record<string, unknown>, ctx, info): Promise<unknown> => {
        try {
          return await resolve(parent, args, ctx, info);
        } catch (error) {
          if (!isMalformedValue(error)) throw error;
          const found: Violation[] = [];
          for (const each of withIds) findMalformed(each.type, args[each.name], each.name, found);
          if (found.length > 0) refuseAll(found);
          throw error;
        }
      };
    }
  }
}
