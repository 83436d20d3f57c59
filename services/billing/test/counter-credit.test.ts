import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decorationRefundRequested } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { aPostedRun, aPreview, aTariff, ledgerOf, run, runTimers, seeRun } from './charging-fixture.ts';
import {
  aCharge,
  act,
  anEstate,
  aPayment,
  aSession,
  askDecorationSum,
  balance,
  chargesFor,
  drawnForFloat,
  factsOf,
  list,
  reasons,
  see,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import { post } from './ledger-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

async function aDesk(): Promise<Estate> {
  const estate = await anEstate(service);
  await aSession(service, estate);
  return estate;
}

const wanted = ({ communityId, billingAccountId }: Estate, amount: number, overrides: object = {}): object => ({
  communityId,
  billingAccountId,
  source: 'ADVANCE',
  amount,
  means: 'CASH',
  reasonCode: 'OVERPAID',
  ...overrides,
});
const ofCharge = (estate: Estate, chargeId: string | undefined, amount: number, source = 'CHARGE'): object =>
  wanted(estate, amount, { source, chargeId, reasonCode: 'CHARGE_REVERSED' });

/** A refund that the director has approved. */
async function approved(estate: Estate, input: object): Promise<string> {
  const { id } = await act(service, estate.clerk, 'requestRefund', input);
  await act(service, estate.director, 'decideRefund', { id, isApproved: true });
  return id;
}
async function paidBack(estate: Estate, input: object): Promise<void> {
  await act(service, estate.cashier, 'payRefund', { id: await approved(estate, input) });
}

const byTransfer = { means: 'TRANSFER', tendered: null, reference: 'TR 1' };
const notPaid = (id: string): object => ({ id, reasonCode: 'NOT_PAID' });
const takeBack = (estate: Estate, id: string | undefined): Promise<unknown> =>
  run(service, estate.supervisor, 'reverseCharge', { id, reasonCode: 'WRONG_AMOUNT' }, 'charge { id }');
const apply = ({ communityId, billingAccountId }: Estate): object => ({ communityId, billingAccountId });

type Seen = { status: string; outstanding: { amount: number } };
const chargeOf = (estate: Estate, id: string | undefined): Promise<Seen> =>
  see(service, estate.clerk, 'charge', id ?? '', 'status outstanding { amount }');

/** What the books say of themselves. */
const faults = ({ communityId }: Estate): Promise<object[]> =>
  service.sql('select finding, subject from verify_ledger_books($1)', [communityId]);

describe('what stands to the good of a party', () => {
  it('[A018] is not spent while a refund of it is asked for or approved, and free again when that is withdrawn', async () => {
    const estate = await aDesk();
    const { cashier, clerk, director, supervisor } = estate;
    const { id: paymentId } = await aPayment(service, estate, 5000);
    const id = await approved(estate, wanted(estate, 4000));
    const charge = await aCharge(service, estate, 5000);
    await act(service, cashier, 'applyAdvance', apply(estate), 'id');
    expect(await chargeOf(estate, charge.id)).toMatchObject({ outstanding: { amount: 4000 } });
    expect(await reasons(service, cashier, 'applyAdvance', apply(estate))).toEqual(['NOTHING_TO_APPLY']);
    expect(await reasons(service, supervisor, 'voidPayment', notPaid(paymentId))).toEqual(['ADVANCE_USED']);
    expect(await reasons(service, director, 'withdrawRefund', { id })).toEqual(['ACCESS_DENIED']);
    expect(await act(service, clerk, 'withdrawRefund', { id }, 'status')).toEqual({ status: 'REJECTED' });
    expect((await factsOf(service, id)).at(-1)).toMatchObject(['decided', { isApproved: false }]);
    expect(await reasons(service, cashier, 'payRefund', { id })).toEqual(['ILLEGAL_TRANSITION']);
    await act(service, cashier, 'applyAdvance', apply(estate), 'id');
    expect(await ledgerOf(service, estate)).toMatchObject({ ADVANCE: 0, RECEIVABLE: 0 });
  });

  it('[A018] is promised once, however many ask at the same time', async () => {
    const estate = await aDesk();
    const { cashier, clerk, communityId } = estate;
    await aPayment(service, estate, 3000);
    await aCharge(service, estate, 2000);
    const mutation = `mutation ($input: RequestRefundInput!) { requestRefund(input: $input) { __typename } }`;
    const using = `mutation ($input: ApplyAdvanceInput!) { applyAdvance(input: $input) { __typename } }`;
    const answers = await Promise.all([
      service.graphql(clerk, mutation, { input: wanted(estate, 2000) }),
      service.graphql(cashier, mutation, { input: wanted(estate, 2000) }),
      service.graphql(cashier, using, { input: apply(estate) }),
    ]);
    const refused = answers.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions.reason) ?? []);
    expect(refused).toContain('REFUND_EXCEEDS_BALANCE');
    const [claimed] = await service.sql<{ sum: string }>(
      'select sum(amount) as sum from refund where community_id = $1',
      [communityId],
    );
    expect(Number(claimed?.sum ?? 0)).toBeLessThanOrEqual(-(await balance(service, communityId, 'ADVANCE')));
  });

  it('[A018] never goes into debit, whoever posts', async () => {
    const estate = await aDesk();
    const { billingAccountId } = estate;
    await aPayment(service, estate, 500);
    const spend = (type: string, amount: number, kind = 'REFUND') =>
      post(service, estate, {
        kind,
        on: '2026-03-02',
        entries: [
          { type, billingAccountId, amount },
          { type: 'BANK', amount: -amount },
        ],
      });
    await expect(spend('ADVANCE', 501)).rejects.toThrow('nobody spends more');
    await spend('ADVANCE', 500);
    await expect(spend('ADVANCE', 1, 'ALLOCATION')).rejects.toThrow('nobody spends more');
    await expect(spend('PREPAID', 1, 'ALLOCATION')).rejects.toThrow('nobody spends more');
    await expect(spend('PREPAID', 1, 'CONSUMPTION')).rejects.toThrow('nobody spends more');
  });
});

describe('a payment that is taken back', () => {
  it('[A076] is none whose money was given back, and none that a refund rests on', async () => {
    const estate = await aDesk();
    const { cashier, clerk, supervisor } = estate;
    const charge = await aCharge(service, estate, 1000);
    const first = await aPayment(service, estate, 1000, byTransfer);
    await paidBack(estate, ofCharge(estate, charge.id, 1000));
    expect((await chargeOf(estate, charge.id)).status).toBe('REVERSED');
    expect(await reasons(service, supervisor, 'voidPayment', notPaid(first.id))).toEqual(['PAYMENT_REFUNDED']);
    expect(await ledgerOf(service, estate)).toMatchObject({ BANK: 1000 - drawnForFloat, ADVANCE: 0 });
    const [deposit] = await chargesFor(
      service,
      clerk,
      await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 3000),
    );
    const second = await aPayment(service, estate, 3000, byTransfer);
    const id = await approved(estate, ofCharge(estate, deposit?.id, 3000, 'DEPOSIT'));
    expect(await reasons(service, supervisor, 'voidPayment', notPaid(second.id))).toEqual(['PAYMENT_REFUNDED']);
    await act(service, cashier, 'withdrawRefund', { id });
    await act(service, supervisor, 'voidPayment', notPaid(second.id));
    expect(await chargeOf(estate, deposit?.id)).toEqual({ status: 'OPEN', outstanding: { amount: 3000 } });
    expect(await reasons(service, clerk, 'requestRefund', ofCharge(estate, deposit?.id, 1, 'DEPOSIT'))).toEqual([
      'REFUND_EXCEEDS_BALANCE',
    ]);
    expect(await faults(estate)).toEqual([]);
  });

  it('[A076] takes what it paid on a charge that was taken back from the advance, once it is there', async () => {
    const estate = await aDesk();
    const { supervisor, cashier, communityId } = estate;
    const charge = await aCharge(service, estate, 700);
    const { id } = await aPayment(service, estate, 900, byTransfer);
    await takeBack(estate, charge.id);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-900);
    const other = await aCharge(service, estate, 100);
    await act(service, cashier, 'applyAdvance', apply(estate), 'id');
    // Of what never came nothing stands; for any other reason what was paid from it does.
    const mistake = { id, reasonCode: 'WRONG_AMOUNT' };
    expect(await reasons(service, supervisor, 'voidPayment', mistake)).toEqual(['ADVANCE_USED']);
    await takeBack(estate, other.id);
    await act(service, supervisor, 'voidPayment', notPaid(id));
    const nothing = { RECEIVABLE: 0, ADVANCE: 0, BANK: -drawnForFloat, REVENUE: 0 };
    expect(await ledgerOf(service, estate)).toMatchObject(nothing);
    expect(await chargeOf(estate, charge.id)).toEqual({ status: 'REVERSED', outstanding: { amount: 0 } });
    expect(await faults(estate)).toEqual([]);
  });
});

describe('a charge that was paid and is taken back', () => {
  it('[A013] leaves what was paid to the good of who paid: for other debts, or to be given back', async () => {
    const estate = await aDesk();
    const { cashier, clerk, communityId } = estate;
    const charge = await aCharge(service, estate, 5000);
    await aPayment(service, estate, 2000);
    await takeBack(estate, charge.id);
    expect(await chargeOf(estate, charge.id)).toEqual({ status: 'REVERSED', outstanding: { amount: 0 } });
    expect(await balance(service, communityId, 'ADVANCE')).toBe(-2000);
    const other = await aCharge(service, estate, 800);
    await act(service, cashier, 'applyAdvance', apply(estate), 'id');
    expect((await chargeOf(estate, other.id)).status).toBe('SETTLED');
    expect(await reasons(service, clerk, 'requestRefund', ofCharge(estate, charge.id, 1201))).toEqual([
      'REFUND_EXCEEDS_BALANCE',
    ]);
    await paidBack(estate, ofCharge(estate, charge.id, 1200));
    expect(await reasons(service, clerk, 'requestRefund', wanted(estate, 1))).toEqual(['REFUND_EXCEEDS_BALANCE']);
    expect(await ledgerOf(service, estate)).toMatchObject({ ADVANCE: 0, RECEIVABLE: 0, REVENUE: -800 });
    expect(await faults(estate)).toEqual([]);
  });

  it('[A230] with its run does so too, and what the run that corrects it charges is owed less that', async () => {
    const estate = await aDesk();
    await aTariff(service, estate);
    await aTariff(service, estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED', rate: '2500' });
    const id = await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']);
    const lines = (await seeRun(service, estate.clerk, id)).lines.nodes;
    const of = (code: string) => lines.find(({ chargeType }) => chargeType.code === code)?.id;
    const allocations = [{ chargeId: of('CABLE_TV') }, { chargeId: of('MANAGEMENT_FEE') }];
    await aPayment(service, estate, 30_000, { allocations });
    await paidBack(estate, ofCharge(estate, of('CABLE_TV'), 100));
    await run(service, estate.director, 'reverseChargeRun', { id, reasonCode: 'WRONG_TARIFF' });
    await runTimers(service);
    const nothing = { RECEIVABLE: 0, REVENUE: 0, TAX_PAYABLE: 0 };
    expect(await ledgerOf(service, estate)).toMatchObject({ ...nothing, ADVANCE: -29_900, CASH_IN_HAND: 79_900 });
    expect(await faults(estate)).toEqual([]);
    await aPostedRun(service, estate, ['MANAGEMENT_FEE', 'CABLE_TV']);
    const { RECEIVABLE: owed = 0, ADVANCE: left = 0 } = await ledgerOf(service, estate);
    expect(owed + left).toBe(62_393 + 7500 - 29_900);
    expect(await faults(estate)).toEqual([]);
  });
});

describe('a part of what was paid', () => {
  it('[A018] on a charge is given back from its price and its tax, and the charge stays', async () => {
    const estate = await aDesk();
    await aTariff(service, estate);
    const runId = await aPostedRun(service, estate);
    const [line] = (await seeRun(service, estate.clerk, runId)).lines.nodes;
    await aPayment(service, estate, 62_393);
    const before = await ledgerOf(service, estate);
    await paidBack(estate, ofCharge(estate, line?.id, 10_000));
    // 3,532 of 62,393 are tax: 566 of these 10,000.
    const { REVENUE = 0, TAX_PAYABLE = 0 } = await ledgerOf(service, estate);
    expect([REVENUE - (before['REVENUE'] ?? 0), TAX_PAYABLE - (before['TAX_PAYABLE'] ?? 0)]).toEqual([9434, 566]);
    expect(await chargeOf(estate, line?.id)).toEqual({ status: 'SETTLED', outstanding: { amount: 0 } });
    expect((await seeRun(service, estate.clerk, await aPreview(service, estate))).lineCount).toBe(0);
    expect(await reasons(service, estate.clerk, 'requestRefund', ofCharge(estate, line?.id, 52_394))).toEqual([
      'REFUND_EXCEEDS_BALANCE',
    ]);
    await aPayment(service, estate, 10_000, byTransfer);
    await paidBack(estate, ofCharge(estate, line?.id, 42_393));
    await paidBack(estate, ofCharge(estate, line?.id, 10_000));
    expect((await chargeOf(estate, line?.id)).status).toBe('REVERSED');
    const nothing = { REVENUE: 0, TAX_PAYABLE: 0, RECEIVABLE: 0 };
    expect(await ledgerOf(service, estate)).toMatchObject({ ...nothing, ADVANCE: -10_000 });
    expect(await faults(estate)).toEqual([]);
  });

  it('[A018] of a deposit that was given back does not come again with the charge', async () => {
    const estate = await aDesk();
    const [charge] = await chargesFor(
      service,
      estate.clerk,
      await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 3000),
    );
    await aPayment(service, estate, 3000);
    await paidBack(estate, ofCharge(estate, charge?.id, 1000, 'DEPOSIT'));
    await takeBack(estate, charge?.id);
    expect(await ledgerOf(service, estate)).toMatchObject({ DEPOSIT: 0, RECEIVABLE: 0, ADVANCE: -2000 });
  });

  it('[A018] on a charge that is still owed in part is given back as a whole, and the rest is not owed', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 1000);
    await aPayment(service, estate, 400);
    expect(await reasons(service, estate.clerk, 'requestRefund', ofCharge(estate, charge.id, 399))).toEqual([
      'REFUND_NOT_WHOLE',
    ]);
    await paidBack(estate, ofCharge(estate, charge.id, 400));
    expect(await chargeOf(estate, charge.id)).toEqual({ status: 'REVERSED', outstanding: { amount: 0 } });
    expect(await ledgerOf(service, estate)).toMatchObject({ REVENUE: 0, RECEIVABLE: 0, ADVANCE: 0 });
  });

  it('[A225] of a decoration deposit is refunded when the works have passed, and nobody is dunned for the rest', async () => {
    const estate = await aDesk();
    const { clerk, cashier, director, tenantId, communityId, unitId, householdId } = estate;
    const decorationId = await askDecorationSum(service, estate, 'DECORATION_DEPOSIT', 200_000);
    const [charge] = await chargesFor(service, clerk, decorationId);
    await aPayment(service, estate, 60_000);
    const fee = { amount: 200_000, currency: 'CNY' };
    const place = { decorationId, unitId, householdId, chargeTypeCode: 'DECORATION_DEPOSIT' };
    const data = { ...place, chargeId: charge?.id ?? '', fee, rule: 'A225' };
    await service.wire.send(decorationRefundRequested, { tenantId, communityId, aggregateId: decorationId, data });
    await service.settle();
    expect(await chargeOf(estate, charge?.id)).toEqual({ status: 'REVERSED', outstanding: { amount: 0 } });
    type Asked = { id: string; amount: { amount: number } };
    const [asked] = await list<Asked>(service, clerk, 'refunds', { communityId }, 'id source amount { amount }');
    expect(asked).toMatchObject({ source: 'DEPOSIT', amount: { amount: 60_000 } });
    // What goes back pays nothing else meanwhile.
    await aCharge(service, estate, 500);
    expect(await reasons(service, cashier, 'applyAdvance', apply(estate))).toEqual(['NOTHING_TO_APPLY']);
    await act(service, director, 'decideRefund', { id: asked?.id, isApproved: true });
    await act(service, cashier, 'payRefund', { id: asked?.id, reference: 'TR 9' });
    const left = { ADVANCE: 0, DEPOSIT: 0, BANK: -60_000 - drawnForFloat, RECEIVABLE: 500 };
    expect(await ledgerOf(service, estate)).toMatchObject(left);
  });
});
