import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anAuthority, type TestService } from '@steward/test-kit';

import { aColleague, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import {
  aPostedRun,
  aPreview,
  aTariff,
  ledgerOf,
  owedBy,
  reasons,
  rolesOf,
  run,
  runTimers,
  seeRun,
} from './charging-fixture.ts';
import { aPayment, aSession, factsOf, toldBy } from './counter-fixture.ts';
import { aListedDebt, seeCase } from './dunning-fixture.ts';
import { erase } from './erasure-fixture.ts';
import { aChargeByHand, isIntact, seeCharge } from './single-charges-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

type Seen = { id: string; number: string; status: string; tax: { amount: number }; occurredOn: string | null };
const fields = 'waiver { id number status tax { amount } occurredOn }';

const wanted = ({ communityId }: Estate, chargeId: string, amount: number, more: object = {}): object => ({
  communityId,
  chargeId,
  amount,
  reasonCode: 'GOODWILL',
  explanation: '电梯停运三日',
  ...more,
});
const ask = (estate: Estate, chargeId: string, amount: number, more: object = {}): Promise<Seen> =>
  run<Seen>(service, estate.clerk, 'requestWaiver', wanted(estate, chargeId, amount, more), fields);
const decide = (viewer: Viewer, id: string, isApproved = true): Promise<Seen> =>
  run<Seen>(service, viewer, 'decideWaiver', { id, isApproved }, fields);
const refused = (viewer: Viewer, mutation: string, input: object): Promise<string[]> =>
  reasons(service, viewer, mutation, input);
/** Forgives so much of a charge. */
async function waive(estate: Estate, chargeId: string, amount: number, more: object = {}): Promise<Seen> {
  return decide(estate.director, (await ask(estate, chargeId, amount, more)).id);
}
const statusOf = async (estate: Estate, id: string): Promise<string> =>
  (await seeCharge(service, estate.clerk, id)).status;

/** The management fee of the first quarter: 623.93 yuan of which 6 % on top are tax; answers run and charge. */
async function aQuarter(estate: Estate): Promise<{ runId: string; chargeId: string }> {
  await aTariff(service, estate, { taxRate: '0.06', isTaxIncluded: true });
  const runId = await aPostedRun(service, estate);
  return { runId, chargeId: (await seeRun(service, estate.clerk, runId)).lines.nodes[0]?.id ?? '' };
}

describe('a waiver', () => {
  it('[A018] is asked for by one, decided by another, settles the charge, and no run charges its days again', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    const before = await ledgerOf(service, estate);
    const asked = await ask(estate, chargeId, 62_393);
    expect(asked).toMatchObject({ status: 'REQUESTED', occurredOn: null });
    expect(asked.number).toMatch(/^JM-\d{8}-0001$/);
    expect(await toldBy(service, asked.id, 'waiverAsked')).toEqual(['supervisor']);
    expect(await ledgerOf(service, estate)).toEqual(before);
    const decided = await decide(estate.supervisor, asked.id);
    expect(decided).toMatchObject({ status: 'APPROVED', occurredOn: '2026-03-02' });
    expect(await statusOf(estate, chargeId)).toBe('SETTLED');
    expect(await owedBy(service, estate.billingAccountId)).toBe(0);
    // Revenue stands as it was earned; what is done without stands by itself, and no tax is owed of it.
    expect(await ledgerOf(service, estate)).toEqual({
      ...before,
      RECEIVABLE: 0,
      WAIVER: -(before['REVENUE'] ?? 0),
      TAX_PAYABLE: 0,
    });
    expect((await seeRun(service, estate.clerk, await aPreview(service, estate))).lineCount).toBe(0);
    expect((await factsOf(service, asked.id)).map(([fact]) => fact)).toEqual(['requested', 'decided']);
    expect((await factsOf(service, chargeId)).map(([fact]) => fact)).toEqual(['settled']);
    expect(await isIntact(service, estate)).toBe(true);
    await service.sql(`update waiver set amount = amount - 1 where id = $1`, [asked.id]);
    expect(await isIntact(service, estate)).toBe(false);
  });

  it('[A018] of a part lowers what is left, parts have the whole tax, and no more is forgiven than is owed', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    await aSession(service, estate);
    await aPayment(service, estate, 20_000);
    const { amount, tax } = await seeCharge(service, estate.clerk, chargeId);
    const rest = amount.amount - 20_000;
    expect(await refused(estate.clerk, 'requestWaiver', wanted(estate, chargeId, rest + 1))).toEqual([
      'WAIVER_EXCEEDS_DEBT',
    ]);
    const first = await ask(estate, chargeId, rest - 100);
    // What somebody asks to forgive is not asked for twice.
    expect(await refused(estate.clerk, 'requestWaiver', wanted(estate, chargeId, 101))).toEqual([
      'WAIVER_EXCEEDS_DEBT',
    ]);
    const { tax: waivedTax } = await decide(estate.supervisor, first.id);
    expect(waivedTax.amount).toBe(Math.round((tax.amount * (rest - 100)) / amount.amount));
    expect([await statusOf(estate, chargeId), await owedBy(service, estate.billingAccountId)]).toEqual(['OPEN', 100]);
    const second = await ask(estate, chargeId, 100);
    await aPayment(service, estate, 1);
    expect(await refused(estate.supervisor, 'decideWaiver', { id: second.id, isApproved: true })).toEqual([
      'WAIVER_EXCEEDS_DEBT',
    ]);
    await aPayment(service, estate, 99);
    expect(await refused(estate.supervisor, 'decideWaiver', { id: second.id, isApproved: true })).toEqual([
      'CHARGE_NOT_OPEN',
    ]);
    expect(await refused(estate.clerk, 'requestWaiver', wanted(estate, chargeId, 1))).toEqual(['CHARGE_NOT_OPEN']);
    expect((await decide(estate.supervisor, second.id, false)).status).toBe('REJECTED');
    expect(await isIntact(service, estate)).toBe(true);
  });

  it('[A018] is not collected, and published by itself', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    await aSession(service, estate);
    await aPayment(service, estate, 12_393);
    const { id } = await waive(estate, chargeId, 50_000);
    const query = `query ($communityId: ID!) { collectionStatistics(communityId: $communityId, from: "2026-03-01", to: "2026-04-01") {
      charged { amount } collected { amount } received { amount } collectionRate arrears { amount { amount } } } }`;
    type Figures = { collectionStatistics: object };
    const figures = async () =>
      (await service.ok<Figures>(estate.analyst, query, { communityId: estate.communityId })).collectionStatistics;
    const known = { charged: { amount: 62_393 }, collected: { amount: 12_393 }, received: { amount: 12_393 } };
    expect(await figures()).toMatchObject({ ...known, collectionRate: '0.1986', arrears: { amount: { amount: 0 } } });
    await run(service, estate.supervisor, 'reverseWaiver', { id, reasonCode: 'CONDITION_UNMET' }, 'waiver { id }');
    expect(await figures()).toMatchObject({ ...known, collectionRate: '0.1986' });
    expect(await owedBy(service, estate.billingAccountId)).toBe(50_000);
  });
});

describe('who forgives', () => {
  it('[A018] the supervisor up to the figure of refunds, the director beyond it, never who asked', async () => {
    const estate = await anEstate(service);
    const { supervisor, director, clerk, guard } = estate;
    const chargeId = await aChargeByHand(service, estate, { quantity: null, unitPrice: null, amount: 400_000 });
    const edge = await ask(estate, chargeId, 100_000);
    const over = await ask(estate, chargeId, 100_001);
    expect(await toldBy(service, over.id, 'waiverAsked')).toEqual(['director']);
    const approve = (id: string) => ({ id, isApproved: true });
    expect(await refused(supervisor, 'decideWaiver', approve(over.id))).toEqual(['BEYOND_AUTHORITY']);
    expect((await decide(supervisor, edge.id)).status).toBe('APPROVED');
    expect((await decide(director, over.id)).status).toBe('APPROVED');
    const own = await run<Seen>(service, supervisor, 'requestWaiver', wanted(estate, chargeId, 10), fields);
    expect(await refused(supervisor, 'decideWaiver', approve(own.id))).toEqual(['OWN_REQUEST']);
    expect(await refused(clerk, 'decideWaiver', approve(own.id))).toEqual(['ACCESS_DENIED']);
    await anAuthority(service, estate, { action: 'WAIVE_CHARGE', role: 'clerk', limitAmount: 10 });
    const more = await ask(estate, chargeId, 11);
    expect(await refused(aColleague(estate, 'clerk'), 'decideWaiver', approve(more.id))).toEqual(['BEYOND_AUTHORITY']);
    expect((await decide(clerk, own.id)).status).toBe('APPROVED');
    expect(await refused(guard, 'decideWaiver', approve(more.id))).toEqual(['AUTHORITY_LACKING']);
    await run(service, clerk, 'withdrawWaiver', { id: more.id }, 'waiver { id }');
    expect(await refused(director, 'decideWaiver', approve(more.id))).toEqual(['ILLEGAL_TRANSITION']);
    expect(
      await rolesOf(service, estate, 'requestWaiver', wanted(estate, chargeId, 1, { reasonCode: 'NONE' })),
    ).toEqual(['supervisor', 'clerk', 'cashier']);
    expect(await rolesOf(service, estate, 'reverseWaiver', { id: edge.id, reasonCode: 'NONE' })).toEqual([
      'director',
      'supervisor',
    ]);
  });

  it('[A018] nothing that is wrong, of a closed month, or that is kept for somebody', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    const why = (more: object, amount = 1) =>
      refused(estate.clerk, 'requestWaiver', wanted(estate, chargeId, amount, more));
    expect(await why({ reasonCode: 'NONE', explanation: ' ', occurredOn: '2026-03-03' }, 0)).toEqual([
      'AMOUNT_NOT_POSITIVE',
      'REASON_UNKNOWN',
      'TEXT_REQUIRED',
      'IN_THE_FUTURE',
    ]);
    expect(await why({ occurredOn: '2026-03-01' })).toEqual(['BEFORE_CHARGE']);
    const elsewhere = await anEstate(service, estate.tenantId);
    expect(await refused(elsewhere.clerk, 'requestWaiver', wanted(elsewhere, chargeId, 1))).toEqual(['CHARGE_UNKNOWN']);
    const { id } = await ask(estate, chargeId, 1, { occurredOn: '2026-03-02' });
    await service.sql(`update ledger_chain set closed_to = '2026-03-03' where community_id = $1`, [estate.communityId]);
    expect(await why({ occurredOn: '2026-03-02' })).toEqual(['PERIOD_CLOSED']);
    expect(await refused(estate.director, 'decideWaiver', { id, isApproved: true })).toEqual(['PERIOD_CLOSED']);
  });
});

describe('what was forgiven', () => {
  it('[A018] is owed again when the waiver is taken back, once, and says why', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    const before = await ledgerOf(service, estate);
    const { id } = await waive(estate, chargeId, 62_393);
    expect(await refused(estate.director, 'reverseWaiver', { id, reasonCode: 'NONE' })).toEqual(['REASON_UNKNOWN']);
    const input = { id, reasonCode: 'WRONG_CHARGE' };
    const seen =
      'waiver { status reversedAt reversalReason { code label } availableActions { action allowed } history { nodes { action } } }';
    expect(await run<object>(service, estate.supervisor, 'reverseWaiver', input, seen)).toMatchObject({
      status: 'REVERSED',
      reversedAt: expect.any(String),
      reversalReason: { code: 'WRONG_CHARGE', label: 'Wrong charge' },
      availableActions: ['decideWaiver', 'withdrawWaiver', 'reverseWaiver'].map((action) => ({
        action,
        allowed: false,
      })),
      history: { nodes: ['reverseWaiver', 'decideWaiver', 'requestWaiver'].map((action) => ({ action })) },
    });
    expect(await refused(estate.director, 'reverseWaiver', input)).toEqual(['ILLEGAL_TRANSITION']);
    expect(await ledgerOf(service, estate)).toEqual({ ...before, WAIVER: 0 });
    expect(await statusOf(estate, chargeId)).toBe('OPEN');
    expect((await factsOf(service, id)).map(([fact]) => fact)).toEqual(['requested', 'decided', 'reversed']);
    expect(await isIntact(service, estate)).toBe(true);
  });

  it('[A018] goes with a charge or a run that is taken back', async () => {
    for (const isWhole of [false, true]) {
      const estate = await anEstate(service);
      const { runId, chargeId } = await aQuarter(estate);
      const { id } = await waive(estate, chargeId, 2393);
      await aSession(service, estate);
      await aPayment(service, estate, 60_000);
      if (isWhole) await run(service, estate.director, 'reverseChargeRun', { id: runId, reasonCode: 'WRONG_TARIFF' });
      else
        await run(
          service,
          estate.director,
          'reverseCharge',
          { id: chargeId, reasonCode: 'WRONG_AMOUNT' },
          'charge { id }',
        );
      await runTimers(service);
      const books = await ledgerOf(service, estate);
      expect(books).toMatchObject({ RECEIVABLE: 0, ADVANCE: -60_000, REVENUE: 0, WAIVER: 0, TAX_PAYABLE: 0 });
      const [row] = await service.sql(`select status, reversal_reason_code as code from waiver where id = $1`, [id]);
      expect(row).toEqual({ status: 'REVERSED', code: 'CHARGE_REVERSED' });
      expect(await isIntact(service, estate)).toBe(true);
    }
  });

  it('[A018] loses its words when who owed it is erased', async () => {
    const estate = await anEstate(service);
    const { chargeId } = await aQuarter(estate);
    const { id } = await waive(estate, chargeId, 1);
    await erase(service, estate);
    const query = `query ($id: ID!) { waiver(id: $id) { explanation amount { amount } } }`;
    expect(await service.ok(estate.clerk, query, { id })).toEqual({
      waiver: { explanation: '', amount: { amount: 1 } },
    });
  });

  it('[A018] [A080] is not dunned: the case ends with the last of what was overdue', async () => {
    const estate = await anEstate(service);
    const { id } = await aListedDebt(service, estate);
    const [charge] = await service.sql<{ id: string }>(`select id from charge where billing_account_id = $1`, [
      estate.billingAccountId,
    ]);
    await waive(estate, charge?.id ?? '', 4999);
    expect((await seeCase(service, estate, id)).status).toBe('LISTED');
    await waive(estate, charge?.id ?? '', 1);
    expect((await seeCase(service, estate, id)).status).toBe('SETTLED');
  });
});
