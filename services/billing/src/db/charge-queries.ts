import { rows, type Tx } from '@steward/db';

import type { Charge, ChargeServiceLine, OpenCharge } from '../domain/charge.ts';
import { chargeEntity, chargeServiceLineEntity } from './charge-entities.ts';

/** Charges with what is left of them, their rows locked in the order of their ids until the transaction ends. */
export async function lockCharges(tx: Tx, ids: readonly string[]): Promise<OpenCharge[]> {
  const charges = await tx
    .createQueryBuilder(chargeEntity, 'c')
    .setLock('pessimistic_write')
    .where('c.id = any(:ids)', { ids })
    .orderBy('c.id')
    .getMany();
  return withOutstanding(tx, charges);
}

/** Ids of the charges that a billing account still owes, in no order. */
export async function openChargeIdsOf(tx: Tx, billingAccountId: string): Promise<string[]> {
  const found = await rows<{ id: string }>(
    tx,
    `select id from charge where billing_account_id = $1 and status = 'OPEN'`,
    [billingAccountId],
  );
  return found.map(({ id }) => id);
}

/** What a billing account still owes, first what was due first; `null` due days are due at once. */
export async function openChargesOf(tx: Tx, billingAccountId: string): Promise<OpenCharge[]> {
  const charges = await tx
    .createQueryBuilder(chargeEntity, 'c')
    .where(`c.billing_account_id = :billingAccountId and c.status = 'OPEN'`, { billingAccountId })
    .orderBy('coalesce(c.due_on, c.occurred_on)')
    .addOrderBy('c.id')
    .getMany();
  return withOutstanding(tx, charges);
}

async function withOutstanding(tx: Tx, charges: readonly Charge[]): Promise<OpenCharge[]> {
  const found = await rows<{ id: string; outstanding: number }>(
    tx,
    `select charge_id as id, outstanding from charge_outstanding where charge_id = any($1::uuid[])`,
    [charges.map(({ id }) => id)],
  );
  const left = new Map(found.map(({ id, outstanding }) => [id, outstanding]));
  return charges.map((charge) => ({ ...charge, outstanding: left.get(charge.id) ?? 0 }));
}

/** What a fee of another service is made of, in the order in which it was agreed. */
export const serviceLinesOf = (tx: Tx, chargeId: string): Promise<ChargeServiceLine[]> =>
  tx.find(chargeServiceLineEntity, { where: { chargeId }, order: { position: 'ASC' } });
