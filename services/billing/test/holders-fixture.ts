import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { accountOf, aHousehold, type Estate } from './billing-fixture.ts';
import { release } from './charging-fixture.ts';

export type ChargeRow = {
  id: string;
  status: string;
  amount: number;
  from: string;
  to: string;
  due: string | null;
  cause: string;
  reason: string | null;
};

/** Every charge of an account, by its days. */
export async function chargesOf(service: TestService, billingAccountId: string): Promise<ChargeRow[]> {
  const found = await service.sql<Omit<ChargeRow, 'amount'> & { amount: string }>(
    `select id, status, amount, period_from::text as from, period_to::text as to, due_on::text as due,
            cause_id as cause, reason_code as reason
       from charge where billing_account_id = $1 order by created_at, period_from, id`,
    [billingAccountId],
  );
  return found.map((row) => ({ ...row, amount: Number(row.amount) }));
}

/** Charges that stand, as they are read: days, amount, how far they are. */
export const standing = async (service: TestService, billingAccountId: string): Promise<(string | number)[][]> =>
  (await chargesOf(service, billingAccountId))
    .filter(({ status }) => status !== 'REVERSED')
    .map(({ from, to, amount, status }) => [from, to, amount, status]);

/** Somebody buys the flat from a day on; answers the account of the buyer. */
export async function sell(service: TestService, estate: Estate, on: string): Promise<string> {
  await release(service, estate, estate, on);
  await aHousehold(service, estate, { unitId: estate.unitId, personId: newId(), validFrom: on });
  await service.settle();
  return accountOf(service, estate.unitId);
}

/** What stands on an account of the ledger for a party: below zero to their good. */
export async function ledgerBalance(service: TestService, billingAccountId: string, type: string): Promise<number> {
  const [found] = await service.sql<{ sum: string | null }>(
    `select sum(p.amount) as sum from ledger_posting p join ledger_account a on a.id = p.account_id
      where a.billing_account_id = $1 and a.type = $2`,
    [billingAccountId, type],
  );
  return Number(found?.sum ?? 0);
}
