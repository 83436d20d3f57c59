import { entityRows, prepared, rows, type Tx } from '@steward/db';

import type { Charge, ChargeServiceLine, OpenCharge } from '../domain/charge.ts';
import { chargeEntity, chargeServiceLineEntity } from './charge-entities.ts';

/** Charges with what is left of them, their rows locked in the order of their ids until the transaction ends. */
export async function lockCharges(tx: Tx, ids: readonly string[]): Promise<OpenCharge[]> {
  const locked = entityRows(tx, chargeEntity, 'where e.id = any($1::uuid[]) order by e.id for update', [ids]);
  return withLeft(locked, rows<Left>(tx, leftOf, [ids]));
}

/** The same of everything that a billing account still owes. */
export async function lockChargesOwed(tx: Tx, billingAccountId: string): Promise<OpenCharge[]> {
  const owed = `where e.billing_account_id = $1 and e.status = 'OPEN' order by e.id for update`;
  const locked = entityRows(tx, chargeEntity, owed, [billingAccountId]);
  return withLeft(locked, rows<Left>(tx, leftOfOwed, [billingAccountId]));
}

/** The same of several billing accounts at once. */
export async function lockChargesOwedBy(tx: Tx, billingAccountIds: readonly string[]): Promise<OpenCharge[]> {
  const owed = `where e.billing_account_id = any($1::uuid[]) and e.status = 'OPEN' order by e.id for update`;
  const locked = entityRows(tx, chargeEntity, owed, [billingAccountIds]);
  return withLeft(locked, rows<Left>(tx, leftOfOwedBy, [billingAccountIds]));
}

type Left = { id: string; outstanding: number };

const leftOf = prepared(
  `select charge_id as id, outstanding from charge_outstanding where charge_id = any($1::uuid[])`,
);

const leftOfOwed = prepared(`
  select c.id, p.outstanding from charge c
   cross join lateral (select sum(amount)::bigint as outstanding from ledger_posting where charge_id = c.id) p
   where c.billing_account_id = $1 and c.status = 'OPEN'`);

const leftOfOwedBy = prepared(`
  select c.id, p.outstanding from charge c
   cross join lateral (select sum(amount)::bigint as outstanding from ledger_posting where charge_id = c.id) p
   where c.billing_account_id = any($1::uuid[]) and c.status = 'OPEN'`);

/** Both were sent at once: what is left is read behind the lock, when whoever held it before has committed. */
async function withLeft(locked: Promise<Charge[]>, left: Promise<Left[]>): Promise<OpenCharge[]> {
  const [charges, found] = await Promise.all([locked, left]);
  const byId = new Map(found.map(({ id, outstanding }) => [id, outstanding]));
  return charges.map((charge) => ({ ...charge, outstanding: byId.get(charge.id) ?? 0 }));
}

/** What a billing account still owes, first what was due first; `null` due days are due at once. */
export async function openChargesOf(tx: Tx, billingAccountId: string): Promise<OpenCharge[]> {
  const owed = `where e.billing_account_id = $1 and e.status = 'OPEN' order by coalesce(e.due_on, e.occurred_on), e.id`;
  const charges = entityRows(tx, chargeEntity, owed, [billingAccountId]);
  return withLeft(charges, rows<Left>(tx, leftOfOwed, [billingAccountId]));
}

/** What a fee of another service is made of, in the order in which it was agreed. */
export const serviceLinesOf = (tx: Tx, chargeId: string): Promise<ChargeServiceLine[]> =>
  tx.find(chargeServiceLineEntity, { where: { chargeId }, order: { position: 'ASC' } });
