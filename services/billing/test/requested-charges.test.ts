import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { moveInChargeRequested, moveOutChargeRequested, rentalMandateChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aColleague, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { aTariff, runTimers } from './charging-fixture.ts';
import { aPayment, aSession, balance, factsOf } from './counter-fixture.ts';
import { askFee, chargesFor, type ChargeSeen } from './ledger-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

type Debtor = { householdId?: string | null; developerId?: string | null };

/** What residents asks for when a mandate has ended in a contract. */
async function askCommission(estate: Estate, amount: number, debtor: Debtor, currency = 'CNY'): Promise<string> {
  const { tenantId, communityId, unitId } = estate;
  const mandateId = newId();
  const { householdId = null, developerId = null } = debtor;
  const fee = { amount, currency };
  const terms = { chargeTypeCode: 'AGENCY_COMMISSION' as const, fee, rule: 'A226' as const };
  const data = { mandateId, unitId, householdId, developerId, ...terms };
  await service.wire.send(rentalMandateChargeRequested, { tenantId, communityId, aggregateId: mandateId, data });
  await service.settle();
  return mandateId;
}

const onlyCharge = async (estate: Estate, causeId: string): Promise<ChargeSeen> => {
  const [charge, ...others] = await chargesFor(service, estate.clerk, causeId);
  expect(others).toEqual([]);
  if (charge === undefined) throw new Error('what was asked for is charged');
  return charge;
};

const payerOf = async (chargeId: string) =>
  (
    await service.sql<{ id: string; party_kind: string; party_id: string }>(
      `select b.id, b.party_kind, b.party_id from charge c join billing_account b on b.id = c.billing_account_id
        where c.id = $1`,
      [chargeId],
    )
  )[0];

async function moveOut(estate: Estate, endsOn: string): Promise<string> {
  const { tenantId, communityId, unitId, householdId } = estate;
  const moveOutId = newId();
  const data = { moveOutId, unitId, householdId, chargeTypeCode: 'FINAL_SETTLEMENT', endsOn, rule: 'B010' };
  await service.wire.send(moveOutChargeRequested, { tenantId, communityId, aggregateId: moveOutId, data });
  await service.settle();
  return moveOutId;
}

const finalOf = async (estate: Estate, moveOutId: string): Promise<string | undefined> =>
  (await chargesFor(service, estate.clerk, moveOutId)).find(({ chargeType }) => chargeType.code === 'FINAL_SETTLEMENT')
    ?.status;

/** Keeps everybody from posting in a community until two wait, or for ten seconds. */
const holdBooks = ({ communityId }: Estate): Promise<unknown> =>
  service.sql(`do $$ begin
    perform 1 from ledger_chain where community_id = '${communityId}' for update;
    for i in 1..1000 loop
      perform pg_stat_clear_snapshot();
      exit when (select count(*) from pg_stat_activity
                  where datname = current_database() and wait_event_type = 'Lock') >= 2;
      perform pg_sleep(0.01);
    end loop;
  end $$`);

describe('a commission', () => {
  it('[A226] is owed by the owner who gave the mandate, and told as every charge is', async () => {
    const estate = await anEstate(service);
    const mandateId = await askCommission(estate, 250_000, { householdId: estate.householdId });
    const charge = await onlyCharge(estate, mandateId);
    expect(charge).toMatchObject({
      status: 'OPEN',
      amount: { amount: 250_000, currency: 'CNY' },
      outstanding: { amount: 250_000 },
      chargeType: { code: 'AGENCY_COMMISSION', label: 'Agency commission' },
    });
    expect(await payerOf(charge.id)).toMatchObject({ id: estate.billingAccountId });
    const cause = { service: 'residents', aggregateType: 'rental-mandate', aggregateId: mandateId };
    expect(await factsOf(service, charge.id)).toMatchObject([['raised', { cause }]]);
    expect(await balance(service, estate.communityId, 'REVENUE')).toBe(-250_000);
  });

  it('[A226] is owed by the developer who gave the mandate, not by whoever holds the unit', async () => {
    const estate = await anEstate(service);
    const developerId = newId();
    const { id } = await onlyCharge(estate, await askCommission(estate, 9000, { developerId }));
    expect(await payerOf(id)).toMatchObject({ party_kind: 'ORGANISATION', party_id: developerId });
  });

  it('[A226] waits for an operator in another currency', async () => {
    const estate = await anEstate(service);
    const mandateId = await askCommission(estate, 9000, { householdId: estate.householdId }, 'EUR');
    expect(await chargesFor(service, estate.clerk, mandateId)).toEqual([]);
  });
});

describe('a charge of nothing', () => {
  it('[B050] is settled as soon as it is raised, and keeps nobody from moving out', async () => {
    const estate = await anEstate(service);
    const free = await onlyCharge(estate, await askFee(service, estate, { amount: 0 }));
    expect(free).toMatchObject({ status: 'SETTLED', outstanding: { amount: 0 } });
    expect((await factsOf(service, free.id)).map(([fact]) => fact)).toEqual(['raised', 'settled']);
    expect(await finalOf(estate, await moveOut(estate, '2026-03-01'))).toBe('SETTLED');
  });
});

describe('a final settlement', () => {
  it('[A087] is settled when two pay the last two debts at once', async () => {
    const estate = await anEstate(service);
    // Two cashiers, because payments of one receipt book follow each other.
    await aSession(service, estate);
    const office = { ...estate, cashier: aColleague(estate, 'cashier') };
    await askFee(service, estate, { amount: 100 });
    const { householdId } = estate;
    const other = await askCommission(estate, 200, { householdId, developerId: newId() });
    const payer = await payerOf((await onlyCharge(estate, other)).id);
    const moveOutId = await moveOut(estate, '2026-03-01');
    expect(await finalOf(estate, moveOutId)).toBe('OPEN');
    const transfer = { billingAccountId: payer?.id, means: 'TRANSFER', tendered: null, reference: 'TR 1' };
    const held = holdBooks(estate);
    await Promise.all([aPayment(service, estate, 100), aPayment(service, office, 200, transfer), held]);
    expect(await finalOf(estate, moveOutId)).toBe('SETTLED');
  }, 60_000);

  it('[A087] is paid from the advance of whoever leaves', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aSession(service, estate);
    await aPayment(service, estate, 100_000);
    const moveOutId = await moveOut(estate, '2026-04-01');
    await runTimers(service);
    expect(await finalOf(estate, moveOutId)).toBe('SETTLED');
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(62_393 - 100_000);
  });
});

describe('the first fee', () => {
  it('[A055] is paid from the advance of whoever moves in', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate, { taxRate: '0' });
    await aSession(service, estate);
    await aPayment(service, estate, 100_000);
    const { tenantId, communityId, unitId, householdId } = estate;
    const moveInId = newId();
    const terms = { chargeTypeCode: 'MANAGEMENT_FEE', startsOn: '2026-01-01', rule: 'A055' };
    const data = { moveInId, unitId, householdId, ...terms };
    await service.wire.send(moveInChargeRequested, { tenantId, communityId, aggregateId: moveInId, data });
    await service.settle();
    await runTimers(service);
    expect((await onlyCharge(estate, moveInId)).status).toBe('SETTLED');
    expect(await balance(service, communityId, 'ADVANCE')).toBe(62_393 - 100_000);
  });
});
