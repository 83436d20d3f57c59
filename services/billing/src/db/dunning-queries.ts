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

const lockedOpenCase = prepared(
  `select id from dunning_case where billing_account_id = $1 and status <> 'SETTLED' for update`,
);

/** The same, locked: whoever is about to end it is waited for. */
export async function lockOpenCaseOf(tx: Tx, billingAccountId: string): Promise<string | null> {
  const [found] = await rows<{ id: string }>(tx, lockedOpenCase, [billingAccountId]);
  return found?.id ?? null;
}

/** The open cases of accounts, locked; whoever ends them after writing to the chain takes this before. */
export const lockOpenCasesOf = (tx: Tx, billingAccountIds: readonly string[]): Promise<unknown> =>
  rows(
    tx,
    `select id from dunning_case where billing_account_id = any($1::uuid[]) and status <> 'SETTLED'
      order by id for update`,
    [billingAccountIds],
  );

/** The case of an account that was open when money was taken and has ended since, the last of them; null if none. */
export async function caseEndedWith(tx: Tx, billingAccountId: string, takenAt: Date): Promise<string | null> {
  const [found] = await rows<{ id: string }>(
    tx,
    `select id from dunning_case
      where billing_account_id = $1 and status = 'SETTLED' and created_at <= $2 and settled_at >= $2
      order by settled_at desc, id desc limit 1`,
    [billingAccountId, takenAt],
  );
  return found?.id ?? null;
}

type Place = { communityId: string; dueUntil: string };

/** The next open cases of a community behind which no charge is overdue any more, with whose they are. */
export const casesWithoutDebt = (
  tx: Tx,
  { communityId, dueUntil }: Place,
  after: string | null,
  count: number,
): Promise<{ id: string; billingAccountId: string }[]> =>
  rows(
    tx,
    `select d.id, d.billing_account_id as "billingAccountId" from dunning_case d
      where d.community_id = $1 and ($4::uuid is null or d.id > $4) and d.status <> 'SETTLED' and not exists (
        select 1 from charge c
         where c.billing_account_id = d.billing_account_id and c.status = 'OPEN'
           and coalesce(c.due_on, c.occurred_on) <= $2
           and (select sum(p.amount) from ledger_posting p where p.charge_id = c.id) > 0)
      order by d.id limit $3`,
    [communityId, dueUntil, count, after],
  );

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

/** Debts by account: open charges of `whose`, and what was signed for on them and is not collected. */
const overdue = (whose: string, community: string): string => `
  select d.billing_account_id as "billingAccountId", b.unit_id as "unitId", b.household_id as "householdId",
         sum(d.owed)::bigint as amount, min(d.due_on)::text as "oldestDueOn",
         min(d.period_from)::text as "periodFrom", max(d.period_to)::text as "periodTo"
    from (select c.billing_account_id, o.outstanding as owed, coalesce(c.due_on, c.occurred_on) as due_on,
                 c.period_from, c.period_to
            from charge c join charge_outstanding o on o.charge_id = c.id
           where ${whose} and c.status = 'OPEN' and coalesce(c.due_on, c.occurred_on) <= $2 and o.outstanding > 0
           union all
          select c.billing_account_id, a.amount, coalesce(c.due_on, c.occurred_on), c.period_from, c.period_to
            from promised_payments(${community}, 'infinity') s
            join payment_allocation a on a.payment_id = s.payment_id
            join charge c on c.id = a.charge_id
           where ${whose} and s.is_signed and c.status <> 'REVERSED' and coalesce(c.due_on, c.occurred_on) <= $2) d
    join billing_account b on b.id = d.billing_account_id`;

const overdueInCommunity = `${overdue('c.community_id = $1', '$1')}
   where not exists (select 1 from dunning_case k
                      where k.billing_account_id = d.billing_account_id and k.status <> 'SETTLED')
   group by 1, 2, 3 order by 1`;

const overdueOfAccounts = `
  select distinct d."billingAccountId" as id
    from (${overdue('c.billing_account_id = any($1::uuid[])', '$3')} group by 1, 2, 3) d`;

/** Which of some accounts of a community owe what was due on a day or before. */
export async function overdueAmong(
  tx: Tx,
  communityId: string,
  billingAccountIds: readonly string[],
  dueUntil: string,
): Promise<Set<string>> {
  const found = await rows<{ id: string }>(tx, overdueOfAccounts, [billingAccountIds, dueUntil, communityId]);
  return new Set(found.map(({ id }) => id));
}

/** Which of some accounts are being dunned, in the order of their ids. */
export async function dunnedAmong(tx: Tx, billingAccountIds: readonly string[]): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select billing_account_id as id from dunning_case
      where billing_account_id = any($1::uuid[]) and status <> 'SETTLED' order by 1`,
    [billingAccountIds],
  );
  return found.map(({ id }) => id);
}

const overdueOfAccount = `${overdue('c.billing_account_id = $1', '(select community_id from billing_account where id = $1)')}
   group by 1, 2, 3`;

/** Everybody in a community who owes what was due on a day or before and has no open case yet (A078). */
export const overdueAccounts = (tx: Tx, communityId: string, dueUntil: string): Promise<Overdue[]> =>
  rows<Overdue>(tx, overdueInCommunity, [communityId, dueUntil]);

/** What one account owes that was due on a day or before; null for nothing. */
export async function overdueOf(tx: Tx, billingAccountId: string, dueUntil: string): Promise<Overdue | null> {
  const [found] = await rows<Overdue>(tx, overdueOfAccount, [billingAccountId, dueUntil]);
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
