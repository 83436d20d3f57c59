import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { eventually, type TestService } from '@steward/test-kit';
import pg from 'pg';

import { clearingDesk } from './clearing-fixture.ts';
import {
  aCharge,
  act,
  answer,
  anUpload,
  aPayment,
  bookFaults,
  list,
  reasons,
  startBilling,
  type Estate,
} from './counter-fixture.ts';
import { moveToMorning } from './dunning-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const { aDesk, promised, signed, refusedTo, came, bounce, paymentOf, books, owedOn } = clearingDesk(() => service);

describe('what is signed for and paid another way', () => {
  const byTransfer = (estate: Estate, amount: number, more: object = {}) =>
    aPayment(service, estate, amount, { means: 'TRANSFER', tendered: null, reference: 'TR 1', ...more });
  const spend = ({ communityId, billingAccountId, cashier }: Estate) =>
    act(service, cashier, 'applyAdvance', { communityId, billingAccountId }, 'id');
  const stateOf = async (estate: Estate): Promise<string[]> =>
    (
      await list<{ status: string }>(
        service,
        estate.clerk,
        'dunningCases',
        { communityId: estate.communityId },
        'status',
      )
    ).map(({ status }) => status);
  const invoice = (id: string, amount: number | null) => ({ id, amount, title: 'Sample Ltd' });
  const cleared = { outcome: 'CLEARED', place: 'ADVANCE', bankReference: null };

  it('[B045] is paid by it, before other debts, and is not dunned any more', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 2000);
    const bill = await signed(estate, 2000);
    await moveToMorning(service);
    expect(await stateOf(estate)).toEqual(['LISTED']);
    const later = await aCharge(service, estate, 300);
    const { id } = await byTransfer(estate, 2200);
    expect(await paymentOf(estate, bill.id)).toMatchObject({ status: 'RECEIVED', clearing: cleared });
    expect(await owedOn(estate, later.id)).toBe(100);
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE', 'BANK', 'RECEIVABLE')).toEqual([0, 0, 2200, 100]);
    expect(await stateOf(estate)).toEqual(['SETTLED']);
    expect(await refusedTo(estate, estate.supervisor, [bill.id], 2000)).toEqual(['CLEARED_ALREADY']);
    await act(service, estate.cashier, 'requestInvoice', invoice(bill.id, null), 'id');
    expect(await reasons(service, estate.cashier, 'requestInvoice', invoice(id, 201))).toEqual([
      'INVOICE_EXCEEDS_PAYMENT',
    ]);
    expect(await bookFaults(service, estate)).toEqual([]);
    await act(service, estate.cashier, 'printReceipt', { id }, 'id');
    // What was typed by mistake is taken back with what it paid: signed for as before, and dunned on.
    const input = { id, reasonCode: 'ENTERED_TWICE' };
    await answer(service, estate.supervisor, 'voidPayment', input, 'payment { id }');
    expect((await paymentOf(estate, bill.id)).clearing).toBe(null);
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE', 'BANK', 'RECEIVABLE')).toEqual([2000, 0, 0, 300]);
    expect(await stateOf(estate)).toEqual(['LISTED']);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[B045] stays as it is for less, and for who names other debts, until the advance reaches', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 2000);
    const bill = await signed(estate, 2000);
    const other = await aCharge(service, estate, 2000);
    await byTransfer(estate, 2000, { allocations: [{ chargeId: other.id }] });
    const less = await byTransfer(estate, 1999);
    expect((await paymentOf(estate, bill.id)).clearing).toBe(null);
    expect(await refusedTo(estate, estate.supervisor, [bill.id], 2000, { place: 'ADVANCE' })).toEqual([
      'NOT_CLEARED_BY_HAND',
    ]);
    const spending = { communityId: estate.communityId, billingAccountId: estate.billingAccountId };
    expect(await reasons(service, estate.cashier, 'applyAdvance', spending)).toEqual(['NOTHING_TO_APPLY']);
    await promised(estate, 1, 'CHEQUE');
    expect(await reasons(service, estate.cashier, 'applyAdvance', spending)).toEqual(['NOTHING_TO_APPLY']);
    await aPayment(service, estate, 1);
    await spend(estate);
    expect(await paymentOf(estate, bill.id)).toMatchObject({ clearing: cleared });
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE')).toEqual([0, -1]);
    // One of the payments never came: the bill is owed again, and the rest is an advance.
    const void0 = { id: less.id, reasonCode: 'WRONG_AMOUNT' };
    expect(await reasons(service, estate.supervisor, 'voidPayment', void0)).toEqual(['ADVANCE_USED']);
    const never = { id: less.id, reasonCode: 'NOT_PAID' };
    await answer(service, estate.supervisor, 'voidPayment', never, 'payment { id }');
    expect((await paymentOf(estate, bill.id)).clearing).toBe(null);
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE')).toEqual([2000, -2]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[A078] is paid from what stands to the payer’s good each morning before anybody is dunned', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 2000);
    await byTransfer(estate, 500, { allocations: [] });
    await promised(estate, 1500, 'SIGNED', {
      proofFileIds: [await anUpload(service, estate.cashier, estate.communityId)],
    });
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE', 'RECEIVABLE')).toEqual([1500, -500, 500]);
    await byTransfer(estate, 1500, { allocations: [] });
    await moveToMorning(service);
    expect(await stateOf(estate)).toEqual([]);
    expect(await books(estate, 'SIGNED_BILLS', 'ADVANCE', 'RECEIVABLE')).toEqual([0, 0, 0]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });

  it('[B045] is owed again when it is bounced, and what was paid is an advance again', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 2000);
    const bill = await signed(estate, 2000);
    await byTransfer(estate, 2000);
    await bounce(estate, bill.id);
    expect([await owedOn(estate, charge.id), await books(estate, 'SIGNED_BILLS', 'ADVANCE')]).toEqual([
      2000,
      [0, -2000],
    ]);
    await spend(estate);
    expect([await owedOn(estate, charge.id), await books(estate, 'SIGNED_BILLS', 'ADVANCE')]).toEqual([0, [0, 0]]);
    expect(await bookFaults(service, estate)).toEqual([]);
  });
});

describe('who waits for somebody', () => {
  /** Holds a row while a command runs into it: whether the chain of the books is free for others meanwhile. */
  async function isChainFree({ communityId }: Estate, row: string, command: () => Promise<unknown>): Promise<boolean> {
    const other = new pg.Client({ connectionString: service.databaseUrl });
    await other.connect();
    try {
      await other.query('begin');
      await other.query(`${row} for update`);
      const running = command();
      const waits = async (): Promise<boolean> => {
        const found = await service.sql(
          `select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()`,
        );
        return found.length > 0;
      };
      await eventually(waits, { what: 'the command to wait' });
      const free = 'select 1 from ledger_chain where community_id = $1 for update skip locked';
      const { rowCount } = await other.query(free, [communityId]);
      await other.query('rollback');
      await running;
      return rowCount === 1;
    } finally {
      await other.end();
    }
  }
  const accountRow = ({ billingAccountId }: Estate): string =>
    `select 1 from billing_account where id = '${billingAccountId}'`;
  const caseRow = ({ billingAccountId }: Estate): string =>
    `select 1 from dunning_case where billing_account_id = '${billingAccountId}'`;

  it('holds no chain: a bounce takes the account first', async () => {
    const estate = await aDesk();
    const { id } = await promised(estate, 1500, 'CHEQUE');
    await came(estate, [id], 1500);
    expect(await isChainFree(estate, accountRow(estate), () => bounce(estate, id))).toBe(true);
    expect(await books(estate, 'CHEQUES', 'BANK', 'ADVANCE')).toEqual([0, 0, 0]);
  });

  it('holds no chain: what ends a case takes it first', async () => {
    const estate = await aDesk();
    const { communityId, billingAccountId, cashier } = estate;
    await aCharge(service, estate, 2000);
    const { id } = await signed(estate, 1000);
    await moveToMorning(service);
    await aPayment(service, estate, 1000, { allocations: [] });
    const spend = (): Promise<unknown> =>
      act(service, cashier, 'applyAdvance', { communityId, billingAccountId }, 'id');
    expect(await isChainFree(estate, caseRow(estate), spend)).toBe(true);
    expect(await books(estate, 'SIGNED_BILLS', 'RECEIVABLE')).toEqual([0, 1000]);
    expect((await paymentOf(estate, id)).clearing).toMatchObject({ place: 'ADVANCE' });
  });

  it('holds no chain: what is collected takes account and case first', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 2000);
    const { id } = await signed(estate, 2000);
    await moveToMorning(service);
    expect(await isChainFree(estate, caseRow(estate), () => came(estate, [id], 2000))).toBe(true);
    expect(await books(estate, 'SIGNED_BILLS', 'BANK')).toEqual([0, 2000]);
  });
});
