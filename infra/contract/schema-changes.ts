import { isDeepStrictEqual } from 'node:util';

import { variantsOf, type JsonSchema } from './event-schemas.ts';

/**
 * How a schema changed in one place. Loosened: what is published from now on may not fit the schema that a consumer
 * was deployed with. Anything else hurts whoever reads the fact, the log from version 1 on included.
 */
export type SchemaChange = { path: string; what: string; isLoosened: boolean };

const lowerBounds = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upperBounds = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const annotations = ['$schema', '$id', 'title', 'description', 'examples', 'deprecated'];
/** Looked into one by one; every other keyword must stay as it is. */
const treated = [
  ...lowerBounds,
  ...upperBounds,
  ...annotations,
  'type',
  'properties',
  'required',
  'items',
  'anyOf',
  'enum',
  'const',
  'additionalProperties',
  'propertyNames',
];

const show = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** What decides whether two schemas can be compared at all. */
const kindOf = (schema: JsonSchema): string =>
  typeof schema.type === 'string' ? schema.type : show(schema.const ?? schema.enum);

/** What accepted consumers read by `before` and publishers now write by `after`. No change: an empty list. */
export function schemaChanges(before: JsonSchema, after: JsonSchema, path = 'data'): SchemaChange[] {
  const [old, fresh] = [variantsOf(before), variantsOf(after)];
  if (old.length === 1 && fresh.length === 1) return variantChanges(old[0] ?? {}, fresh[0] ?? {}, path);
  const same = (list: JsonSchema[], one: JsonSchema): boolean => list.some((each) => isSame(each, one));
  const left = old.filter((each) => !same(fresh, each));
  const come = fresh.filter((each) => !same(old, each));
  const changes: SchemaChange[] = [];
  for (const variant of left) {
    const at = come.findIndex((each) => kindOf(each) === kindOf(variant));
    const [partner] = at < 0 ? [] : come.splice(at, 1);
    if (partner === undefined) changes.push(tightened(path, `no longer may be ${kindOf(variant)}`));
    else changes.push(...variantChanges(variant, partner, path));
  }
  return [...changes, ...come.map((each) => loosened(path, `may be ${kindOf(each)} as well`))];
}

const tightened = (path: string, what: string): SchemaChange => ({ path, what, isLoosened: false });
const loosened = (path: string, what: string): SchemaChange => ({ path, what, isLoosened: true });

function isSame(one: JsonSchema, other: JsonSchema): boolean {
  return (
    isDeepStrictEqual(one, other) || (kindOf(one) === kindOf(other) && variantChanges(one, other, '').length === 0)
  );
}

function variantChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  if (kindOf(before) !== kindOf(after)) {
    return [tightened(path, `changed from ${kindOf(before)} to ${kindOf(after)}`)];
  }
  return [
    ...valueChanges(before, after, path),
    ...boundChanges(before, after, path),
    ...otherChanges(before, after, path),
    ...propertyChanges(before, after, path),
    ...(['items', 'additionalProperties', 'propertyNames'] as const).flatMap((keyword) =>
      partChanges(before[keyword], after[keyword], `${path}[${keyword === 'items' ? '' : keyword}]`),
    ),
  ];
}

function valueChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  const valuesOf = ({ const: only, enum: some }: JsonSchema): unknown[] | undefined =>
    some ?? (only === undefined ? undefined : [only]);
  const [old, fresh] = [valuesOf(before), valuesOf(after)];
  if (old === undefined && fresh === undefined) return [];
  if (old === undefined) return [tightened(path, `may only be ${(fresh ?? []).map(show).join(', ')}`)];
  if (fresh === undefined) return [loosened(path, 'may be any value')];
  return [
    ...old.filter((each) => !fresh.includes(each)).map((each) => tightened(path, `no longer may be ${show(each)}`)),
    ...fresh.filter((each) => !old.includes(each)).map((each) => loosened(path, `may be ${show(each)} as well`)),
  ];
}

function boundChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  const compare = (keyword: string, sign: 1 | -1): SchemaChange[] => {
    const [old, fresh] = [boundOf(before, keyword, sign), boundOf(after, keyword, sign)];
    if (old === fresh) return [];
    const what = `has ${keyword} ${show(after[keyword])} instead of ${show(before[keyword])}`;
    return [(fresh - old) * sign > 0 ? tightened(path, what) : loosened(path, what)];
  };
  return [...lowerBounds.flatMap((each) => compare(each, 1)), ...upperBounds.flatMap((each) => compare(each, -1))];
}

const boundOf = (schema: JsonSchema, keyword: string, sign: 1 | -1): number => {
  const bound = schema[keyword];
  return typeof bound === 'number' ? bound : -sign * Infinity;
};

function otherChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  const keywords = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (each) => !treated.includes(each),
  );
  return keywords.flatMap((keyword) => {
    const [old, fresh] = [before[keyword], after[keyword]];
    if (isDeepStrictEqual(old, fresh)) return [];
    const what = `has ${keyword} ${show(fresh)} instead of ${show(old)}`;
    return [fresh === undefined ? loosened(path, what) : tightened(path, what)];
  });
}

function propertyChanges(before: JsonSchema, after: JsonSchema, path: string): SchemaChange[] {
  const [old, fresh] = [before.properties ?? {}, after.properties ?? {}];
  const isRequired = (schema: JsonSchema, name: string): boolean => schema.required?.includes(name) ?? false;
  const kept = Object.entries(old).flatMap(([name, schema]) => {
    const [at, now] = [`${path}.${name}`, fresh[name]];
    if (now === undefined) return [tightened(at, 'was removed')];
    const changes = schemaChanges(schema, now, at);
    if (isRequired(before, name) === isRequired(after, name)) return changes;
    const required = isRequired(after, name) ? tightened(at, 'became required') : loosened(at, 'became optional');
    return [required, ...changes];
  });
  const added = Object.keys(fresh).filter((name) => !(name in old) && isRequired(after, name));
  return [...kept, ...added.map((name) => tightened(`${path}.${name}`, 'was added as required'))];
}

type Part = boolean | JsonSchema | undefined;

/** What must hold for each item, each other field or each field's name; none means that anything goes. */
function partChanges(before: Part, after: Part, path: string): SchemaChange[] {
  const whole = (part: Part): JsonSchema | boolean => part ?? true;
  const [old, fresh] = [whole(before), whole(after)];
  if (isDeepStrictEqual(old, fresh)) return [];
  if (typeof old === 'object' && typeof fresh === 'object') return schemaChanges(old, fresh, path);
  if (old === true || fresh === false) return [tightened(path, 'is restricted')];
  return [loosened(path, 'is no longer restricted')];
}
