import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aColleague, aFlat, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  refusal,
  rolesOf,
  run,
  runTimers,
  seeRun,
  setFigure,
} from './charging-fixture.ts';
import { aPayment, aSession, factsOf, toldBy } from './counter-fixture.ts';
import { erase } from './erasure-fixture.ts';
import { aChargeByHand, ask, decide, february, isIntact, seeCharge, wanted } from './single-charges-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const why = (estate: Estate, overrides: object): Promise<string[]> =>
  reasons(service, estate.clerk, 'requestCharge', wanted(estate, overrides));

describe('a single charge', () => {
  it('[B011] venue rent is asked for by one, approved by another, owed, explained and paid', async () => {
    const estate = await anEstate(service);
    await setFigure(service, estate, ['taxes', 'venueRentTaxPercent'], 5);
    const asked = await ask(service, estate);
    expect(asked).toMatchObject({ status: 'REQUESTED', charge: null });
    expect(asked.number).toMatch(/^SQ-\d{8}-0001$/);
    expect(await toldBy(service, asked.id, 'chargeAsked')).toEqual(['supervisor']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    const waiting = `query ($filter: ChargeRequestFilter) { chargeRequests(filter: $filter) { totalCount nodes {
      id availableActions { action allowed } } } }`;
    const filter = { communityId: estate.communityId, status: ['REQUESTED'] };
    expect(await service.ok(estate.supervisor, waiting, { filter })).toEqual({
      chargeRequests: {
        totalCount: 1,
        nodes: [
          {
            id: asked.id,
            availableActions: ['decideChargeRequest', 'withdrawChargeRequest'].map((action) => ({
              action,
              allowed: true,
            })),
          },
        ],
      },
    });
    const { charge, status } = await decide(service, estate.supervisor, asked.id);
    expect(status).toBe('APPROVED');
    expect(await seeCharge(service, estate.resident, charge?.id ?? '')).toEqual({
      status: 'OPEN',
      chargeType: { code: 'VENUE_RENT' },
      amount: { amount: 36_150 },
      tax: { amount: 1721 },
      occurredOn: '2026-03-02',
      dueOn: null,
      periodFrom: '2026-03-02',
      periodTo: '2026-03-03',
      line: {
        method: 'BY_HAND',
        tariff: null,
        quantity: '3',
        rate: '12050',
        taxRate: '0.05',
        amount: { amount: 36_150 },
        tax: { amount: 1721 },
        rule: 'B011',
        reason: { code: 'VENUE_RENTED', label: 'A venue was rented' },
        explanation: '活动室三小时',
      },
    });
    expect(await ledgerOf(service, estate)).toEqual({ RECEIVABLE: 36_150, REVENUE: -34_429, TAX_PAYABLE: -1721 });
    expect((await factsOf(service, asked.id)).map(([fact]) => fact)).toEqual(['submitted', 'decided']);
    expect(await factsOf(service, charge?.id ?? '')).toMatchObject([
      ['raised', { chargeTypeCode: 'VENUE_RENT', cause: null, fee: { amount: 36_150 } }],
    ]);
    await aSession(service, estate);
    await aPayment(service, estate, 36_150);
    expect((await seeCharge(service, estate.clerk, charge?.id ?? '')).status).toBe('SETTLED');
    expect(await isIntact(service, estate)).toBe(true);
  });

  it('[B011] the maker is never the checker, of two who decide one does, and what is over stays over', async () => {
    const estate = await anEstate(service);
    const { supervisor, director, clerk } = estate;
    const own = await run<{ id: string }>(service, supervisor, 'requestCharge', wanted(estate));
    expect(await toldBy(service, own.id, 'chargeAsked')).toEqual(['director']);
    const mine = { id: own.id, isApproved: true };
    expect(await refusal(service, supervisor, 'decideChargeRequest', mine)).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'OWN_REQUEST',
    });
    const mutation = `mutation ($input: DecideChargeRequestInput!) {
      decideChargeRequest(input: $input) { chargeRequest { id } } }`;
    const both = await Promise.all(
      [director, aColleague(estate, 'supervisor')].map((who) => service.graphql(who, mutation, { input: mine })),
    );
    const refused = both.flatMap(({ errors }) => errors?.map(({ extensions }) => extensions.reason) ?? []);
    expect(refused).toEqual(['ILLEGAL_TRANSITION']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(36_150);
    const rejected = await ask(service, estate);
    expect(await decide(service, director, rejected.id, false)).toMatchObject({ status: 'REJECTED', charge: null });
    const withdrawn = await ask(service, estate);
    await run(service, clerk, 'withdrawChargeRequest', { id: withdrawn.id });
    for (const { id } of [rejected, withdrawn]) {
      expect(await reasons(service, director, 'decideChargeRequest', { id, isApproved: true })).toEqual([
        'ILLEGAL_TRANSITION',
      ]);
      expect(await reasons(service, clerk, 'withdrawChargeRequest', { id })).toEqual(['ILLEGAL_TRANSITION']);
    }
    const kept = await service.sql<{ status: string }>(
      'select status from charge_request where community_id = $1 order by created_at, id',
      [estate.communityId],
    );
    expect(kept.map(({ status }) => status)).toEqual(['APPROVED', 'REJECTED', 'WITHDRAWN']);
    expect((await factsOf(service, withdrawn.id)).map(([fact]) => fact)).toEqual(['submitted', 'withdrawn']);
    expect(await owedBy(service, estate.billingAccountId)).toBe(36_150);
  });

  it('[B011] a call that is repeated with its key asks once, and only the desk may ask or decide', async () => {
    const estate = await anEstate(service);
    const once = { idempotencyKey: `venue-${estate.communityId}` };
    const [first, again] = [await ask(service, estate, once), await ask(service, estate, once)];
    expect(again.id).toBe(first.id);
    expect(await why(estate, { ...once, quantity: '4' })).toEqual(['IDEMPOTENCY_KEY_REUSED']);
    const nowhere = wanted(estate, { chargeTypeCode: 'NONE' });
    expect(await rolesOf(service, estate, 'requestCharge', nowhere)).toEqual(['supervisor', 'clerk', 'cashier']);
    await run(service, estate.clerk, 'withdrawChargeRequest', { id: first.id });
    expect(await rolesOf(service, estate, 'decideChargeRequest', { id: first.id, isApproved: true })).toEqual([
      'director',
      'administrativeSupervisor',
      'supervisor',
    ]);
    expect(await rolesOf(service, estate, 'withdrawChargeRequest', { id: first.id })).toEqual([
      'supervisor',
      'clerk',
      'cashier',
    ]);
  });
});

describe('what is refused', () => {
  it('[B011] wrong kinds, sums, days, reasons and words, each by its name and all at once', async () => {
    const estate = await anEstate(service);
    for (const code of ['WATER', 'PUBLIC_WATER', 'LATE_FEE', 'HEATING', 'DECORATION_DEPOSIT', 'FINAL_SETTLEMENT'])
      expect(await why(estate, { chargeTypeCode: code })).toEqual(['CHARGE_TYPE_NOT_BY_HAND']);
    expect(await why(estate, { chargeTypeCode: 'NONE' })).toEqual(['CHARGE_TYPE_UNKNOWN']);
    expect(await why(estate, { amount: 5 })).toEqual(['AMOUNT_OR_PRICE']);
    expect(await why(estate, { unitPrice: null })).toEqual(['AMOUNT_OR_PRICE']);
    expect(await why(estate, { quantity: null, unitPrice: null })).toEqual(['AMOUNT_OR_PRICE']);
    expect(await why(estate, { quantity: null, unitPrice: null, amount: 0 })).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(await why(estate, { quantity: '0.4', unitPrice: '1' })).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(await why(estate, { quantity: '-1' })).toEqual(['NOT_A_DECIMAL']);
    expect(await why(estate, { periodFrom: '2026-03-02' })).toEqual(['PERIOD_UNFIT']);
    expect(await why(estate, { periodFrom: '2026-03-02', periodTo: '2026-03-02' })).toEqual(['ENDS_BEFORE_START']);
    expect(await why(estate, { ...february, periodFrom: null, periodTo: null })).toEqual(['PERIOD_UNFIT']);
    expect(await why(estate, { occurredOn: '2026-03-03' })).toEqual(['IN_THE_FUTURE']);
    expect(await why(estate, { reasonCode: 'BECAUSE' })).toEqual(['REASON_UNKNOWN']);
    expect(await why(estate, { reasonCode: 'CORRECTION' })).toEqual(['REPLACED_UNFIT']);
    expect(await why(estate, { billingAccountId: estate.unitId })).toEqual(['ACCOUNT_UNKNOWN']);
    expect(await why(estate, { explanation: ' ', reasonCode: 'BECAUSE' })).toEqual(['REASON_UNKNOWN', 'TEXT_REQUIRED']);
    const texts = (locale: 'zh-CN' | 'en') =>
      refusal(service, estate.clerk, 'requestCharge', wanted(estate, { chargeTypeCode: 'WATER' }), locale);
    expect((await texts('zh-CN')).message).toBe('该费用不能人工单笔收取，应由抄表、分摊、押金或结算产生。');
    expect((await texts('en')).message).toMatch(/^This kind is not charged by hand/);
  });

  it('[B011] a day of a closed month, when it is asked for and when it is decided', async () => {
    const estate = await anEstate(service);
    const { communityId, administrativeSupervisor } = estate;
    const asked = await ask(service, estate, { occurredOn: '2026-02-28' });
    await run(
      service,
      administrativeSupervisor,
      'closeLedgerPeriod',
      { communityId, month: '2026-02' },
      'ledgerPeriod { id }',
    );
    expect(await why(estate, { occurredOn: '2026-02-28' })).toEqual(['PERIOD_CLOSED']);
    expect(await reasons(service, estate.director, 'decideChargeRequest', { id: asked.id, isApproved: true })).toEqual([
      'PERIOD_CLOSED',
    ]);
    expect(await decide(service, estate.director, asked.id, false)).toMatchObject({ status: 'REJECTED' });
    const open = await aChargeByHand(service, estate, { occurredOn: '2026-03-01' });
    expect((await seeCharge(service, estate.clerk, open)).occurredOn).toBe('2026-03-01');
  });

  it('[B011] an account whose person is erased; the words go, the charge stays', async () => {
    const estate = await anEstate(service);
    const id = await aChargeByHand(service, estate);
    const asked = await ask(service, estate);
    await erase(service, estate);
    expect(await why(estate, {})).toEqual(['PAYER_ERASED']);
    expect(await reasons(service, estate.director, 'decideChargeRequest', { id: asked.id, isApproved: true })).toEqual([
      'PAYER_ERASED',
    ]);
    expect((await seeCharge(service, estate.clerk, id)).line).toMatchObject({ quantity: '3', explanation: '' });
    expect(await isIntact(service, estate)).toBe(true);
  });
});

describe('days that runs charge too', () => {
  it('[A230] are charged once, to who answers for them, due later, and taxed by their tariff', async () => {
    const estate = await anEstate(service);
    const tariff = await aTariff(service, estate);
    const preview = await aPreview(service, estate);
    const twice = await ask(service, estate, february);
    const id = await aChargeByHand(service, estate, february);
    expect(await reasons(service, estate.director, 'decideChargeRequest', { id: twice.id, isApproved: true })).toEqual([
      'DAYS_CHARGED',
    ]);
    expect(await seeCharge(service, estate.clerk, id)).toMatchObject({
      tax: { amount: 1132 },
      dueOn: '2026-03-17',
      periodFrom: '2026-02-01',
      periodTo: '2026-03-01',
      line: { tariff: { id: tariff }, taxRate: '0.06', quantity: '1', rate: '20000' },
    });
    await run(service, estate.supervisor, 'postChargeRun', { id: preview });
    await runTimers(service);
    const { lines } = await seeRun(service, estate.clerk, preview);
    expect(lines.nodes.map(({ periodFrom, periodTo }) => [periodFrom, periodTo])).toEqual([
      ['2026-01-01', '2026-02-01'],
      ['2026-03-01', '2026-04-01'],
    ]);
    expect(await why(estate, february)).toEqual(['DAYS_CHARGED']);
    const other = await aFlat(service, estate, `3/1/${estate.communityId.slice(-4)}`);
    const sold = {
      ...february,
      billingAccountId: other.billingAccountId,
      periodFrom: '2019-02-01',
      periodTo: '2019-03-01',
    };
    expect(await why(estate, sold)).toEqual(['NOT_LIABLE']);
    expect(await isIntact(service, estate)).toBe(true);
  });

  it('[A013] a correction stands once in the place of what was taken back, and frees its days again with it', async () => {
    const estate = await anEstate(service);
    await aTariff(service, estate);
    const quarter = { ...february, periodFrom: '2026-01-01', periodTo: '2026-04-01', reasonCode: 'CORRECTION' };
    await aPostedRun(service, estate);
    const [charged] = await service.sql<{ id: string }>('select id from charge where community_id = $1', [
      estate.communityId,
    ]);
    const replacesChargeId = charged?.id ?? '';
    expect(await why(estate, { ...quarter, replacesChargeId })).toEqual(['REPLACED_UNFIT']);
    await run(
      service,
      estate.supervisor,
      'reverseCharge',
      { id: replacesChargeId, reasonCode: 'WRONG_AMOUNT' },
      'charge { id }',
    );
    expect(await why(estate, { replacesChargeId, reasonCode: 'CORRECTION' })).toEqual(['REPLACED_UNFIT']);
    const asked = await ask(service, estate, { ...quarter, replacesChargeId });
    expect(await why(estate, { ...quarter, replacesChargeId })).toEqual(['REPLACED_ALREADY']);
    const { charge } = await decide(service, estate.director, asked.id);
    expect(await owedBy(service, estate.billingAccountId)).toBe(20_000);
    expect((await seeRun(service, estate.clerk, await aPreview(service, estate))).lineCount).toBe(0);
    const back = { id: charge?.id, reasonCode: 'WRONG_AMOUNT' };
    await run(service, estate.supervisor, 'reverseCharge', back, 'charge { id }');
    expect((await ask(service, estate, { ...quarter, replacesChargeId })).status).toBe('REQUESTED');
    expect(await isIntact(service, estate)).toBe(true);
  });
});
