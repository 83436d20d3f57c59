import { newId } from '@steward/core';
import type { SeededRow } from '@steward/test-kit';
import type { GraphQLField } from 'graphql';

import { argumentsOf, idsOf, selectionOf, typeOf } from './documents.ts';
import { lets, letsAsk, standingTo } from './oracle.ts';
import { codesOf, fail, toldBy, type Answer, type Judged, type Tally } from './tally.ts';
import type { Cell } from './viewers.ts';

type Field = GraphQLField<unknown, unknown>;

export const mutationsOf = ({ schema }: Judged): Field[] => Object.values(schema.getMutationType()?.getFields() ?? {});

/** The seeded object that a mutation is asked to change: of the type that it answers. */
export function targetOf({ home, policy }: Judged, field: Field): SeededRow | null {
  const answered = Object.values(typeOf(field.type)?.getFields() ?? {}).map(({ type }) => typeOf(type)?.name ?? '');
  const guarded = answered.find((type) => policy[type] !== undefined && policy[type] !== 'inherit');
  return home.rows.find(({ type }) => type === guarded) ?? null;
}

async function run(judged: Judged, field: Field, cell: Cell, idOf: (name: string) => string): Promise<Answer> {
  const { text, declared, variables } = argumentsOf(field, idOf);
  const document = `mutation ${declared} { ${field.name}${text} ${selectionOf(judged.policy, field.type)} }`;
  return judged.service.graphql<Record<string, unknown> | null>(cell.viewer, document, variables);
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

/** One mutation on the seeded objects for one viewer: refused where its row says so, and never in a telling way. */
export async function judgeMutation(judged: Judged, field: Field, cell: Cell, tally: Tally): Promise<void> {
  const where = `Mutation.${field.name}`;
  const target = targetOf(judged, field);
  const row = judged.policy[where];
  const answer = await run(judged, field, cell, idsOf(judged.home, target?.type ?? null));
  const told = codesOf(answer.errors ?? []);
  tally.cells += 1;
  if (told.includes('INTERNAL')) fail(tally, judged, where, cell, told);
  if (!letsAsk(row, cell.role)) {
    if (told !== 'FORBIDDEN/ACCESS_DENIED') fail(tally, judged, where, cell, `should be denied: ${told}`);
    return;
  }
  const standing = standingTo(target, judged.home, cell.viewer);
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
  if (toldBy(absent) !== toldBy(answer)) fail(tally, judged, where, cell, `differs from what does not exist: ${told}`);
}
