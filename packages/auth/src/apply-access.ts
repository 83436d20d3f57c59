import { DomainError } from '@steward/core';
import {
  defaultFieldResolver,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLSchema,
} from 'graphql';
import {
  isFederationField,
  objectTypesOf,
  entry,
  rootTypeNames,
  rowlessEntities,
  rowOf,
  subjectless,
  uncoveredFields,
  unheld,
  unknownRows,
} from './access-coverage.ts';
import { AccessTableError } from './access-table-error.ts';
import { allows, hasRole, type AccessPolicy, type AccessRow, type Own, type Subject } from './access-policy.ts';
import type { Viewer } from './viewer.ts';

type MaybePromise<T> = T | Promise<T>;

/** To whom an object belongs, by type name. May load (a command answers `{ id }` only); null when the object is gone. */
export type SubjectOf = Record<string, (row: never, ctx: never) => MaybePromise<Subject | null>>;

export type AccessContext = { viewer: Viewer };
/** The viewer's households at `now`; called only where they decide. Remembering the answer is the caller's. */
export type OwnOf<C extends AccessContext> = (ctx: C) => Promise<{ householdIds: string[] }>;

type Rules<C extends AccessContext> = { policy: AccessPolicy; subjectOf: SubjectOf; ownOf: OwnOf<C> };
type Resolver<C> = GraphQLFieldResolver<unknown, C>;

const noHouseholds: Own = { householdIds: [] };

/**
 * Puts the access table in front of every resolver of a built schema, in place, and returns the schema.
 * Throws, listing everything that is wrong at once, when a field has no row or a row can not be judged.
 */
export function applyAccess<C extends AccessContext>(
  schema: GraphQLSchema,
  policy: AccessPolicy,
  subjectOf: SubjectOf,
  ownOf: OwnOf<C>,
): GraphQLSchema {
  refuseBadTable(schema, policy, subjectOf);
  const rules: Rules<C> = { policy, subjectOf, ownOf };
  const roots = rootTypeNames(schema);
  for (const type of objectTypesOf(schema)) {
    for (const field of Object.values(type.getFields())) {
      if (roots.has(type.name)) guardRootField(type, field as GraphQLField<unknown, C>, rules);
      else guardField(type, field as GraphQLField<unknown, C>, rules);
    }
  }
  return schema;
}

function refuseBadTable(schema: GraphQLSchema, policy: AccessPolicy, subjectOf: SubjectOf): void {
  const faults: AccessTableError['faults'] = [
    { fault: 'FIELD_UNCOVERED', names: uncoveredFields(schema, policy) },
    { fault: 'ENTITY_WITHOUT_ROW', names: rowlessEntities(schema, policy) },
    { fault: 'ROW_WITHOUT_FIELD', names: unknownRows(schema, policy) },
    { fault: 'RELATION_WITHOUT_SUBJECT', names: subjectless(schema, policy, subjectOf) },
    { fault: 'INHERITED_FROM_NOBODY', names: unheld(schema, policy) },
  ];
  const found = faults.filter(({ names }) => names.length > 0);
  if (found.length > 0) throw new AccessTableError(found);
}

function guardRootField<C extends AccessContext>(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, C>,
  rules: Rules<C>,
) {
  if (isFederationField(type.name, field.name)) {
    if (field.name === '_entities') guardEntities(field, rules);
    return;
  }
  const row = rowOf(rules.policy, type.name, field.name) ?? 'nobody';
  const guard =
    (resolve: Resolver<C>): Resolver<C> =>
    (source, args, ctx, info) => {
      if (!mayAsk(row, viewerOf(ctx))) throw denied();
      return resolve(source, args, ctx, info);
    };
  field.resolve = hidingInvisible(field, guard(field.resolve ?? defaultFieldResolver), rules);
  if (field.subscribe !== undefined) field.subscribe = guard(field.subscribe);
}

/**
 * A look-up (`workOrder(id)`) of what the viewer may not see answers null, exactly as one of what does not exist: a
 * nullable root field whose type has grants of its own.
 */
function hidingInvisible<C extends AccessContext>(
  field: GraphQLField<unknown, C>,
  resolve: Resolver<C>,
  rules: Rules<C>,
): Resolver<C> {
  if (!isObjectType(field.type)) return resolve;
  const { name } = field.type;
  const row = entry(rules.policy, name);
  if (row === undefined || typeof row === 'string') return resolve;
  return async (source, args, ctx, info) => {
    const found: unknown = await resolve(source, args, ctx, info);
    if (found === null || found === undefined) return null;
    return (await maySee(row, name, found, ctx, rules)) ? found : null;
  };
}

/** Root fields are judged by role alone: the object is not known yet. The command, or the list's filter, judges the rest. */
function mayAsk(row: AccessRow, viewer: Viewer): boolean {
  if (viewer.actor === 'system') return true;
  if (typeof row === 'string') return row === 'authenticated';
  return row.some((grant) => hasRole(grant, viewer));
}

function guardField<C extends AccessContext>(
  type: GraphQLObjectType,
  field: GraphQLField<unknown, C>,
  rules: Rules<C>,
) {
  const row = rowOf(rules.policy, type.name, field.name) ?? 'nobody';
  if (row === 'inherit' || isFederationField(type.name, field.name)) return;
  const resolve: Resolver<C> = field.resolve ?? defaultFieldResolver;
  const hides = entry(rules.policy, `${type.name}.${field.name}`) !== undefined && !isNonNullType(field.type);
  // Rejected, never thrown: where one item of a non-null list throws at once, graphql-js drops the promises of its
  // neighbours, and when one of those rejects nobody listens, which ends the process.
  const refuse = (): null | Promise<never> => (hides ? null : Promise.reject(denied()));
  field.resolve = (source, args, ctx, info) => {
    const visible = maySee(row, type.name, source, ctx, rules);
    if (visible === true) return resolve(source, args, ctx, info);
    if (visible === false) return refuse();
    return visible.then((yes) => (yes ? resolve(source, args, ctx, info) : refuse()));
  };
}

/** A reference to what the viewer may not see answers null, exactly as one to what does not exist. */
function guardEntities<C extends AccessContext>(field: GraphQLField<unknown, C>, rules: Rules<C>): void {
  const resolve: Resolver<C> = field.resolve ?? defaultFieldResolver;
  const guard = async (entity: unknown, ctx: C): Promise<unknown> => {
    const loaded: unknown = await entity;
    if (typeof loaded !== 'object' || loaded === null || loaded instanceof Error) return loaded ?? null;
    const { __typename: type } = loaded as { __typename?: unknown };
    const row = typeof type === 'string' ? (entry(rules.policy, type) ?? 'nobody') : 'nobody';
    // Without a reference resolver an entity is an echo of its key; its fields are guarded one by one.
    if (row === 'inherit') return loaded;
    return (await maySee(row, String(type), loaded, ctx, rules)) ? loaded : null;
  };
  field.resolve = async (source, args, ctx, info) => {
    const entities = (await resolve(source, args, ctx, info)) as unknown[];
    return entities.map((entity) => guard(entity, ctx));
  };
}

/** One decision per request, object and row, so that twenty fields of an object cost one look. */
const decisions = new WeakMap<object, WeakMap<object, Map<AccessRow, MaybePromise<boolean>>>>();

function maySee<C extends AccessContext>(row: AccessRow, type: string, source: unknown, ctx: C, rules: Rules<C>) {
  const viewer = viewerOf(ctx);
  if (viewer.actor === 'system' || row === 'authenticated') return true;
  if (typeof row === 'string') return false;
  if (typeof source !== 'object' || source === null) return judge(row, viewer, type, source, ctx, rules);
  const ofRequest = decisions.get(ctx) ?? new WeakMap<object, Map<AccessRow, MaybePromise<boolean>>>();
  decisions.set(ctx, ofRequest);
  const ofObject = ofRequest.get(source) ?? new Map<AccessRow, MaybePromise<boolean>>();
  ofRequest.set(source, ofObject);
  const decision = ofObject.get(row) ?? judge(row, viewer, type, source, ctx, rules);
  ofObject.set(row, decision);
  return decision;
}

function judge<C extends AccessContext>(
  row: Exclude<AccessRow, string>,
  viewer: Viewer,
  type: string,
  source: unknown,
  ctx: C,
  { subjectOf, ownOf }: Rules<C>,
): MaybePromise<boolean> {
  const grants = row.filter((grant) => hasRole(grant, viewer));
  if (grants.length === 0) return false;
  const decide = (subject: Subject | null): MaybePromise<boolean> => {
    if (allows(grants, viewer, subject, noHouseholds)) return true;
    const byHousehold = grants.some((grant) => grant.relation === 'own') && (subject?.householdIds ?? []).length > 0;
    return byHousehold ? ownOf(ctx).then((own) => allows(grants, viewer, subject, own)) : false;
  };
  if (allows(grants, viewer, null, noHouseholds)) return true;
  const find = entry(subjectOf, type);
  const subject = find === undefined ? null : find(source as never, ctx as never);
  return subject instanceof Promise ? subject.then(decide) : decide(subject);
}

function viewerOf(ctx: AccessContext): Viewer {
  const { viewer } = ctx as Partial<AccessContext>;
  if (viewer === undefined) throw new DomainError('UNAUTHENTICATED', 'IDENTITY_REQUIRED');
  return viewer;
}

const denied = (): DomainError => new DomainError('FORBIDDEN', 'ACCESS_DENIED');
