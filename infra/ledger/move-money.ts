import { ensureBillingAccounts } from '@steward/billing/ensure-billing-account';
import { balancesOf } from '@steward/billing/ledger-queries';
import { postTransactions } from '@steward/billing/post-transactions';
import { raiseCharges } from '@steward/billing/raise-charge';
import { lockAccounts } from '@steward/billing/refund-queries';
import { DomainError, newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import { authorize } from '@steward/service-kit';

import { nothingMoved, sharesOf, type ChargeMove, type MoneyMove, type MoneyMoved } from './money-moves.ts';
import { cause, giveBack, pay, takeBack, voidPayment } from './move-payments.ts';

type Input = { communityId: string; idempotencyKey?: string | null; move: MoneyMove };

/**
 * One random operation of the proof, as the commands of billing carry them out: through the same functions, one
 * transaction, one key.
 */
export async function moveMoney(tx: Tx, { communityId, move }: Input): Promise<MoneyMoved> {
  await authorize(tx, { communityId });
  switch (move.kind) {
    case 'charge':
      return raise(tx, communityId, move.charges, 'CHARGE');
    case 'lateFee':
      return raise(tx, communityId, move.charges, 'LATE_FEE');
    case 'apportion':
      return apportion(tx, communityId, move);
    case 'run':
      return run(tx, communityId, move);
    case 'pay':
      return pay(tx, communityId, move);
    case 'refund':
      return giveBack(tx, communityId, move);
    case 'void':
      return voidPayment(tx, communityId, move);
    case 'reverse':
      return takeBack(tx, move.chargeId);
    case 'topUp':
      return prepaid(tx, communityId, move, 1);
    case 'consume':
      return prepaid(tx, communityId, move, -1);
    case 'sell':
      return sell(tx, communityId, move.unitId);
  }
}

moveMoney.repeats = 'forGood' as const;

async function raise(tx: Tx, communityId: string, charges: readonly ChargeMove[], kind: string): Promise<MoneyMoved> {
  const drafts = charges.map((charge) => ({
    ...charge,
    communityId,
    unitId: null,
    householdId: null,
    cause: cause(),
    kind,
  }));
  const raised = await raiseCharges(tx, communityId, drafts);
  return {
    ...nothingMoved,
    raised: raised.map(({ id, billingAccountId, amount }) => ({ chargeId: id, billingAccountId, amount })),
  };
}

const apportion = (
  tx: Tx,
  communityId: string,
  { billingAccountIds, totalAmount, chargeTypeCode }: Extract<MoneyMove, { kind: 'apportion' }>,
): Promise<MoneyMoved> => {
  const shares = sharesOf(totalAmount, billingAccountIds.length);
  const charges = billingAccountIds.map((billingAccountId, index) => ({
    billingAccountId,
    chargeTypeCode,
    amount: shares[index] ?? 0,
    taxAmount: 0,
  }));
  return raise(tx, communityId, charges, 'CHARGE');
};

/** As a charge run does: rows and postings of many accounts by two statements. */
async function run(
  tx: Tx,
  communityId: string,
  { billingAccountIds, amount, chargeTypeCode }: Extract<MoneyMove, { kind: 'run' }>,
): Promise<MoneyMoved> {
  const runId = newId();
  const raised = await rows<{ chargeId: string; billingAccountId: string; amount: number }>(
    tx,
    `insert into charge (id, tenant_id, community_id, number, version, created_at, billing_account_id, charge_type_code,
                         amount, tax_amount, currency, occurred_on, status, cause_service, cause_type, cause_id, run_id)
     select uuidv7(), c.tenant_id, c.id, $4::uuid::text || '-' || row_number() over (), 0, now(), b.id, $3, $5, 0, c.currency,
            current_date, 'OPEN', 'billing', 'proof', $4, $4
       from community_reference c join billing_account b on b.community_id = c.id
      where c.id = $1 and b.id = any($2::uuid[])
     returning id as "chargeId", billing_account_id as "billingAccountId", amount`,
    [communityId, billingAccountIds, chargeTypeCode, runId, amount],
  );
  await rows(
    tx,
    `select post_block($1, now(), (
       select array_agg(row(c.transaction_id, l.line, 'CHARGE', c.occurred_on, 'billing', 'proof', c.run_id, null,
                            l.type, l.account, c.charge_type_code, null, l.sign * c.amount, l.charge)::ledger_entry)
         from (select *, uuidv7() as transaction_id from charge where run_id = $2) c
        cross join lateral (values (1, 'RECEIVABLE', c.billing_account_id, 1, c.id), (2, 'REVENUE', null, -1, null))
                as l(line, type, account, sign, charge)))`,
    [communityId, runId],
  );
  return { ...nothingMoved, raised };
}

/** A prepaid balance goes up by what is paid in and down by what is used, never below nothing. */
async function prepaid(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'topUp' | 'consume' }>,
  sign: 1 | -1,
): Promise<MoneyMoved> {
  const held = { type: 'PREPAID' as const, billingAccountId, chargeTypeCode: 'ELECTRICITY' };
  await lockAccounts(tx, [billingAccountId]);
  const [balance = 0] = await balancesOf(tx, communityId, [held]);
  if (sign < 0 && 0 - balance < amount) throw new DomainError('CONFLICT', 'NOT_SO_MUCH');
  const other =
    sign > 0 ? { type: 'CASH_IN_HAND' as const } : { type: 'REVENUE' as const, chargeTypeCode: 'ELECTRICITY' };
  const postings = [
    { account: other, amount: sign * amount },
    { account: held, amount: -sign * amount },
  ];
  const kind = sign > 0 ? 'TOP_UP' : 'CONSUMPTION';
  const transactionIds = await postTransactions(tx, [{ communityId, kind, cause: cause(), postings }]);
  return { ...nothingMoved, prepaid: sign * amount, cash: sign > 0 ? amount : 0, transactionIds };
}

/** Another party owes for the unit from now on; what was owed stays with the former one. */
async function sell(tx: Tx, communityId: string, unitId: string): Promise<MoneyMoved> {
  const party = { kind: 'PERSON' as const, id: newId() };
  const [billingAccountId = null] = await ensureBillingAccounts(tx, communityId, [
    { unitId, householdId: null, party },
  ]);
  return { ...nothingMoved, billingAccountId };
}
