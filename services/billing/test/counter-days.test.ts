import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  anUpload,
  aPayment,
  aSession,
  clock,
  list,
  pieces,
  reasons,
  see,
  startBilling,
  toldBy,
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

describe('the day', () => {
  it('[A233] has the cash with finance by 18:00, or the supervisor knows', async () => {
    const estate = await anEstate(service);
    await service.move({ set: new Date(`${await today()}T02:00:00.000Z`) });
    const { id } = await aSession(service, estate);
    const dueAt = `${await today()}T10:00:00.000Z`;
    expect((await sessionOf(estate, id)).deadlines).toMatchObject([{ kind: 'CASH_HAND_IN', dueAt, state: 'RUNNING' }]);
    await count(estate, id, 50_000);
    await drop(estate, id, 0);
    expect((await handIn(estate, id)).deadlines).toMatchObject([{ state: 'MET' }]);
    const other = await anEstate(service);
    const { id: late } = await aSession(service, other);
    await service.move({ advance: 'P1D' });
    expect((await sessionOf(other, late)).deadlines).toMatchObject([{ state: 'BREACHED' }]);
    expect(await toldBy(service, late, 'deadlineBreached')).toEqual(['supervisor']);
  });

  const today = async (): Promise<string> => (await service.now()).toISOString().slice(0, 10);

  it('[A234] has its safe checked and scrambled by 19:00, or the supervisor knows', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    await service.move({ set: new Date(`${await today()}T17:00:00.000Z`) });
    const on = await today();
    type Check = { id: string; status: string; checkedOn: string; deadlines: Clock[] };
    const fields = `id status checkedOn ${clock}`;
    const next = new Date(new Date(`${on}T00:00:00Z`).getTime() + 86_400_000).toISOString().slice(0, 10);
    const [due, ...others] = await list<Check>(service, cashier, 'safeChecks', { communityId }, fields);
    expect(others).toEqual([]);
    expect(due).toMatchObject({
      status: 'DUE',
      checkedOn: next,
      deadlines: [{ kind: 'SAFE_CHECK', dueAt: `${next}T11:00:00.000Z` }],
    });
    const half = { id: due?.id, isLocked: true, isScrambled: false };
    expect(await reasons(service, cashier, 'checkSafe', half)).toEqual(['COMBINATION_NOT_SCRAMBLED']);
    expect(await reasons(service, estate.clerk, 'checkSafe', { ...half, isScrambled: true })).toEqual([
      'ACCESS_DENIED',
    ]);
    const checked = await act<Check>(service, cashier, 'checkSafe', { ...half, isScrambled: true }, fields);
    expect(checked).toMatchObject({ status: 'CHECKED', deadlines: [{ state: 'MET' }] });
    await service.move({ advance: 'P1DT19H' });
    const open = await list<Check>(service, cashier, 'safeChecks', { communityId, status: ['DUE'] }, fields);
    expect(open[0]).toMatchObject({ deadlines: [{ state: 'BREACHED' }] });
    expect(await toldBy(service, open[0]?.id ?? '', 'deadlineBreached')).toEqual(['supervisor']);
  });
});

describe('the month', () => {
  type Month = {
    id: string;
    status: string;
    month: string;
    opening: { amount: number } | null;
    received: { amount: number } | null;
    paidOut: { amount: number } | null;
    closing: { amount: number } | null;
    receiptCount: number | null;
    deadlines: Clock[];
  };
  const month = `id status month opening { amount } received { amount } paidOut { amount } closing { amount } receiptCount ${clock}`;

  it('[A229] is closed on the first day after it, with all its sums', async () => {
    const own = await startBilling();
    try {
      const estate = await anEstate(own);
      const { communityId, cashier } = estate;
      const { id } = await aSession(own, estate);
      await aPayment(own, estate, 12_000);
      await act(own, cashier, 'countTill', { id, pieces: pieces(62_000) });
      const signatureFileId = await anUpload(own, cashier, communityId, 'SIGNATURE');
      await act(own, cashier, 'dropCash', {
        id,
        amount: 12_000,
        floatLeft: 50_000,
        bag: 'B',
        witnessId: estate.guard.staffId,
        signatureFileId,
      });
      await own.move({ set: new Date('2026-03-31T16:00:00.000Z') });
      const [due] = await list<Month>(own, cashier, 'cashMonths', { communityId }, month);
      expect(due).toMatchObject({
        status: 'DUE',
        month: '2026-03',
        deadlines: [{ kind: 'CASH_MONTH_CLOSE', dueAt: '2026-04-01T16:00:00.000Z' }],
      });
      expect(await reasons(own, cashier, 'closeCashMonth', { id: due?.id })).toEqual(['SESSIONS_OPEN']);
      await act(own, estate.supervisor, 'handInCash', { id, depositSlip: 'D' });
      const closed = await act<Month>(own, cashier, 'closeCashMonth', { id: due?.id }, month);
      expect(closed).toMatchObject({
        status: 'CLOSED',
        opening: { amount: 0 },
        received: { amount: 62_000 },
        paidOut: { amount: 12_000 },
        closing: { amount: 50_000 },
        receiptCount: 1,
        deadlines: [{ state: 'MET' }],
      });
      expect(await reasons(own, cashier, 'closeCashMonth', { id: due?.id })).toEqual(['ILLEGAL_TRANSITION']);
    } finally {
      await own.stop();
    }
  }, 120_000);

  it('[A248] is not closed while anything in it is not in order', async () => {
    const own = await startBilling();
    try {
      const estate = await anEstate(own);
      const { communityId, cashier } = estate;
      const { id } = await aSession(own, estate);
      await aPayment(own, estate, 12_000);
      await act(own, cashier, 'countTill', { id, pieces: pieces(61_900) });
      const signatureFileId = await anUpload(own, cashier, communityId, 'SIGNATURE');
      await act(own, cashier, 'dropCash', {
        id,
        amount: 11_900,
        floatLeft: 50_000,
        bag: 'B',
        witnessId: estate.guard.staffId,
        signatureFileId,
      });
      await act(own, estate.supervisor, 'handInCash', { id, depositSlip: 'D' });
      await own.move({ set: new Date('2026-03-31T16:00:00.000Z') });
      const [due] = await list<Month>(own, cashier, 'cashMonths', { communityId }, month);
      const close = () => reasons(own, cashier, 'closeCashMonth', { id: due?.id });
      expect(await close()).toEqual(['SHORTAGES_OPEN']);
      const { variances } = await see<Session>(own, cashier, 'cashierSession', id, session);
      await act(own, cashier, 'makeGoodCashShortage', { id, varianceId: variances[0]?.id, amount: 100 });
      // A receipt torn out, and a line of the journal that no posting has: past every command.
      await own.sql('alter table receipt disable row level security');
      await own.sql('alter table cash_entry disable row level security');
      await own.sql('delete from receipt where community_id = $1', [communityId]);
      await own.sql(`update cash_entry set amount = amount + 1 where community_id = $1 and kind = 'RECEIPT'`, [
        communityId,
      ]);
      await own.sql('alter table receipt enable row level security');
      await own.sql('alter table cash_entry enable row level security');
      expect(await close()).toEqual(['RECEIPTS_MISSING', 'BOOKS_DIFFER', 'JOURNAL_UNBALANCED']);
    } finally {
      await own.stop();
    }
  }, 120_000);
});
