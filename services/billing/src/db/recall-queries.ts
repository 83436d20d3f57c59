import { rows, type Tx } from '@steward/db';

import type { AppliedPart } from '../domain/recall-rules.ts';

/** What of each charge that stands was paid from the advance, as far as no refund of the charge rests on it. */
export const appliedFromAdvance = (tx: Tx, billingAccountId: string): Promise<AppliedPart[]> =>
  rows<AppliedPart>(
    tx,
    `select c.id as "chargeId", least(m.applied, m.paid - r.claimed)::bigint as amount
       from charge c
      cross join lateral (
        select coalesce(-sum(p.amount) filter (where t.kind = 'ALLOCATION' and t.cause_type = 'billing-account'), 0) as applied,
               coalesce(-sum(p.amount) filter (where not exists (
                 select 1 from ledger_transaction v where v.reverses_id = t.id)), 0) as paid
          from ledger_posting p join ledger_transaction t on t.id = p.transaction_id
         where p.charge_id = c.id and t.kind in ('PAYMENT', 'ALLOCATION')) m
      cross join lateral (
        select coalesce(sum(amount), 0) as claimed from refund where charge_id = c.id and status <> 'REJECTED') r
      where c.billing_account_id = $1 and c.status <> 'REVERSED' and least(m.applied, m.paid - r.claimed) > 0
      order by c.id`,
    [billingAccountId],
  );

/** Whether a refund of the account was asked for and is not paid yet. */
export const hasOpenRefund = async (tx: Tx, billingAccountId: string): Promise<boolean> =>
  (
    await rows(
      tx,
      `select 1 from refund where billing_account_id = $1 and status in ('REQUESTED', 'APPROVED', 'SENT') limit 1`,
      [billingAccountId],
    )
  ).length > 0;
