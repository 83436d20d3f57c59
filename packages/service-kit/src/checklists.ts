import { newId } from '@steward/core';
import { rows, txScope, type Tx } from '@steward/db';

import type { Aggregate, AggregateRow } from './aggregate.ts';

/** One thing to check, carried as data with its rule. */
export type ChecklistItem = { code: string; rule: string };

export type ChecklistRow = {
  id: string;
  aggregateId: string;
  checklist: string;
  code: string;
  rule: string;
  result: 'PASS' | 'FAIL' | null;
  checkedAt: Date | null;
};

export const checklistColumns = `id, aggregate_id as "aggregateId", checklist, code, rule, result, checked_at as "checkedAt"`;

/** Puts a list of items before somebody; the same list is opened once per aggregate. */
export async function openChecklist<Row extends AggregateRow>(
  tx: Tx,
  aggregate: Aggregate<Row>,
  row: Row,
  checklist: string,
  items: readonly ChecklistItem[],
): Promise<void> {
  const values = items.map((item) => ({ ...item, id: newId() }));
  await rows(
    tx,
    `insert into checklist_item (id, tenant_id, aggregate_type, aggregate_id, checklist, code, rule)
     select i.id, $1, $2, $3, $4, i.code, i.rule from jsonb_to_recordset($5::jsonb) as i(id uuid, code text, rule text)
     on conflict (aggregate_id, checklist, code) do nothing`,
    [txScope(tx).tenantId, aggregate.type, row.id, checklist, JSON.stringify(values)],
  );
}

/** Keeps results; answers the codes that the list does not have. */
export async function checkItems(
  tx: Tx,
  aggregateId: string,
  checklist: string,
  results: readonly { code: string; result: 'PASS' | 'FAIL' }[],
): Promise<string[]> {
  const { now, actor } = txScope(tx);
  const known = await rows<{ code: string }>(
    tx,
    `update checklist_item c set result = r.result, checked_at = $3, checked_by = $4
       from jsonb_to_recordset($5::jsonb) as r(code text, result text)
      where c.aggregate_id = $1 and c.checklist = $2 and c.code = r.code returning c.code`,
    [aggregateId, checklist, now, actor.sub, JSON.stringify(results)],
  );
  const codes = new Set(known.map(({ code }) => code));
  return results.map(({ code }) => code).filter((code) => !codes.has(code));
}

/** The items of a list that are not passed yet. */
export const openItems = (tx: Tx, aggregateId: string, checklist: string): Promise<ChecklistRow[]> =>
  rows<ChecklistRow>(
    tx,
    `select ${checklistColumns} from checklist_item where aggregate_id = $1 and checklist = $2 and result is distinct from 'PASS'
      order by code`,
    [aggregateId, checklist],
  );
