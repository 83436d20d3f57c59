import { newId } from '@steward/core';
import type { SeededRow } from '@steward/test-kit';
import { getNamedType, isInputObjectType, type GraphQLField, type GraphQLObjectType } from 'graphql';

import { argumentsOf, idsOf, selectionOf, typeOf } from './documents.ts';
import { lets, letsAsk, standingTo, type Standing } from './oracle.ts';
import { codesOf, fail, toldBy, type Answer, type Asked, type Judged, type Tally } from './tally.ts';
import type { Cell } from './viewers.ts';

type Field = GraphQLField<unknown, unknown>;

export const mutationsOf = ({ schema }: Judged): Field[] => Object.values(schema.getMutationType()?.getFields() ?? {});

const typesIn = (type: GraphQLObjectType | null): GraphQLObjectType[] =>
  Object.values(type?.getFields() ?? {}).flatMap((field) => typeOf(field.type) ?? []);

/** Whether a mutation changes many at once: what it answers lies one step deeper then, one row for each. */
const isOfMany = ({ args }: Field): boolean =>
  args.some((arg) => {
    const input = getNamedType(arg.type);
    return isInputObjectType(input) && input.getFields()['ids'] !== undefined;
  });

/** The seeded object that a mutation is asked to change: of the type that it answers. */
export function targetOf({ home, policy }: Judged, field: Field): SeededRow | null {
  const direct = typesIn(typeOf(field.type));
  const answered = [...direct, ...(isOfMany(field) ? direct.flatMap(typesIn) : [])].map(({ name }) => name);
  const guarded = answered.find((type) => policy[type] !== undefined && policy[type] !== 'inherit');
  return home.rows.find(({ type }) => type === guarded) ?? null;
}

async function run(judged: Judged, field: Field, cell: Cell, idOf: (name: string) => string): Promise<Asked> {
  const { text, declared, variables } = argumentsOf(field, idOf);
  const document = `mutation ${declared} { ${field.name}${text} ${selectionOf(judged.policy, field.type)} }`;
  const answer: Answer = await judged.service.graphql(cell.viewer, document, variables);
  return { variables, answer };
}

/** Refusals that tell nothing of what is there: of access, of absence, and of the input alone. */
const silent = new Set(['FORBIDDEN', 'NOT_FOUND', 'BAD_USER_INPUT']);

/** Mutations of many rows answer each with its own refusal. */
function refusalsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { refusal } = value as { refusal?: { code: string } | null };
  return [...(refusal == null ? [] : [refusal.code]), ...Object.values(value).flatMap(refusalsIn)];
}

function judgeDenied(judged: Judged, field: Field, cell: Cell, tally: Tally, answer: Answer): void {
  const refused = (answer.errors ?? []).map(({ extensions }) => extensions.code);
  const codes = refused.length > 0 ? refused : refusalsIn(answer.data);
  if (codes.length === 1 && silent.has(codes[0] ?? '')) return;
  const where = `Mutation.${field.name}`;
  const what = codes.length === 0 ? 'is carried out' : `tells of the object: ${codes.join(' ')}`;
  fail(tally, judged, where, cell, what);
}

/** Where a viewer stands to what a mutation changes. */
function standingIn(judged: Judged, field: Field, { viewer }: Cell): Standing {
  const standing = standingTo(targetOf(judged, field), judged.home, viewer);
  const isForThemselves = viewer.actor === 'person' && judged.forThemselves.includes(field.name);
  return standing === 'community' && isForThemselves ? 'own' : standing;
}

/** Whether the table lets a viewer carry a mutation out, so that it may change something. */
export function mayCarryOut(judged: Judged, field: Field, cell: Cell): boolean {
  const row = judged.policy[`Mutation.${field.name}`];
  return lets(row, cell.role, standingIn(judged, field, cell)) || lets(row, cell.role, 'elsewhere');
}

/** One mutation on the seeded objects for one viewer: refused where its row says so, and never in a telling way. */
export async function judgeMutation(judged: Judged, field: Field, cell: Cell, tally: Tally): Promise<void> {
  const where = `Mutation.${field.name}`;
  const target = targetOf(judged, field);
  const row = judged.policy[where];
  const asked = await run(judged, field, cell, idsOf(judged.home, target?.type ?? null));
  const { answer } = asked;
  const told = codesOf(answer.errors ?? []);
  tally.cells += 1;
  if (told.includes('INTERNAL')) fail(tally, judged, where, cell, told);
  if (!letsAsk(row, cell.role)) {
    if (told !== 'FORBIDDEN/ACCESS_DENIED') fail(tally, judged, where, cell, `should be denied: ${told}`);
    return;
  }
  const standing = standingIn(judged, field, cell);
  if (lets(row, cell.role, standing)) {
    if (told.includes('ACCESS_DENIED') && !judged.narrowed.includes(field.name))
      fail(tally, judged, where, cell, 'is denied to who may');
    return;
  }
  // What is entered anew for a whole company names nothing of another one.
  const isOfCompany = lets(row, cell.role, 'elsewhere');
  if (isOfCompany) return;
  judgeDenied(judged, field, cell, tally, answer);
  if (standing !== 'elsewhere' && standing !== 'foreign') return;
  const absent = await run(judged, field, cell, () => newId());
  const toldOfAbsent = codesOf(absent.answer.errors ?? []);
  if (toldBy(absent) !== toldBy(asked))
    fail(tally, judged, where, cell, `differs from what does not exist: ${told} / ${toldOfAbsent}`);
}
