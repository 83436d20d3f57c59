import { isObjectType, isRequiredArgument, type GraphQLField } from 'graphql';
import { newId } from '@steward/core';

import { argumentsOf, idsOf, isConnection, selectionOf, typeOf } from './documents.ts';
import { countsIn, judgeList } from './judge-lists.ts';
import { lets, letsAsk, standingTo } from './oracle.ts';
import { codesOf, fail, toldBy, type Answer, type Asked, type Judged, type Tally } from './tally.ts';
import type { Cell } from './viewers.ts';

type Field = GraphQLField<unknown, unknown>;

export const queriesOf = ({ schema }: Judged): Field[] =>
  Object.values(schema.getQueryType()?.getFields() ?? {}).filter(({ name }) => !name.startsWith('_'));

async function ask(judged: Judged, field: Field, cell: Cell, idOf: (name: string) => string): Promise<Asked> {
  const { text, declared, variables } = argumentsOf(field, idOf);
  const document = `query ${declared} { ${field.name}${text} ${selectionOf(judged.policy, field.type)} }`;
  const answer: Answer = await judged.service.graphql(cell.viewer, document, variables);
  return { variables, answer };
}

/** `workOrder(id)`: there for who may see it, and for nobody else any different from what does not exist. */
function judgeLookUp(judged: Judged, field: Field, cell: Cell, tally: Tally, answer: Answer): void {
  const type = typeOf(field.type)?.name ?? '';
  const row = judged.home.rows.find((each) => each.type === type);
  if (row === undefined || judged.policy[type] === 'inherit') return;
  const isVisible = lets(judged.policy[type], cell.role, standingTo(row, judged.home, cell.viewer));
  const found = answer.data?.[field.name] ?? null;
  if (found !== null && !isVisible) fail(tally, judged, `Query.${field.name}`, cell, 'finds what is not visible');
  const isById = field.args.some(({ name }) => name === 'id');
  if (isById && found === null && isVisible)
    fail(tally, judged, `Query.${field.name}`, cell, `does not find it: ${codesOf(answer.errors ?? [])}`);
}

async function judgeFromOutside(judged: Judged, field: Field, cell: Cell, tally: Tally, asked: Asked): Promise<void> {
  const { answer } = asked;
  const where = `Query.${field.name}`;
  const type = typeOf(field.type);
  const isOfCompany =
    type !== null && lets(judged.policy[type.name], cell.role, cell.standing) && cell.standing !== 'foreign';
  if (field.args.some(isRequiredArgument) && !isOfCompany) {
    const absent = await ask(judged, field, cell, () => newId());
    const both = [answer, absent.answer].map(({ errors = [] }) => codesOf(errors)).join(' / ');
    if (toldBy(absent) !== toldBy(asked)) fail(tally, judged, where, cell, `differs from what does not exist: ${both}`);
  }
  const counts = type === null || isConnection(type) ? [] : countsIn(answer.data);
  if (counts.length > 0 && !isOfCompany) fail(tally, judged, where, cell, `counts ${counts.join(' ')}`);
}

/** One root field for one viewer. */
export async function judgeQuery(judged: Judged, field: Field, cell: Cell, tally: Tally): Promise<void> {
  const where = `Query.${field.name}`;
  const type = typeOf(field.type);
  const asked = await ask(judged, field, cell, idsOf(judged.home, type?.name ?? null));
  const { answer } = asked;
  const told = codesOf(answer.errors ?? []);
  tally.cells += 1;
  if (!letsAsk(judged.policy[where], cell.role)) {
    if (told !== 'FORBIDDEN/ACCESS_DENIED') fail(tally, judged, where, cell, `should be denied: ${told}`);
    return;
  }
  if (/ACCESS_DENIED|INTERNAL/.test(told)) fail(tally, judged, where, cell, `should be answered: ${told}`);
  const value = answer.data?.[field.name] ?? null;
  if (isObjectType(type) && isConnection(type) && value !== null) judgeList(judged, where, cell, tally, value);
  else judgeLookUp(judged, field, cell, tally, answer);
  if (cell.standing === 'elsewhere' || cell.standing === 'foreign')
    await judgeFromOutside(judged, field, cell, tally, asked);
}
