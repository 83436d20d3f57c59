import { newId } from '@steward/core';
import { prepared, rows, txScope, type Tx } from '@steward/db';

import type { DunningStep } from '../domain/dunning-case.ts';
import { dunningStepEntity } from './refund-entities.ts';

const openCase = prepared(`select id from dunning_case where billing_account_id = $1 and status <> 'SETTLED'`);

/** The open case of a billing account; null if none. */
export async function openCaseOf(tx: Tx, billingAccountId: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(tx, openCase, [billingAccountId]);
  return found?.id ?? null;
}

/** What somebody owes that was due before a day: the sum, since when, and its period. */
export type Overdue = {
  billingAccountId: string;
  unitId: string | null;
  householdId: string | null;
  amount: number;
  oldestDueOn: string;
  periodFrom: string | null;
  periodTo: string | null;
};

const overdue = `
  select c.billing_account_id as "billingAccountId", b.unit_id as "unitId", b.household_id as "householdId",
         sum(o.outstanding)::bigint as amount, min(coalesce(c.due_on, c.occurred_on))::text as "oldestDueOn",
         min(c.period_from)::text as "periodFrom", max(c.period_to)::text as "periodTo"
    from charge c
    join charge_outstanding o on o.charge_id = c.id
    join billing_account b on b.id = c.billing_account_id`;

/** Everybody in a community who owes what was due on a day or before and has no open case yet (A078). */
export async function overdueAccounts(tx: Tx, communityId: string, dueUntil: string): Promise<Overdue[]> {
  return rows<Overdue>(
    tx,
    `${overdue}
      where c.community_id = $1 and c.status = 'OPEN' and coalesce(c.due_on, c.occurred_on) <= $2 and o.outstanding > 0
        and not exists (select 1 from dunning_case d
                         where d.billing_account_id = c.billing_account_id and d.status <> 'SETTLED')
      group by 1, 2, 3 having sum(o.outstanding) > 0 order by 1`,
    [communityId, dueUntil],
  );
}

/** What one account owes that was due on a day or before; null for nothing. */
export async function overdueOf(tx: Tx, billingAccountId: string, dueUntil: string): Promise<Overdue | null> {
  const [found] = await rows<Overdue>(
    tx,
    `${overdue}
      where c.billing_account_id = $1 and c.status = 'OPEN' and coalesce(c.due_on, c.occurred_on) <= $2
        and o.outstanding > 0
      group by 1, 2, 3`,
    [billingAccountId, dueUntil],
  );
  return found ?? null;
}

/** Whether somebody lives in the flat that the debt is for, as residents tell it. */
export async function livesInEstate(
  tx: Tx,
  { unitId, householdId }: Pick<Overdue, 'unitId' | 'householdId'>,
  on: string,
): Promise<boolean> {
  if (unitId === null || householdId === null) return false;
  const found = await rows(
    tx,
    `select 1 from household_unit where unit_id = $1 and household_id = $2
        and valid_from <= $3 and (valid_to is null or valid_to > $3) limit 1`,
    [unitId, householdId, on],
  );
  return found.length > 0;
}

/** Keeps what was done, with its proof. */
export async function keepStep(tx: Tx, step: Omit<DunningStep, 'id' | 'tenantId'>): Promise<void> {
  await tx.insert(dunningStepEntity, { ...step, id: newId(), tenantId: txScope(tx).tenantId });
}
