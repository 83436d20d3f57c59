import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  anEstate,
  answer,
  anUpload,
  balance,
  bookFaults,
  factsOf,
  fillSafe,
  reasons,
  see,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import { localDay } from './dunning-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const books = async ({ communityId }: Estate, ...types: string[]): Promise<number[]> =>
  Promise.all(types.map((type) => balance(service, communityId, type)));

const today = async (): Promise<string> => localDay(await service.now());

describe('what finance spends', () => {
  type Spent = { id: string; status: string; approverRole: string };
  const fields = 'id status approverRole';
  const invoice = async ({ communityId, cashier }: Estate, amount: number, more: object = {}) => ({
    communityId,
    payee: '蓝天保洁服务部 王强',
    documentNumber: `FP${amount}`,
    documentOn: await today(),
    lines: [{ code: 'CLEANING', amount }],
    proofFileIds: [await anUpload(service, cashier, communityId)],
    ...more,
  });
  const recorded = async (estate: Estate, amount: number, more: object = {}): Promise<Spent> =>
    act(service, estate.cashier, 'recordExpenditure', await invoice(estate, amount, more), fields);
  const byCode = async ({ communityId }: Estate) =>
    service.sql<{ code: string; sum: string }>(
      `select a.charge_type_code as code, sum(p.amount)::text as sum from ledger_posting p
         join ledger_account a on a.id = p.account_id where a.community_id = $1 and a.type = 'EXPENSE' group by 1 order by 1`,
      [communityId],
    );

  it('[A003] says to whom, on which paper and for what of the budget', async () => {
    const estate = await anEstate(service);
    const refused = async (more: object) =>
      reasons(service, estate.cashier, 'recordExpenditure', await invoice(estate, 100, more));
    expect(await refused({ payee: ' ', documentNumber: '' })).toEqual(['PAYEE_REQUIRED', 'DOCUMENT_REQUIRED']);
    expect(await refused({ proofFileIds: [], lines: [] })).toEqual(['PROOF_REQUIRED', 'LINES_REQUIRED']);
    expect(await refused({ lines: [{ code: 'cleaning', amount: 1 }] })).toEqual(['CODE_MALFORMED']);
    expect(await refused({ lines: [{ code: 'CLEANING', amount: 0 }] })).toEqual(['AMOUNT_NOT_POSITIVE']);
    expect(await refused({ documentOn: '2099-01-01' })).toEqual(['IN_THE_FUTURE']);
    const { id } = await recorded(estate, 100);
    expect(await refused({})).toEqual(['DOCUMENT_KNOWN']);
    const supervisor = estate.administrativeSupervisor;
    await act(service, supervisor, 'decideExpenditure', { id, isApproved: false });
    await recorded(estate, 100);
    expect(JSON.stringify(await factsOf(service, id))).not.toContain('王强');
    const stored = await service.sql('select 1 from expenditure where payee_sealed like $1', ['%王强%']);
    expect(stored).toEqual([]);
  });

  it('[A003] is approved by another hand, and beyond 5,000 yuan by the director', async () => {
    const estate = await anEstate(service);
    const { director, administrativeSupervisor, cashier } = estate;
    const small = await recorded(estate, 500_000);
    const large = await recorded(estate, 500_001);
    expect([small.approverRole, large.approverRole]).toEqual(['administrativeSupervisor', 'director']);
    const decided = (id: string) => ({ id, isApproved: true });
    const own = await act<Spent>(
      service,
      administrativeSupervisor,
      'recordExpenditure',
      await invoice(estate, 7, {
        proofFileIds: [await anUpload(service, administrativeSupervisor, estate.communityId)],
      }),
      `${fields} availableActions { action allowed }`,
    );
    expect(own).toMatchObject({ availableActions: [{ action: 'decideExpenditure', allowed: false }, {}, {}] });
    expect(await reasons(service, administrativeSupervisor, 'decideExpenditure', decided(own.id))).toEqual([
      'OWN_REQUEST',
    ]);
    expect(await reasons(service, administrativeSupervisor, 'decideExpenditure', decided(large.id))).toEqual([
      'BEYOND_AUTHORITY',
    ]);
    await act(service, administrativeSupervisor, 'decideExpenditure', decided(small.id));
    await act(service, director, 'decideExpenditure', decided(large.id));
    const unpaid = { id: own.id, means: 'TRANSFER', reference: 'TR' };
    expect(await reasons(service, cashier, 'payExpenditure', unpaid)).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('[A003] is paid from the bank or the safe, under its codes, and taken back with its opposite', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier, director, administrativeSupervisor, supervisor } = estate;
    const lines = [
      { code: 'CLEANING', amount: 300 },
      { code: 'REPAIRS', amount: 200 },
    ];
    const approved = async (amount: number, more: object) => {
      const { id } = await recorded(estate, amount, more);
      await act(service, director, 'decideExpenditure', { id, isApproved: true });
      return id;
    };
    const id = await approved(500, { lines });
    expect(await reasons(service, cashier, 'payExpenditure', { id, means: 'TRANSFER', reference: '' })).toEqual([
      'REFERENCE_REQUIRED',
    ]);
    expect(await reasons(service, cashier, 'payExpenditure', { id, means: 'SAFE', reference: 'V' })).toEqual([
      'SAFE_TOO_LITTLE',
    ]);
    await act(service, cashier, 'payExpenditure', { id, means: 'TRANSFER', reference: 'TR 1' });
    const cash = await approved(400, {});
    await fillSafe(service, estate, 400);
    await act(service, cashier, 'payExpenditure', { id: cash, means: 'SAFE', reference: 'V 1' });
    expect(await books(estate, 'BANK', 'CASH_IN_SAFE', 'EXPENSE')).toEqual([-900, 0, 900]);
    expect(await byCode(estate)).toEqual([
      { code: 'CLEANING', sum: '700' },
      { code: 'REPAIRS', sum: '200' },
    ]);
    const year = Number((await today()).slice(0, 4));
    const plan = { communityId, year, lines: [{ accountType: 'EXPENSE', code: 'CLEANING', amount: 1000 }] };
    type Budget = {
      annualBudget: {
        comparison: { code: { code: string }; planned: { amount: number }; actual: { amount: number } }[];
      };
    };
    const compared = 'annualBudget { comparison { code { code } planned { amount } actual { amount } } }';
    const { annualBudget } = await answer<Budget>(service, supervisor, 'draftAnnualBudget', plan, compared);
    expect(annualBudget.comparison).toEqual([
      { code: { code: 'CLEANING' }, planned: { amount: 1000 }, actual: { amount: 700 } },
      { code: { code: 'REPAIRS' }, planned: { amount: 0 }, actual: { amount: 200 } },
    ]);
    const back = { id: cash, reasonCode: 'MONEY_BACK' };
    expect(await reasons(service, director, 'reverseExpenditure', { ...back, reasonCode: 'WHY' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    const both = { ...aColleague(estate, 'cashier'), roles: ['cashier' as const, 'director' as const] };
    const third = await approved(600, {});
    await act(service, both, 'payExpenditure', { id: third, means: 'TRANSFER', reference: 'TR 2' });
    expect(await reasons(service, both, 'reverseExpenditure', { ...back, id: third })).toEqual(['OWN_REQUEST']);
    await act(service, director, 'reverseExpenditure', back);
    await act(service, administrativeSupervisor, 'reverseExpenditure', { id: third, reasonCode: 'WRONG_CODE' });
    expect(await books(estate, 'BANK', 'CASH_IN_SAFE', 'EXPENSE')).toEqual([-900, 400, 500]);
    expect(await see(service, cashier, 'expenditure', cash, 'status means reversalReason { code }')).toEqual({
      status: 'REVERSED',
      means: 'SAFE',
      reversalReason: { code: 'MONEY_BACK' },
    });
    expect(await reasons(service, director, 'reverseExpenditure', back)).toEqual(['ILLEGAL_TRANSITION']);
    expect((await factsOf(service, cash)).map(([fact]) => fact)).toEqual(['recorded', 'decided', 'paid', 'reversed']);
    expect(await bookFaults(service, estate)).toEqual([]);
  });
});
