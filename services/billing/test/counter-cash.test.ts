import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  anEstate,
  anUpload,
  aPayment,
  aSession,
  balance,
  clock,
  factsOf,
  fillSafe,
  pieces,
  reasons,
  see,
  startBilling,
  toldBy,
  usualFloat,
  type Clock,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

type Session = {
  id: string;
  status: string;
  float: { amount: number };
  inTill: { amount: number };
  expected: { amount: number } | null;
  counted: { amount: number } | null;
  variances: { id: string; foundIn: string; kind: string; amount: { amount: number }; status: string }[];
  loans: { id: string; status: string }[];
  entries: { kind: string; amount: { amount: number } }[];
  witness: { id: string } | null;
  signatures: { role: string }[];
  deadlines: Clock[];
};
const session = `id status float { amount } inTill { amount } expected { amount } counted { amount }
  variances { id foundIn kind amount { amount } status } loans { id status } entries { kind amount { amount } }
  witness { id } signatures { role } ${clock}`;
const sessionOf = (estate: Estate, id: string): Promise<Session> =>
  see(service, estate.supervisor, 'cashierSession', id, session);

const count = (estate: Estate, id: string, amount: number) =>
  act<Session>(service, estate.cashier, 'countTill', { id, pieces: pieces(amount) }, session);

/** Counted, dropped before the supervisor, and with finance. */
async function drop(estate: Estate, id: string, amount: number, floatLeft = 50_000): Promise<Session> {
  const signatureFileId = await anUpload(service, estate.cashier, estate.communityId, 'SIGNATURE');
  const input = { id, amount, floatLeft, bag: 'B-1', witnessId: estate.supervisor.staffId, signatureFileId };
  return act<Session>(service, estate.cashier, 'dropCash', input, session);
}
const handIn = (estate: Estate, id: string) =>
  act<Session>(service, estate.supervisor, 'handInCash', { id, depositSlip: 'D-1' }, session);

describe('a shift at the till', () => {
  it('[B044] takes over the float that the shift before left, and writes what was counted', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    const { id } = await aSession(service, estate);
    expect(await sessionOf(estate, id)).toMatchObject({
      status: 'OPEN',
      float: { amount: 50_000 },
      variances: [],
      entries: [{ kind: 'FLOAT' }],
    });
    expect(
      await reasons(service, cashier, 'openCashierSession', { communityId, book: 'A02', pieces: usualFloat }),
    ).toEqual(['SESSION_OPEN']);
    const next = { ...aColleague(estate, 'cashier') };
    const taking = { communityId, book: 'A01', pieces: pieces(40_000) };
    expect(await reasons(service, next, 'openCashierSession', taking)).toEqual(['TILL_NOT_HANDED_OVER']);
    await count(estate, id, 50_000);
    expect(await reasons(service, next, 'openCashierSession', taking)).toEqual(['TILL_NOT_HANDED_OVER']);
    await drop(estate, id, 10_000, 40_000);
    const after = await act<Session>(service, next, 'openCashierSession', taking, `${session} takenOverFrom { id }`);
    expect(after).toMatchObject({ float: { amount: 40_000 }, variances: [], takenOverFrom: { id } });
    expect(await balance(service, communityId, 'CASH_IN_HAND', after.id)).toBe(40_000);
    expect(await balance(service, communityId, 'CASH_IN_HAND', id)).toBe(0);
    expect(await sessionOf(estate, id)).toMatchObject({ inTill: { amount: 0 } });
  });

  it('[B044] reports a float that is not what it should be', async () => {
    const estate = await anEstate(service);
    const input = { communityId: estate.communityId, book: 'A01', pieces: pieces(49_990) };
    await fillSafe(service, estate);
    const opened = await act<Session>(service, estate.cashier, 'openCashierSession', input, session);
    expect(opened.variances).toMatchObject([
      { foundIn: 'OPENING', kind: 'SHORTAGE', amount: { amount: 10 }, status: 'SHORT' },
    ]);
    expect(opened.inTill.amount).toBe(49_990);
    expect(await toldBy(service, opened.id, 'cashVariance')).toEqual(['supervisor']);
  });

  it('[B046] ends with a count that agrees with what was received', async () => {
    const estate = await anEstate(service);
    const { id } = await aSession(service, estate);
    await aPayment(service, estate, 12_300);
    expect(
      await reasons(service, { ...estate.cashier, staffId: estate.clerk.staffId ?? '' }, 'countTill', {
        id,
        pieces: pieces(62_300),
      }),
    ).toEqual(['NOT_YOUR_TILL']);
    const counted = await count(estate, id, 62_300);
    expect(counted).toMatchObject({
      status: 'COUNTED',
      expected: { amount: 62_300 },
      counted: { amount: 62_300 },
      variances: [],
    });
    expect((await factsOf(service, id)).at(-1)).toMatchObject([
      'counted',
      { expected: { amount: 62_300 }, counted: { amount: 62_300 } },
    ]);
    expect(await reasons(service, estate.cashier, 'countTill', { id, pieces: [] })).toEqual(['ILLEGAL_TRANSITION']);
    const next = {
      communityId: estate.communityId,
      billingAccountId: estate.billingAccountId,
      means: 'CASH',
      amount: 1,
      tendered: 1,
      confirmed: ['NAME', 'ADDRESS', 'PAID_SO_FAR', 'MONTHS_DUE', 'AMOUNT'],
    };
    expect(await reasons(service, estate.cashier, 'recordPayment', next)).toEqual(['SESSION_REQUIRED']);
  });

  it('[B046] counts what was paid to the fen', async () => {
    const estate = await anEstate(service);
    const { id } = await aSession(service, estate);
    await aPayment(service, estate, 12_345);
    expect(await count(estate, id, 62_345)).toMatchObject({ counted: { amount: 62_345 }, variances: [] });
  });

  it('[A076] [B046] a payment is void before the till is counted or not at all, and never more than is in the till', async () => {
    const estate = await anEstate(service);
    const { supervisor, director, cashier, clerk } = estate;
    const { id } = await aSession(service, estate);
    const { id: paymentId } = await aPayment(service, estate, 12_000);
    const voiding = { id: paymentId, reasonCode: 'ENTERED_TWICE' };
    const lent = { id, amount: 55_000, borrowerId: clerk.staffId, purpose: '垫付' };
    const { loans } = await act<Session>(service, cashier, 'requestTillLoan', lent, session);
    const loanId = loans[0]?.id;
    await act(service, director, 'decideTillLoan', { id, loanId, isGranted: true });
    expect(await reasons(service, supervisor, 'voidPayment', voiding)).toEqual(['TILL_TOO_LITTLE']);
    await act(service, cashier, 'repayTillLoan', { id, loanId });
    const both = await Promise.allSettled([
      act(service, supervisor, 'voidPayment', voiding),
      count(estate, id, 62_000),
    ]);
    const [isVoid, isCounted] = both.map(({ status }) => status === 'fulfilled');
    expect([isVoid, isCounted]).toContain(true);
    const after = await sessionOf(estate, id);
    // Counted is what is in the till, whichever came first; a void after the count would have taken it out of there.
    expect(after.inTill.amount).toBe(after.counted?.amount ?? 50_000);
    expect(after.expected?.amount).toBe(isVoid ? 50_000 : 62_000);
    if (isVoid !== true)
      expect(await reasons(service, supervisor, 'voidPayment', voiding)).toEqual(['SESSION_COUNTED']);
  });

  it('[B043] hands in every surplus and makes good every shortage, one never against the other', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    const over = { communityId, book: 'A01', pieces: pieces(50_500) };
    await fillSafe(service, estate);
    const { id } = await act<Session>(service, cashier, 'openCashierSession', over, session);
    const counted = await count(estate, id, 50_000);
    const [surplus, shortage] = counted.variances;
    expect(counted.variances).toMatchObject([
      { foundIn: 'OPENING', kind: 'SURPLUS', amount: { amount: 500 }, status: 'HANDED_IN' },
      { foundIn: 'CLOSING', kind: 'SHORTAGE', amount: { amount: 500 }, status: 'SHORT' },
    ]);
    expect(await balance(service, communityId, 'CASH_OVER')).toBe(-500);
    expect(await balance(service, communityId, 'CASH_SHORT', cashier.staffId)).toBe(500);
    const facts = (await factsOf(service, id)).filter(([fact]) => fact === 'variance-reported');
    expect(facts.map(([, data]) => data['kind'])).toEqual(['SURPLUS', 'SHORTAGE']);
    const partly = { id, varianceId: shortage?.id, amount: 499 };
    expect(await reasons(service, cashier, 'makeGoodCashShortage', partly)).toEqual(['SHORTAGE_NOT_IN_FULL']);
    expect(
      await reasons(service, cashier, 'makeGoodCashShortage', { ...partly, varianceId: surplus?.id, amount: 500 }),
    ).toEqual(['ILLEGAL_TRANSITION']);
    const made = await act<Session>(service, cashier, 'makeGoodCashShortage', { ...partly, amount: 500 }, session);
    expect(made.variances[1]).toMatchObject({ status: 'MADE_GOOD' });
    expect(await balance(service, communityId, 'CASH_SHORT')).toBe(0);
    expect(await balance(service, communityId, 'CASH_OVER')).toBe(-500);
  });

  it('[B043] tells the director at once of a difference of 100 yuan', async () => {
    const estate = await anEstate(service);
    const { id } = await aSession(service, estate);
    await count(estate, id, 40_010);
    expect(await toldBy(service, id, 'cashVariance')).toEqual(['supervisor']);
    const other = await anEstate(service);
    const { id: second } = await aSession(service, other);
    await count(other, second, 40_000);
    expect(await toldBy(service, second, 'cashVariance')).toEqual(['supervisor', 'director']);
  });

  it('[B047] drops the cash in a bag before a witness who signs', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    const { id } = await aSession(service, estate);
    await aPayment(service, estate, 12_000);
    await count(estate, id, 62_000);
    const signatureFileId = await anUpload(service, cashier, communityId, 'SIGNATURE');
    const input = {
      id,
      amount: 12_000,
      floatLeft: 50_000,
      bag: 'B-7',
      witnessId: estate.guard.staffId,
      signatureFileId,
    };
    expect(await reasons(service, cashier, 'dropCash', { ...input, witnessId: cashier.staffId })).toEqual([
      'WITNESS_IS_CASHIER',
    ]);
    expect(await reasons(service, cashier, 'dropCash', { ...input, amount: 11_000 })).toEqual([
      'DROP_DIFFERS_FROM_COUNT',
    ]);
    expect(await reasons(service, cashier, 'dropCash', { ...input, bag: ' ' })).toEqual(['BAG_REQUIRED']);
    const tooMuch = { ...input, floatLeft: 62_001, amount: -1 };
    expect(await reasons(service, cashier, 'dropCash', tooMuch)).toEqual(['FLOAT_TOO_LARGE', 'AMOUNT_NEGATIVE']);
    expect(await reasons(service, cashier, 'handInCash', { id, depositSlip: 'D' })).toEqual(['ILLEGAL_TRANSITION']);
    const dropped = await act<Session>(service, cashier, 'dropCash', input, session);
    expect(dropped).toMatchObject({
      status: 'DROPPED',
      witness: { id: estate.guard.staffId },
      signatures: [{ role: 'WITNESS' }],
      inTill: { amount: 50_000 },
    });
    expect(await balance(service, communityId, 'CASH_IN_TRANSIT')).toBe(12_000);
    expect(await reasons(service, cashier, 'handInCash', { id, depositSlip: '' })).toEqual(['DEPOSIT_SLIP_REQUIRED']);
    expect(await reasons(service, cashier, 'handInCash', { id, depositSlip: 'D' })).toEqual(['RECEIVER_IS_CASHIER']);
    await handIn(estate, id);
    expect([
      await balance(service, communityId, 'CASH_IN_TRANSIT'),
      await balance(service, communityId, 'BANK'),
      // The float came from the bank by way of the safe.
    ]).toEqual([0, 12_000 - 50_000]);
  });

  it('[B048] lends nothing without the director, and never decides for itself', async () => {
    const estate = await anEstate(service);
    const { cashier, director, communityId, clerk } = estate;
    const { id } = await aSession(service, estate);
    const asked = { id, amount: 20_000, borrowerId: clerk.staffId, purpose: '垫付电梯维保急件' };
    expect(await reasons(service, cashier, 'requestTillLoan', { ...asked, amount: 50_010 })).toEqual([
      'TILL_TOO_LITTLE',
    ]);
    expect(await reasons(service, cashier, 'requestTillLoan', { ...asked, purpose: '' })).toEqual(['PURPOSE_REQUIRED']);
    const { loans } = await act<Session>(service, cashier, 'requestTillLoan', asked, session);
    const loanId = loans[0]?.id;
    expect(await balance(service, communityId, 'TILL_LOAN')).toBe(0);
    expect(await toldBy(service, id, 'tillLoanAsked')).toEqual(['director']);
    expect(await reasons(service, cashier, 'decideTillLoan', { id, loanId, isGranted: true })).toEqual([
      'ACCESS_DENIED',
    ]);
    expect(await reasons(service, estate.supervisor, 'decideTillLoan', { id, loanId, isGranted: true })).toEqual([
      'ACCESS_DENIED',
    ]);
    const borrower = { ...director, staffId: clerk.staffId ?? '' };
    expect(await reasons(service, borrower, 'decideTillLoan', { id, loanId, isGranted: true })).toEqual([
      'OWN_REQUEST',
    ]);
    const granted = await act<Session>(service, director, 'decideTillLoan', { id, loanId, isGranted: true }, session);
    expect(granted).toMatchObject({ inTill: { amount: 30_000 }, loans: [{ status: 'GRANTED' }] });
    expect(await balance(service, communityId, 'TILL_LOAN')).toBe(20_000);
    const repaid = await act<Session>(service, cashier, 'repayTillLoan', { id, loanId }, session);
    expect(repaid).toMatchObject({ inTill: { amount: 50_000 }, loans: [{ status: 'REPAID' }] });
    const again = await act<Session>(service, cashier, 'requestTillLoan', asked, session);
    const refused = await act<Session>(
      service,
      director,
      'decideTillLoan',
      { id, loanId: again.loans[1]?.id, isGranted: false },
      session,
    );
    expect(refused).toMatchObject({ inTill: { amount: 50_000 }, loans: [{ status: 'REPAID' }, { status: 'REFUSED' }] });
  });
});
