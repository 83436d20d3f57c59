import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { rentalMandateChargeRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aFlat } from './billing-fixture.ts';
import { aPostedRun, aTariff, run, runTimers } from './charging-fixture.ts';
import {
  aCharge,
  act,
  anEstate,
  anUpload,
  aPayment,
  aSession,
  balance,
  factsOf,
  list,
  reasons,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import { aListedDebt, listCases, moveToMorning, remind, seeCase, type Case } from './dunning-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const statuses = async (estate: Estate): Promise<string[]> =>
  (await listCases(service, estate)).map(({ status }) => status);
const clocks = ({ deadlines }: Case): string[] => deadlines.map(({ kind, state }) => `${kind} ${state}`).sort();

const takeBack = (estate: Estate, id: string): Promise<unknown> =>
  run(service, estate.supervisor, 'reverseCharge', { id, reasonCode: 'NOT_DUE' }, 'charge { id }');
const makeVoid = (estate: Estate, id: string): Promise<unknown> =>
  act(service, estate.supervisor, 'voidPayment', { id, reasonCode: 'WRONG_AMOUNT' });

type Fee = { status: string; outstanding: { amount: number } };
const charges = (estate: Estate, filter: object = {}): Promise<Fee[]> =>
  list(
    service,
    estate.clerk,
    'charges',
    { communityId: estate.communityId, ...filter },
    'status outstanding { amount }',
  );

describe('dunning', () => {
  it('[A080] ends when the last debt that is overdue is taken back', async () => {
    const estate = await anEstate(service);
    const other = await aCharge(service, estate, 2000);
    const charge = await aCharge(service, estate, 3000);
    await moveToMorning(service);
    const [listed] = await listCases(service, estate);
    await remind(service, estate, listed?.id ?? '');
    await takeBack(estate, other.id);
    expect(await statuses(estate)).toEqual(['REMINDED']);
    await takeBack(estate, charge.id);
    const settled = await seeCase(service, estate, listed?.id ?? '');
    expect(settled.status).toBe('SETTLED');
    expect(clocks(settled)).toEqual(['DUNNING_CAUSE CANCELLED', 'FORMAL_LETTER CANCELLED']);
    expect((await factsOf(service, settled.id)).map(([fact]) => fact)).toContain('settled');
  });

  it('[A080] ends when the run is taken back that charged what is overdue, for those who owe nothing else', async () => {
    const estate = await anEstate(service);
    await aFlat(service, estate, '3/1/1202');
    await aTariff(service, estate, { taxRate: '0' });
    const days = { periodFrom: '2025-10-01', periodTo: '2026-01-01', dueOn: '2025-12-31' };
    const id = await aPostedRun(service, estate, ['MANAGEMENT_FEE'], days);
    await aCharge(service, estate, 100);
    await moveToMorning(service);
    expect(await statuses(estate)).toEqual(['LISTED', 'LISTED']);
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    expect((await statuses(estate)).sort()).toEqual(['LISTED', 'SETTLED']);
  });

  it('[A080] goes on where it stood when the payment is void that ended it, with the day of its first notice', async () => {
    const estate = await anEstate(service);
    await aSession(service, estate);
    const { id } = await aListedDebt(service, estate);
    const { letterDueAt } = await remind(service, estate, id);
    const part = await aPayment(service, estate, 2000);
    const rest = await aPayment(service, estate, 3000);
    expect((await seeCase(service, estate, id)).status).toBe('SETTLED');
    await makeVoid(estate, part.id);
    const reopened = await seeCase(service, estate, id);
    expect(reopened).toMatchObject({ status: 'REMINDED', letterDueAt, settledAt: null });
    const running = reopened.deadlines.filter(({ state }) => state === 'RUNNING');
    expect(running.map(({ kind }) => kind).sort()).toEqual(['DUNNING_CAUSE', 'FORMAL_LETTER']);
    expect(running.find(({ kind }) => kind === 'FORMAL_LETTER')?.dueAt).toBe(letterDueAt);
    expect((await factsOf(service, id)).map(([fact]) => fact)).toContain('reopened');
    await makeVoid(estate, rest.id);
    await moveToMorning(service);
    expect(await statuses(estate)).toEqual(['REMINDED']);
    await aPayment(service, estate, 5000);
    expect(await statuses(estate)).toEqual(['SETTLED']);
  });

  it('[A080] stays over when a payment is void that had no part in its end', async () => {
    const estate = await anEstate(service);
    await aSession(service, estate);
    await aListedDebt(service, estate);
    await aPayment(service, estate, 5000);
    await service.move({ advance: 'PT1S' });
    await aCharge(service, estate, 700);
    const later = await aPayment(service, estate, 700);
    await makeVoid(estate, later.id);
    expect(await statuses(estate)).toEqual(['SETTLED']);
    await moveToMorning(service);
    expect((await statuses(estate)).sort()).toEqual(['LISTED', 'SETTLED']);
  });
});

describe('an advance', () => {
  const notices = (id: string): Promise<{ amount: string }[]> =>
    service.sql(
      `select params->>'amount' as amount from notification
        where aggregate_id = $1 and template = 'paymentNotice' and channel = 'SMS' order by 1`,
      [id],
    );

  it('[A254] pays what a run charges, and whom it has paid for is told nothing', async () => {
    const estate = await anEstate(service);
    const neighbour = { ...estate, ...(await aFlat(service, estate, '3/1/1202')) };
    await aSession(service, estate);
    await aPayment(service, estate, 100_000);
    await aPayment(service, neighbour, 2393);
    await aTariff(service, estate, { taxRate: '0' });
    const id = await aPostedRun(service, estate);
    const own = { billingAccountId: estate.billingAccountId };
    expect(await charges(estate, own)).toMatchObject([{ status: 'SETTLED', outstanding: { amount: 0 } }]);
    const theirs = { billingAccountId: neighbour.billingAccountId };
    expect(await charges(estate, theirs)).toMatchObject([{ status: 'OPEN', outstanding: { amount: 60_000 } }]);
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(62_393 - 100_000);
    expect(await notices(id)).toEqual([{ amount: '600' }]);
  });

  it('[A078] keeps off the list whose money we hold, but for what is to be given back', async () => {
    const estate = await anEstate(service);
    const { communityId, billingAccountId, cashier } = estate;
    await aSession(service, estate);
    await aPayment(service, estate, 5000);
    await aCharge(service, estate, 3000);
    await moveToMorning(service);
    expect(await statuses(estate)).toEqual([]);
    expect(await charges(estate)).toMatchObject([{ status: 'SETTLED' }]);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-2000);
    const back = { source: 'ADVANCE', amount: 1200, means: 'CASH', reasonCode: 'OVERPAID' };
    await act(service, cashier, 'requestRefund', { communityId, billingAccountId, ...back });
    await aCharge(service, estate, 1500);
    await moveToMorning(service);
    expect((await listCases(service, estate)).map(({ listedAmount }) => listedAmount.amount)).toEqual([700]);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-1200);
  });

  it('[A080] ends the dunning of what it pays', async () => {
    const estate = await anEstate(service);
    await aSession(service, estate);
    await aListedDebt(service, estate);
    const newer = await aCharge(service, estate, 100);
    await aPayment(service, estate, 5100, { allocations: [{ chargeId: newer.id }] });
    expect(await statuses(estate)).toEqual(['LISTED']);
    await moveToMorning(service);
    expect(await statuses(estate)).toEqual(['SETTLED']);
    expect(await balance(service, estate.communityId, 'ADVANCE')).toBe(0);
  });
});

describe('a reminder', () => {
  it('[A079] by telephone leaves a proof or a note', async () => {
    const estate = await anEstate(service);
    const { id } = await aListedDebt(service, estate);
    const call = { id, channel: 'PHONE', amount: 5000 };
    expect(await reasons(service, estate.clerk, 'remindDebtor', call)).toEqual(['PROOF_OR_NOTE_REQUIRED']);
    expect(await reasons(service, estate.clerk, 'remindDebtor', { ...call, note: ' ' })).toEqual([
      'PROOF_OR_NOTE_REQUIRED',
    ]);
    const recording = await anUpload(service, estate.clerk, estate.communityId);
    const reminded = await remind(service, estate, id, 5000, { note: null, proofFileIds: [recording] });
    expect(reminded.steps).toMatchObject([{ channel: 'PHONE', proofs: [{ id: recording }] }]);
  });

  it('[A079] by message needs a household that gets it', async () => {
    const estate = await anEstate(service);
    const { tenantId, communityId, unitId } = estate;
    const [mandateId, developerId] = [newId(), newId()];
    const debtor = { unitId, householdId: null, developerId, chargeTypeCode: 'AGENCY_COMMISSION' as const };
    const data = { mandateId, ...debtor, fee: { amount: 9000, currency: 'CNY' }, rule: 'A226' as const };
    await service.wire.send(rentalMandateChargeRequested, { tenantId, communityId, aggregateId: mandateId, data });
    await service.settle();
    await moveToMorning(service);
    const [listed] = await listCases(service, estate);
    const message = { id: listed?.id, channel: 'SMS', amount: 9000 };
    expect(await reasons(service, estate.clerk, 'remindDebtor', message)).toEqual(['NOBODY_TO_MESSAGE']);
    expect(await statuses(estate)).toEqual(['LISTED']);
    expect((await remind(service, estate, listed?.id ?? '', 9000)).status).toBe('REMINDED');
  });
});
