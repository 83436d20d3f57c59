import { newId } from '@steward/core';
import { decorationChargeRequested, workOrderChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import type { Estate } from './billing-fixture.ts';

type Place = Pick<Estate, 'tenantId' | 'communityId' | 'unitId' | 'householdId'>;

const money = (amount: number, currency = 'CNY') => ({ amount, currency });

type Fee = { amount: number; lines?: readonly number[]; currency?: string; householdId?: string | null };

/** An accepted paid service, as work-orders asks for its fee; answers the id of the order at once. */
export async function sendFee(service: TestService, place: Place, fee: Fee): Promise<string> {
  const { tenantId, communityId, unitId } = place;
  const workOrderId = newId();
  const { amount, lines = [amount], currency = 'CNY', householdId = place.householdId } = fee;
  await service.wire.send(workOrderChargeRequested, {
    tenantId,
    communityId,
    aggregateId: workOrderId,
    data: {
      workOrderId,
      quoteId: newId(),
      unitId,
      householdId,
      fee: money(amount, currency),
      lines: lines.map((sum) => ({
        serviceCode: 'UNCLOG',
        quantity: '1',
        unit: 'piece',
        unitPriceAmount: sum,
        amount: sum,
      })),
      rule: 'A110',
    },
  });
  return workOrderId;
}

/** The same, and what came of it is there. */
export async function askFee(service: TestService, place: Place, fee: Fee): Promise<string> {
  const workOrderId = await sendFee(service, place, fee);
  await service.settle();
  return workOrderId;
}

/** A decoration, as residents asks for its deposit or waste fee. */
export async function askDecorationSum(
  service: TestService,
  { tenantId, communityId, unitId, householdId }: Place,
  chargeTypeCode: string,
  amount: number,
): Promise<string> {
  const decorationId = newId();
  const data = { decorationId, unitId, householdId, chargeTypeCode, fee: money(amount), rule: 'A225' };
  await service.wire.send(decorationChargeRequested, { tenantId, communityId, aggregateId: decorationId, data });
  await service.settle();
  return decorationId;
}

export type ChargeSeen = {
  id: string;
  number: string;
  version: number;
  status: string;
  amount: { amount: number; currency: string };
  outstanding: { amount: number };
  chargeType: { code: string; label: string };
};

const chargesOf = `query ($causeId: ID!) { charges(filter: { causeId: $causeId }) { totalCount nodes {
  id number version status amount { amount currency } outstanding { amount } chargeType { code label } } } }`;

/** The charges that something led to. */
export async function chargesFor(
  service: TestService,
  viewer: Estate['clerk'],
  causeId: string,
): Promise<ChargeSeen[]> {
  type Answer = { charges: { nodes: ChargeSeen[] } };
  return (await service.ok<Answer>(viewer, chargesOf, { causeId })).charges.nodes;
}

/** The one charge of a fee that was asked for. */
export async function aCharge(service: TestService, estate: Estate, amount: number): Promise<ChargeSeen> {
  const [charge] = await chargesFor(service, estate.clerk, await askFee(service, estate, { amount }));
  if (charge === undefined) throw new Error('a fee that was asked for is a charge');
  return charge;
}

type Entry = {
  type: string;
  amount: number;
  billingAccountId?: string | null;
  chargeTypeCode?: string | null;
  chargeId?: string | null;
};
type Posting = { kind: string; on: string; entries: readonly Entry[]; causeId?: string; reversesId?: string | null };

/** Posts as the service would, past its commands: what the database itself lets through. */
export async function post(
  service: TestService,
  { tenantId, communityId }: Pick<Estate, 'tenantId' | 'communityId'>,
  { kind, on, entries, causeId = newId(), reversesId = null }: Posting,
): Promise<string> {
  const id = newId();
  const lines = entries.map((entry, index) => ({
    transaction_id: id,
    line: index + 1,
    kind,
    occurred_on: on,
    cause_service: 'billing',
    cause_type: 'test',
    cause_id: causeId,
    reverses_id: reversesId,
    account_type: entry.type,
    billing_account_id: entry.billingAccountId ?? null,
    charge_type_code: entry.chargeTypeCode ?? null,
    reference_id: null,
    amount: entry.amount,
    charge_id: entry.chargeId ?? null,
  }));
  await service.sql(
    `select post_block($2, now(), (select array_agg(e) from jsonb_populate_recordset(null::ledger_entry, $3) e))
       from (select set_config('app.tenant_id', $1, true)) tenant`,
    [tenantId, communityId, JSON.stringify(lines)],
  );
  return id;
}

type Paid = { chargeId: string; billingAccountId: string; chargeTypeCode?: string; amount: number; on: string };

/** What the counter posts for a payment. */
export const postPayment = (service: TestService, estate: Estate, paid: Paid): Promise<string> => {
  const { chargeId, billingAccountId, chargeTypeCode = 'PAID_SERVICE', amount, on } = paid;
  return post(service, estate, {
    kind: 'PAYMENT',
    on,
    entries: [
      { type: 'CASH_IN_HAND', amount },
      { type: 'RECEIVABLE', amount: -amount, billingAccountId, chargeTypeCode, chargeId },
    ],
  });
};

/** The reason of a refusal; null if there was none. */
export async function reasonOf(
  service: TestService,
  viewer: Estate['clerk'],
  mutation: string,
  input: object,
): Promise<string | null> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`;
  const { errors } = await service.graphql(viewer, document, { input });
  return errors?.[0]?.extensions.reason ?? null;
}

/** Carries out a mutation that must succeed; answers what is selected of its payload. */
export async function act<T>(
  service: TestService,
  viewer: Estate['clerk'],
  mutation: string,
  input: object,
  selection: string,
): Promise<T> {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${selection} } }`;
  return (await service.ok<Record<string, T>>(viewer, document, { input }))[mutation] as T;
}
