import type { SeededRow } from '@steward/test-kit';
import { isNonNullType, isObjectType, isRequiredArgument, type GraphQLField, type GraphQLObjectType } from 'graphql';

import { argumentsOf, isConnection, selectionOf, typeOf } from './documents.ts';
import { judgeList } from './judge-lists.ts';
import { lets, rowOfField, standingTo, type Standing } from './oracle.ts';
import { codesOf, errorsUnder, fail, type Answer, type Judged, type Tally } from './tally.ts';
import type { Cell } from './viewers.ts';

type Field = GraphQLField<unknown, unknown>;
type Asked = { judged: Judged; row: SeededRow; cell: Cell; standing: Standing; tally: Tally };

const aliasOf = (index: number): string => `f${index}`;

/** Fields that can be asked of an object without knowing more than it. */
export const readFields = (type: GraphQLObjectType): Field[] =>
  Object.values(type.getFields()).filter(({ args }) => args.every((arg) => !isRequiredArgument(arg)));

/** One request for all fields of an object, each under an alias, so that what one refuses takes no other one along. */
function documentOf({ policy }: Judged, type: GraphQLObjectType, fields: readonly Field[]): string {
  const asked = fields.map((field, index) => {
    const { text } = argumentsOf(field, () => '');
    const inner = `${field.name}${text} ${selectionOf(policy, field.type)}`;
    return `${aliasOf(index)}: _entities(representations: $of) { ... on ${type.name} { ${inner} } }`;
  });
  return `query ($of: [_Any!]!) { ${asked.join('\n')} }`;
}

type HistoryEntry = { fields: { field: string; from: string | null; to: string | null }[] };

/** What a field's row hides, the history does not tell. */
function judgeHistory({ judged, row, cell, standing, tally }: Asked, value: unknown): void {
  const isMasked = (text: string | null): boolean => text === null || text === '***';
  for (const { fields } of (value as { nodes: HistoryEntry[] }).nodes) {
    for (const { field, from, to } of fields) {
      const coordinate = `${row.type}.${field}`;
      const own = judged.policy[coordinate];
      if (own !== undefined && !lets(own, cell.role, standing) && !(isMasked(from) && isMasked(to)))
        fail(tally, judged, `${row.type}.history`, cell, `tells ${coordinate}`);
    }
  }
}

type Action = { action: string; allowed: boolean; refusal: { code: string; reason: string } | null };

/** The list of what may be done says no where the mutation's row does, and for no other reason then. */
function judgeActions({ judged, row, cell, standing, tally }: Asked, value: unknown): void {
  for (const { action, allowed, refusal } of value as Action[]) {
    const where = `${row.type}.availableActions/${action}`;
    const may = lets(judged.policy[`Mutation.${action}`], cell.role, standing);
    tally.cells += 1;
    if (!may && (allowed || refusal?.code !== 'FORBIDDEN')) fail(tally, judged, where, cell, 'is offered or told of');
    if (may && refusal?.reason === 'ACCESS_DENIED') fail(tally, judged, where, cell, 'is denied to who may');
  }
}

function judgeValue(asked: Asked, field: Field, value: unknown): void {
  const { judged, row, cell, tally } = asked;
  const coordinate = `${row.type}.${field.name}`;
  if (judged.policy[coordinate] !== undefined && value !== null) tally.met.set(coordinate, true);
  if (value === null || value === undefined) return;
  const object = typeOf(field.type);
  if (field.name === 'availableActions') judgeActions(asked, value);
  else if (field.name === 'history') judgeHistory(asked, value);
  else if (object !== null && isConnection(object)) judgeList(judged, coordinate, cell, tally, value);
}

/** A stub echoes its key; what hangs below another company's is refused or empty. */
const isEmpty = (value: unknown): boolean =>
  value === null || value === undefined || (value as { totalCount?: number }).totalCount === 0;

function judgeField(asked: Asked, field: Field, alias: string, answer: Answer): void {
  const { judged, row, cell, standing, tally } = asked;
  const { policy } = judged;
  const coordinate = `${row.type}.${field.name}`;
  const errors = errorsUnder(answer, alias);
  const [entity] = (answer.data?.[alias] ?? []) as (Record<string, unknown> | null)[];
  const value = entity?.[field.name];
  const isStub = policy[row.type] === 'inherit';
  tally.cells += 1;
  if (policy[coordinate] !== undefined && !tally.met.has(coordinate)) tally.met.set(coordinate, false);
  if (isStub && policy[coordinate] === undefined) return;
  if (isStub && standing === 'foreign') {
    if (!isEmpty(value)) fail(tally, judged, coordinate, cell, 'shows something of another company');
    return;
  }
  if (!isStub && !lets(policy[row.type], cell.role, standing)) {
    if (entity !== null || errors.length > 0) fail(tally, judged, coordinate, cell, `exists: ${codesOf(errors)}`);
    return;
  }
  if (lets(rowOfField(policy, row.type, field.name), cell.role, standing)) {
    if (errors.length > 0) fail(tally, judged, coordinate, cell, `should be readable: ${codesOf(errors)}`);
    else judgeValue(asked, field, value);
    return;
  }
  const hides = policy[coordinate] !== undefined && !isNonNullType(field.type);
  const isRefused = codesOf(errors) === 'FORBIDDEN/ACCESS_DENIED' && (value === null || value === undefined);
  const isHidden = errors.length === 0 && value === null;
  if (hides ? !isHidden : !isRefused) fail(tally, judged, coordinate, cell, `should be denied: ${codesOf(errors)}`);
}

const documents = new WeakMap<GraphQLObjectType, string>();

/** The document that asks for every field of objects of a type; its variable `of` takes the references. */
export function rowDocument(judged: Judged, type: GraphQLObjectType): string {
  const document = documents.get(type) ?? documentOf(judged, type, readFields(type));
  documents.set(type, document);
  return document;
}

/** Every field of an object for one viewer, by reference as the gateway asks. */
export async function judgeRow(judged: Judged, row: SeededRow, cell: Cell, tally: Tally): Promise<void> {
  const type = judged.schema.getType(row.type);
  if (!isObjectType(type)) throw new TypeError(`the seed's ${row.type} is no type of ${judged.name}`);
  const of = [{ __typename: type.name, id: row.id }];
  const answer: Answer = await judged.service.graphql(cell.viewer, rowDocument(judged, type), { of });
  const asked = { judged, row, cell, tally, standing: standingTo(row, judged.home, cell.viewer) };
  readFields(type).forEach((field, index) => judgeField(asked, field, aliasOf(index), answer));
}
