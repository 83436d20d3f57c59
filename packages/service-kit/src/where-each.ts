import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

type Asked = string | boolean | readonly string[] | null | undefined;

/** Narrows a list by what is asked for, by property; what is absent asks for nothing, a list of values for any of them. */
export function whereEach<Row extends ObjectLiteral>(
  query: SelectQueryBuilder<Row>,
  asked: Readonly<Record<string, Asked>>,
): SelectQueryBuilder<Row> {
  for (const [property, value] of Object.entries(asked)) {
    if (value == null) continue;
    const condition = Array.isArray(value) ? `= any(:${property})` : `= :${property}`;
    query.andWhere(`${query.alias}.${property} ${condition}`, { [property]: value });
  }
  return query;
}
