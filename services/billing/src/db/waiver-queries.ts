import { entityRows, rows, type Tx } from '@steward/db';

import type { Waiver } from '../domain/waiver.ts';
import { waiverEntity } from './charging-entities.ts';

/** Whoever owes the charge of a waiver is held before it, as by everybody who moves what is owed. */
export const lockAccountOfWaiver = (tx: Tx, waiverId: string): Promise<unknown> =>
  rows(
    tx,
    `select id from billing_account where id = (select billing_account_id from waiver where id = $1) for no key update`,
    [waiverId],
  );

/** What was forgiven of charges and stands, locked. */
export const lockWaiversOf = (tx: Tx, chargeIds: readonly string[]): Promise<Waiver[]> =>
  entityRows(
    tx,
    waiverEntity,
    `where e.charge_id = any($1::uuid[]) and e.status = 'APPROVED' order by e.id for update`,
    [chargeIds],
  );

/** What was forgiven of the charges of a step of a run and stands. */
export const chargesWaivedInStep = async (tx: Tx, runId: string, chunk: number): Promise<string[]> =>
  (
    await rows<{ id: string }>(
      tx,
      `select distinct w.charge_id as id from charge_line l join waiver w on w.charge_id = l.id
        where l.run_id = $1 and l.chunk = $2 and w.status = 'APPROVED'`,
      [runId, chunk],
    )
  ).map(({ id }) => id);

/** Of a charge: what is asked to be forgiven, and what was, with its tax. */
export async function waivedOf(tx: Tx, chargeId: string): Promise<{ asked: number; amount: number; tax: number }> {
  const [found] = await rows<{ asked: number; amount: number; tax: number }>(
    tx,
    `select coalesce(sum(amount) filter (where status = 'REQUESTED'), 0)::bigint as asked,
            coalesce(sum(amount) filter (where status = 'APPROVED'), 0)::bigint as amount,
            coalesce(sum(tax_amount) filter (where status = 'APPROVED'), 0)::bigint as tax
       from waiver where charge_id = $1`,
    [chargeId],
  );
  return found ?? { asked: 0, amount: 0, tax: 0 };
}
