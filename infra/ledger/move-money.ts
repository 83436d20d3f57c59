import { lockOpenChargesOf, settleCharges } from '@steward/billing/settle-charges';
import { lockCharges } from '@steward/billing/charge-queries';
import { ensureBillingAccounts } from '@steward/billing/ensure-billing-account';
import { balancesOf } from '@steward/billing/ledger-queries';
import { postTransactions } from '@steward/billing/post-transactions';
import { raiseCharges } from '@steward/billing/raise-charge';
import { takeBackCharge } from '@steward/billing/take-back-charge';
import { DomainError, newId } from '@steward/core';
import { rows, type Tx } from '@steward/db';
import { authorize } from '@steward/service-kit';

import { nothingMoved, sharesOf, type ChargeMove, type MoneyMove, type MoneyMoved } from './money-moves.ts';

type Input = { communityId: string; idempotencyKey?: string | null; move: MoneyMove };

const cause = () => ({ service: 'billing', aggregateType: 'proof', id: newId() });

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

const lockAccount = async (tx: Tx, id: string): Promise<void> => {
  await rows(tx, 'select 1 from billing_account where id = $1 for no key update', [id]);
};

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
            current_date, 'OPEN', 'billing', 'charge-run', $4, $4
       from community_reference c join billing_account b on b.community_id = c.id
      where c.id = $1 and b.id = any($2::uuid[])
     returning id as "chargeId", billing_account_id as "billingAccountId", amount`,
    [communityId, billingAccountIds, chargeTypeCode, runId, amount],
  );
  await rows(
    tx,
    `select post_block($1, now(), (
       select array_agg(row(c.transaction_id, l.line, 'CHARGE', c.occurred_on, 'billing', 'charge-run', c.run_id, null,
                            l.type, l.account, c.charge_type_code, null, l.sign * c.amount, l.charge)::ledger_entry)
         from (select *, uuidv7() as transaction_id from charge where run_id = $2) c
        cross join lateral (values (1, 'RECEIVABLE', c.billing_account_id, 1, c.id), (2, 'REVENUE', null, -1, null))
                as l(line, type, account, sign, charge)))`,
    [communityId, runId],
  );
  return { ...nothingMoved, raised };
}

/** Oldest due first; what is more than is owed is an advance. */
async function pay(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'pay' }>,
): Promise<MoneyMoved> {
  const open = await lockOpenChargesOf(tx, billingAccountId);
  let left = amount;
  const settlements = [];
  for (const charge of open) {
    const part = Math.min(left, charge.outstanding);
    if (part <= 0) continue;
    settlements.push({ charge, amount: part });
    left -= part;
  }
  const owed = settlements.map(({ charge, amount: part }) => ({
    account: { type: 'RECEIVABLE' as const, billingAccountId, chargeTypeCode: charge.chargeTypeCode },
    amount: -part,
    chargeId: charge.id,
  }));
  const advance = { account: { type: 'ADVANCE' as const, billingAccountId }, amount: -left };
  const postings = [{ account: { type: 'CASH_IN_HAND' as const }, amount }, ...owed, ...(left > 0 ? [advance] : [])];
  const transactionIds = await postTransactions(tx, [{ communityId, kind: 'PAYMENT', cause: cause(), postings }]);
  await settleCharges(tx, settlements, { receiptNumber: transactionIds[0] ?? null });
  const changed = settlements.map(({ charge, amount: part }) => ({ chargeId: charge.id, amount: -part }));
  return { ...nothingMoved, changed, advance: left, cash: amount, transactionIds };
}

async function advanceOf(tx: Tx, communityId: string, billingAccountId: string): Promise<number> {
  const [balance = 0] = await balancesOf(tx, communityId, [{ type: 'ADVANCE', billingAccountId }]);
  return 0 - balance;
}

async function giveBack(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'refund' }>,
): Promise<MoneyMoved> {
  await lockAccount(tx, billingAccountId);
  if ((await advanceOf(tx, communityId, billingAccountId)) < amount) throw new DomainError('CONFLICT', 'NOT_SO_MUCH');
  const postings = [
    { account: { type: 'ADVANCE' as const, billingAccountId }, amount },
    { account: { type: 'CASH_IN_HAND' as const }, amount: -amount },
  ];
  const transactionIds = await postTransactions(tx, [{ communityId, kind: 'REFUND', cause: cause(), postings }]);
  return { ...nothingMoved, advance: -amount, cash: -amount, transactionIds };
}

/** The exact opposite of a payment; what it settled is owed again. */
async function voidPayment(
  tx: Tx,
  communityId: string,
  { transactionId, billingAccountId }: Extract<MoneyMove, { kind: 'void' }>,
): Promise<MoneyMoved> {
  await lockAccount(tx, billingAccountId);
  const lines = await rows<{ type: string; chargeId: string | null; chargeTypeCode: string | null; amount: number }>(
    tx,
    `select a.type, p.charge_id as "chargeId", a.charge_type_code as "chargeTypeCode", p.amount
       from ledger_posting p join ledger_account a on a.id = p.account_id where p.transaction_id = $1 order by p.line`,
    [transactionId],
  );
  const advance = lines.filter(({ type }) => type === 'ADVANCE').reduce((sum, { amount }) => sum - amount, 0);
  if ((await advanceOf(tx, communityId, billingAccountId)) < advance) throw new DomainError('CONFLICT', 'NOT_SO_MUCH');
  const paid = new Map(
    lines.filter(({ chargeId }) => chargeId !== null).map((line) => [line.chargeId as string, -line.amount]),
  );
  const charges = await lockCharges(tx, [...paid.keys()]);
  const postings = lines.map(({ type, chargeId, chargeTypeCode, amount }) => ({
    account: {
      type: type as 'RECEIVABLE',
      billingAccountId: type === 'CASH_IN_HAND' ? null : billingAccountId,
      chargeTypeCode,
    },
    amount: -amount,
    chargeId,
  }));
  const draft = { communityId, kind: 'REVERSAL', cause: cause(), reversesId: transactionId, postings };
  const transactionIds = await postTransactions(tx, [draft]);
  const settlements = charges.map((charge) => ({ charge, amount: -(paid.get(charge.id) ?? 0) }));
  await settleCharges(tx, settlements, { receiptNumber: null });
  const changed = [...paid].map(([chargeId, amount]) => ({ chargeId, amount }));
  const cash = lines.filter(({ type }) => type === 'CASH_IN_HAND').reduce((sum, { amount }) => sum - amount, 0);
  return { ...nothingMoved, changed, advance: -advance, cash, transactionIds };
}

async function takeBack(tx: Tx, chargeId: string): Promise<MoneyMoved> {
  const { amount } = await takeBackCharge(tx, chargeId, { reasonCode: 'WRONG_AMOUNT' });
  return { ...nothingMoved, changed: [{ chargeId, amount: -amount }] };
}

/** A prepaid balance goes up by what is paid in and down by what is used, never below nothing. */
async function prepaid(
  tx: Tx,
  communityId: string,
  { billingAccountId, amount }: Extract<MoneyMove, { kind: 'topUp' | 'consume' }>,
  sign: 1 | -1,
): Promise<MoneyMoved> {
  const held = { type: 'PREPAID' as const, billingAccountId, chargeTypeCode: 'ELECTRICITY' };
  await lockAccount(tx, billingAccountId);
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
