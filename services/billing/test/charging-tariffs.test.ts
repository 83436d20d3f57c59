import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aColleague, anEstate, startBilling, type Estate } from './billing-fixture.ts';
import { aTariff, aTariffInput, reasons, refusal, rolesOf, run } from './charging-fixture.ts';
import { aPaymentInput, aSession } from './counter-fixture.ts';
import { reasonOf } from './ledger-fixture.ts';
import { ask, wanted } from './single-charges-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
});
afterAll(() => service?.stop());

describe('tariffs', () => {
  let estate: Estate;
  beforeAll(async () => {
    estate = await anEstate(service);
  });

  it('[A003] counts with the paper of the authority, its days, and the approval of somebody else', async () => {
    const input = aTariffInput(estate, { chargeTypeCode: 'HEATING', rate: '250' });
    const { id } = await run(service, estate.clerk, 'draftTariff', input);
    expect(await reasons(service, aColleague(estate, 'clerk'), 'approveTariff', { id })).toEqual(['ACCESS_DENIED']);
    const approved = await run(service, estate.director, 'approveTariff', { id });
    expect(approved).toMatchObject({ status: 'APPROVED', version: 2 });
    const query = `query ($id: ID!) { tariff(id: $id) { documentNumber documentIssuer documentIssuedOn validFrom validTo
      approvedAt history { nodes { action rule } } availableActions { action allowed refusal { reason } } } }`;
    type Seen = { tariff: { documentNumber: string; approvedAt: string; history: { nodes: { rule: string }[] } } };
    const { tariff } = await service.ok<Seen>(estate.supervisor, query, { id });
    expect(tariff).toMatchObject({ documentIssuer: '市物价局', validFrom: '2025-06-01', validTo: null });
    expect(tariff.history.nodes.map(({ rule }) => rule)).toEqual(['A003', 'A003']);
    const [fact] = (await service.events('steward.billing.tariff.approved.v1')).filter((e) => e.aggregateId === id);
    expect(fact?.data).toMatchObject({ chargeTypeCode: 'HEATING', validFrom: '2025-06-01', validTo: null });
  });

  it('[A003] a director does not approve what they drafted, nor twice', async () => {
    const both = aColleague(estate, 'director');
    const { id } = await run(
      service,
      both,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED' }),
    );
    expect(await reasons(service, both, 'approveTariff', { id })).toEqual(['OWN_DRAFT']);
    await run(service, estate.director, 'approveTariff', { id });
    expect(await reasons(service, estate.director, 'approveTariff', { id })).toEqual(['ILLEGAL_TRANSITION']);
    const twin = await run(
      service,
      estate.clerk,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'CABLE_TV', method: 'FIXED' }),
    );
    const { reason, message } = await refusal(service, estate.director, 'approveTariff', { id: twin.id }, 'zh-CN');
    expect(reason).toBe('TARIFF_OVERLAPS');
    expect(message).toMatch(/^收费标准 SF-.* 在同一时段适用于相同用途。$/);
  });

  it('[A249] names everything that is wrong with one at once', async () => {
    const input = aTariffInput(estate, { rate: null, documentNumber: ' ', validTo: '2025-01-01', taxRate: '1.5' });
    expect(await reasons(service, estate.clerk, 'draftTariff', input)).toEqual([
      'PRICE_REQUIRED',
      'NOT_A_SHARE',
      'AUTHORITY_REQUIRED',
      'ENDS_BEFORE_START',
    ]);
    const formula = aTariffInput(estate, { method: 'FORMULA', rate: null, formula: 'process.exit(1)' });
    expect(await reasons(service, estate.clerk, 'draftTariff', formula)).toEqual(['FORMULA_UNUSABLE']);
  });

  it('[A249] the director approves and ends, supervisor and director withdraw, each in its state', async () => {
    const id = await aTariff(service, estate, { chargeTypeCode: 'GAS', method: 'FIXED', validFrom: '2025-07-01' });
    const draft = await run(
      service,
      estate.clerk,
      'draftTariff',
      aTariffInput(estate, { chargeTypeCode: 'WATER', method: 'FIXED' }),
    );
    expect(await rolesOf(service, estate, 'approveTariff', { id })).toEqual(['director']);
    expect(await rolesOf(service, estate, 'endTariff', { id, validTo: '2025-07-01' })).toEqual(['director']);
    expect(await rolesOf(service, estate, 'withdrawTariff', { id })).toEqual(['director', 'supervisor']);
    expect(await reasons(service, estate.director, 'endTariff', { id: draft.id, validTo: '2026-12-01' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
    expect(await reasons(service, estate.director, 'endTariff', { id, validTo: '2025-07-01' })).toEqual([
      'ENDS_BEFORE_START',
    ]);
    expect(await run(service, estate.director, 'endTariff', { id, validTo: '2026-07-01' })).toMatchObject({
      status: 'APPROVED',
    });
    expect(await reasons(service, estate.director, 'withdrawTariff', { id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await run(service, estate.supervisor, 'withdrawTariff', { id: draft.id })).toMatchObject({
      status: 'WITHDRAWN',
    });
    expect(await reasons(service, estate.director, 'withdrawTariff', { id: draft.id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await reasons(service, estate.director, 'approveTariff', { id: draft.id })).toEqual(['ILLEGAL_TRANSITION']);
    expect(await reasons(service, estate.director, 'endTariff', { id: draft.id, validTo: '2026-12-01' })).toEqual([
      'ILLEGAL_TRANSITION',
    ]);
  });
});

describe('an amount', () => {
  it('[B011] [A075] is at most a billion yuan, wherever an input takes one; the field is named', async () => {
    const estate = await anEstate(service);
    const most = 100_000_000_000;
    const plain = { quantity: null, unitPrice: null };
    const large = await refusal(service, estate.clerk, 'requestCharge', wanted(estate, { ...plain, amount: most + 1 }));
    expect(large).toMatchObject({
      code: 'BAD_USER_INPUT',
      reason: 'AMOUNT_TOO_LARGE',
      violations: [{ path: 'input.amount', reason: 'AMOUNT_TOO_LARGE' }],
    });
    expect(
      await reasons(
        service,
        estate.clerk,
        'requestCharge',
        wanted(estate, { quantity: '2', unitPrice: '50000000000.5' }),
      ),
    ).toEqual(['AMOUNT_TOO_LARGE']);
    expect((await ask(service, estate, { ...plain, amount: most })).status).toBe('REQUESTED');
    expect((await ask(service, estate, { quantity: '2', unitPrice: '50000000000' })).status).toBe('REQUESTED');
    const budget = (amount: number): object => ({
      communityId: estate.communityId,
      year: 2027,
      lines: [
        { accountType: 'EXPENSE', code: 'OFFICE', amount: 1 },
        { accountType: 'EXPENSE', code: 'OTHER', amount },
      ],
    });
    const drafting = `mutation ($input: DraftAnnualBudgetInput!) { draftAnnualBudget(input: $input) { annualBudget { id } } }`;
    const { extensions } = await service.refused(estate.clerk, drafting, { input: budget(most + 1) });
    expect(extensions.violations).toMatchObject([{ path: 'input.lines.1.amount', reason: 'AMOUNT_TOO_LARGE' }]);
    await service.ok(estate.clerk, drafting, { input: budget(most) });
    await aSession(service, estate);
    const paid = { tendered: most + 1, confirmed: [] };
    expect(await reasonOf(service, estate.cashier, 'recordPayment', aPaymentInput(estate, 1, paid))).toBe(
      'AMOUNT_TOO_LARGE',
    );
  });
});
