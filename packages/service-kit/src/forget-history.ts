import { rows, type Tx } from '@steward/db';

/** Puts `***` for the values of these fields in the histories of aggregates: part of erasing whom they tell of. */
export async function forgetHistory(tx: Tx, aggregateIds: readonly string[], fields: readonly string[]): Promise<void> {
  if (aggregateIds.length === 0) return;
  await rows(
    tx,
    `update change c set fields = (
       select jsonb_agg(
         case when f.field ->> 'field' = any($2::text[])
              then f.field || jsonb_strip_nulls(jsonb_build_object(
                     'from', case when f.field ->> 'from' is not null then '***' end,
                     'to', case when f.field ->> 'to' is not null then '***' end))
              else f.field end order by f.at)
         from jsonb_array_elements(c.fields) with ordinality as f(field, at))
      where c.aggregate_id = any($1::uuid[])
        and exists (select 1 from jsonb_array_elements(c.fields) f where f ->> 'field' = any($2::text[]))`,
    [aggregateIds, fields],
  );
}
