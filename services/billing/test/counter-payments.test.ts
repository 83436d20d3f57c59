import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { doorItems } from '../src/domain/counter-policy.ts';
import {
  aCharge,
  act,
  anEstate,
  answer,
  anUpload,
  aPayment,
  aPaymentInput,
  aSession,
  balance,
  drawnForFloat,
  clock,
  factsOf,
  list,
  reasons,
  see,
  startBilling,
  type Clock,
  type Estate,
} from './counter-fixture.ts';

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

type Seen = {
  number: string;
  status: string;
  amount: { amount: number };
  change: { amount: number };
  advance: { amount: number };
  allocations: { charge: { id: string } | null; amount: { amount: number } }[];
  receipt: { number: string; status: string; printCount: number; voidReason: { code: string } | null };
  availableActions: { action: string; allowed: boolean }[];
};
const seen = `number status amount { amount } change { amount } advance { amount }
  allocations { charge { id } amount { amount } } receipt { number status printCount voidReason { code } }
  availableActions { action allowed }`;
const paymentOf = (estate: Estate, id: string): Promise<Seen> => see(service, estate.supervisor, 'payment', id, seen);

const outstanding = async (estate: Estate, chargeId: string): Promise<number> =>
  (await see<{ outstanding: { amount: number } }>(service, estate.clerk, 'charge', chargeId, 'outstanding { amount }'))
    .outstanding.amount;

describe('recordPayment', () => {
  it('[A075] takes money once the five things are confirmed, and puts it to the debts', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 12_000);
    const without = aPaymentInput(estate, 12_000, { confirmed: ['NAME', 'ADDRESS', 'PAID_SO_FAR', 'MONTHS_DUE'] });
    expect(await reasons(service, estate.cashier, 'recordPayment', without)).toEqual(['NOT_CONFIRMED']);
    const { id } = await aPayment(service, estate, 12_000, { tendered: 20_000 });
    expect(await paymentOf(estate, id)).toMatchObject({
      number: 'SK-A01-00000001',
      status: 'RECEIVED',
      amount: { amount: 12_000 },
      change: { amount: 8000 },
      advance: { amount: 0 },
      allocations: [{ charge: { id: charge.id }, amount: { amount: 12_000 } }],
      receipt: { number: 'A01-00000001', status: 'ISSUED', printCount: 0 },
      availableActions: [{ action: 'voidPayment', allowed: true }],
    });
    expect(await outstanding(estate, charge.id)).toBe(0);
    expect((await factsOf(service, charge.id)).at(-1)).toMatchObject(['settled', { receiptNumber: 'A01-00000001' }]);
    expect(await factsOf(service, id)).toMatchObject([
      ['received', { means: 'CASH', paid: { amount: 12_000, currency: 'CNY' } }],
    ]);
  });

  it('[A075] keeps what is paid beyond the debts as an advance, and pays with it later', async () => {
    const estate = await aDesk();
    const { id } = await aPayment(service, estate, 5000);
    expect(await paymentOf(estate, id)).toMatchObject({ advance: { amount: 5000 }, allocations: [] });
    const charge = await aCharge(service, estate, 8000);
    const { communityId, billingAccountId } = estate;
    await act(service, estate.cashier, 'applyAdvance', { communityId, billingAccountId }, 'id');
    expect(await outstanding(estate, charge.id)).toBe(3000);
    expect(await reasons(service, estate.cashier, 'applyAdvance', { communityId, billingAccountId })).toEqual([
      'NOTHING_TO_APPLY',
    ]);
    await aPayment(service, estate, 3000);
    expect(await outstanding(estate, charge.id)).toBe(0);
    expect(await balance(service, communityId, 'ADVANCE')).toBe(0);
  });

  it('takes the same payment once, however often it is sent', async () => {
    const estate = await aDesk();
    const input = { ...aPaymentInput(estate, 700), idempotencyKey: newId() };
    const first = await act<{ id: string }>(service, estate.cashier, 'recordPayment', input);
    const second = await act<{ id: string }>(service, estate.cashier, 'recordPayment', input);
    expect(second.id).toBe(first.id);
    expect(await list(service, estate.cashier, 'payments', { communityId: estate.communityId }, 'id')).toHaveLength(1);
  });

  it("[A075] follows the payer's choice and refuses what is not owed", async () => {
    const estate = await aDesk();
    const [older, newer] = [await aCharge(service, estate, 1000), await aCharge(service, estate, 2000)];
    const allocations = [{ chargeId: newer.id }, { chargeId: older.id, amount: 200 }];
    await aPayment(service, estate, 2200, { allocations });
    expect([await outstanding(estate, older.id), await outstanding(estate, newer.id)]).toEqual([800, 0]);
    const paidAlready = aPaymentInput(estate, 100, { allocations: [{ chargeId: newer.id }] });
    expect(await reasons(service, estate.cashier, 'recordPayment', paidAlready)).toEqual(['CHARGE_NOT_OPEN']);
    const stranger = aPaymentInput(estate, 100, { billingAccountId: newId() });
    expect(await reasons(service, estate.cashier, 'recordPayment', stranger)).toEqual(['ACCOUNT_UNKNOWN']);
  });

  it('[B042] gives the cashier the words: items, prices, and the change to be counted', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 12_000);
    const document = `mutation ($input: RecordPaymentInput!) { recordPayment(input: $input) { spoken } }`;
    const input = aPaymentInput(estate, 12_000, { tendered: 20_000 });
    const { data } = await service.graphql<{ recordPayment: { spoken: string } }>(
      estate.cashier,
      document,
      { input },
      'zh-CN',
    );
    expect(data?.recordPayment.spoken).toContain('120.00元');
    expect(data?.recordPayment.spoken).toContain('找您80.00元，请点好');
    expect(
      await reasons(service, estate.cashier, 'recordPayment', aPaymentInput(estate, 100, { tendered: 99 })),
    ).toEqual(['TENDERED_TOO_LITTLE']);
  });

  it('[B045] takes each means with what it needs and books it where it lies', async () => {
    const estate = await anEstate(service);
    const { communityId, cashier } = estate;
    const cash = aPaymentInput(estate, 100);
    expect(await reasons(service, cashier, 'recordPayment', cash)).toEqual(['SESSION_REQUIRED']);
    await aSession(service, estate);
    const proof = await anUpload(service, cashier, communityId);
    // What is signed for is a debt; nothing stands to anybody's good by it.
    await aCharge(service, estate, 400);
    const taken: [string, object, string][] = [
      ['CHEQUE', { reference: 'CK 1' }, 'CHEQUES'],
      ['CARD', { reference: 'POS 1' }, 'CARD_CLEARING'],
      ['TRANSFER', { reference: 'TR 1' }, 'BANK'],
      ['SIGNED', { proofFileIds: [proof] }, 'SIGNED_BILLS'],
    ];
    for (const [means, needs, account] of taken) {
      await aPayment(service, estate, 100, { means, tendered: null, ...needs });
      const before = account === 'BANK' ? -drawnForFloat : 0;
      expect([means, await balance(service, communityId, account)]).toEqual([means, before + 100]);
    }
    const bare = (means: string) => aPaymentInput(estate, 100, { means, tendered: null });
    expect(await reasons(service, cashier, 'recordPayment', bare('ON_ACCOUNT'))).toEqual(['PROOF_REQUIRED']);
    expect(await reasons(service, cashier, 'recordPayment', bare('CHEQUE'))).toEqual(['REFERENCE_REQUIRED']);
    const notUploaded = { ...bare('SIGNED'), proofFileIds: [newId()] };
    expect(await reasons(service, cashier, 'recordPayment', notUploaded)).toEqual(['FILE_NOT_UPLOADED']);
  });

  it('shows residents their own payments and nobody else’s', async () => {
    const estate = await aDesk();
    const { id } = await aPayment(service, estate, 100);
    expect(await see(service, estate.resident, 'payment', id, 'receipt { number }')).toEqual({
      receipt: { number: 'A01-00000001' },
    });
    const stranger = (await anEstate(service, estate.tenantId)).resident;
    const query = 'query ($id: ID!) { payment(id: $id) { id } }';
    expect(await service.ok(stranger, query, { id })).toEqual({ payment: null });
    expect(await reasons(service, estate.clerk, 'recordPayment', aPaymentInput(estate, 1))).toEqual(['ACCESS_DENIED']);
  });
});

describe('door collection', () => {
  const appointment = (estate: Estate, overrides: object = {}): object => ({
    communityId: estate.communityId,
    billingAccountId: estate.billingAccountId,
    appointmentAt: '2026-03-02T06:00:00.000Z',
    collectorId: estate.cashier.staffId,
    amount: 2000,
    contactName: '王芳',
    confirmed: doorItems,
    ...overrides,
  });
  type Door = {
    id: string;
    status: string;
    isPunctual: boolean | null;
    receipt: { number: string; status: string };
    payment: { amount: { amount: number } } | null;
    deadlines: Clock[];
  };
  const door = `id status isPunctual receipt { number status } payment { amount { amount } } ${clock}`;

  it('[A077] is agreed with five things, carries its receipt along, and is done at the agreed time', async () => {
    const estate = await aDesk();
    const charge = await aCharge(service, estate, 2000);
    const without = appointment(estate, { confirmed: doorItems.filter((item) => item !== 'OWNER_NAME') });
    expect(await reasons(service, estate.clerk, 'agreeDoorCollection', without)).toEqual(['NOT_CONFIRMED']);
    expect(await reasons(service, estate.clerk, 'agreeDoorCollection', appointment(estate, { amount: 2001 }))).toEqual([
      'AMOUNT_DIFFERS_FROM_DEBT',
    ]);
    const agreed = await act<Door>(service, estate.clerk, 'agreeDoorCollection', appointment(estate), door);
    expect(agreed).toMatchObject({
      status: 'AGREED',
      receipt: { number: 'A01-00000001', status: 'PREPARED' },
      deadlines: [{ kind: 'DOOR_APPOINTMENT', dueAt: '2026-03-02T06:30:00.000Z', state: 'RUNNING' }],
    });
    type Printed = { doorCollection: { receipt: { printCount: number } } };
    const printed = 'document { file { id } } doorCollection { receipt { printCount } }';
    const printing = { id: agreed.id, payerName: '王芳' };
    const paper = await answer<Printed>(service, estate.clerk, 'printDoorReceipt', printing, printed);
    expect(paper.doorCollection.receipt.printCount).toBe(1);
    await aPayment(service, estate, 1);
    await service.move({ set: new Date('2026-03-02T06:29:00.000Z') });
    const collected = await act<Door>(
      service,
      estate.cashier,
      'collectAtDoor',
      { id: agreed.id, means: 'CASH', tendered: 2000 },
      door,
    );
    expect(collected).toMatchObject({
      status: 'COLLECTED',
      isPunctual: true,
      receipt: { number: 'A01-00000001', status: 'ISSUED' },
      payment: { amount: { amount: 2000 } },
      deadlines: [{ state: 'MET' }],
    });
    expect(await outstanding(estate, charge.id)).toBe(0);
    expect(await reasons(service, estate.clerk, 'printDoorReceipt', printing)).toEqual(['ILLEGAL_TRANSITION']);
    expect(
      await reasons(service, estate.cashier, 'collectAtDoor', { id: agreed.id, means: 'CASH', tendered: 2000 }),
    ).toEqual(['ILLEGAL_TRANSITION']);
  });

  it('[A077] keeps the receipt as void when nothing was collected', async () => {
    const estate = await aDesk();
    await aCharge(service, estate, 2000);
    const later = { appointmentAt: '2026-03-02T10:00:00.000Z' };
    const agreed = await act<Door>(service, estate.clerk, 'agreeDoorCollection', appointment(estate, later), door);
    expect(await reasons(service, estate.clerk, 'failDoorCollection', { id: agreed.id, reasonCode: 'RAIN' })).toEqual([
      'REASON_UNKNOWN',
    ]);
    const failed = await act<Door>(
      service,
      estate.clerk,
      'failDoorCollection',
      { id: agreed.id, reasonCode: 'NOBODY_HOME' },
      door,
    );
    expect(failed).toMatchObject({
      status: 'FAILED',
      receipt: { status: 'VOID' },
      payment: null,
      deadlines: [{ state: 'CANCELLED' }],
    });
  });
});
