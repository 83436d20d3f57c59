import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { aPaidOrder, aPaidService, aQuote } from './a-paid-order.ts';
import { lastChange, lastFact, lastRemark, reasons, see } from './work-order-views.ts';
import {
  act,
  anEstate,
  anOrder,
  anUpload,
  look,
  refusal,
  running,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;
let id: string;
let quoteId: string;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  await aPaidService(service, estate);
});
afterAll(() => service?.stop());

const quoted = async (): Promise<void> => {
  id = await aPaidOrder(service, estate);
  quoteId = await aQuote(service, estate, id);
};
const agree = (input: object = {}) => ({ id, quoteId, manner: 'ORAL', ...input });

describe('agreeWorkOrderQuote', () => {
  it('[A108] keeps what the customer agreed to by word of mouth, and lets the work go on', async () => {
    await quoted();
    await act(service, estate.resident, 'agreeWorkOrderQuote', agree());
    const order = await see(
      service,
      estate.clerk,
      id,
      'agreedFee { amount currency } quotes { state manner decidedAt } signatures { role }',
    );
    expect(order).toEqual({
      agreedFee: { amount: 16_000, currency: 'CNY' },
      quotes: [{ state: 'AGREED', manner: 'ORAL', decidedAt: '2026-03-02T01:00:00.000Z' }],
      signatures: [],
    });
    expect(await lastFact(service, id, 'quote-agreed')).toMatchObject({
      quoteId,
      manner: 'ORAL',
      fee: { amount: 16_000, currency: 'CNY' },
    });
    expect(await lastChange(service, estate.clerk, id)).toMatchObject({
      action: 'agreeWorkOrderQuote',
      reason: 'ORAL',
      rule: 'A108',
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderQuoteAgreed', staff_id: estate.plumber.staffId }),
    );
    const materials = [{ name: '水龙头', quantity: '2', unit: 'piece' }];
    await act(service, estate.plumber, 'recordWorkOrderMaterials', { id, materials });
  });

  it('[A108] in writing has the signature of the customer', async () => {
    await quoted();
    const manner = 'WRITTEN';
    expect(await reasons(service, estate.plumber, 'agreeWorkOrderQuote', agree({ manner }))).toEqual([
      'SIGNATURE_REQUIRED',
    ]);
    const signerId = estate.resident.personId;
    const unknown = agree({ manner, signerId, signatureFileId: newId() });
    expect(await reasons(service, estate.plumber, 'agreeWorkOrderQuote', unknown)).toEqual(['FILE_NOT_UPLOADED']);
    const signatureFileId = await anUpload(service, estate, estate.plumber, 'SIGNATURE');
    const refused = (input: object) => refusal(service, estate.plumber, 'agreeWorkOrderQuote', agree(input));
    expect(await refused({ manner, signatureFileId })).toMatchObject({
      reason: 'SIGNER_REQUIRED',
      rule: 'A108',
      violations: [{ path: 'input.signerId' }],
    });
    const stranger = { manner, signatureFileId, signerId: newId() };
    expect(await refused(stranger)).toMatchObject({ reason: 'SIGNER_NOT_OF_HOUSEHOLD', rule: 'A108' });
    // A name without the signature would be lost.
    expect(await refused({ signerName: '李秀英' })).toMatchObject({ reason: 'SIGNATURE_REQUIRED' });
    await act(service, estate.plumber, 'agreeWorkOrderQuote', agree({ manner, signatureFileId, signerId }));
    expect(
      await see(service, estate.clerk, id, 'signatures { role signedSha256 } signers { person { id } witness { id } }'),
    ).toEqual({
      signers: [{ person: { id: signerId }, witness: { id: estate.plumber.staffId } }],
      signatures: [{ role: 'CUSTOMER', signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/) }],
    });
  });

  it('[A108] makes the planned time the appointment, and the clocks follow it', async () => {
    id = await anOrder(service, estate, { part: 'AS_DELIVERED' });
    await act(service, estate.clerk, 'assignWorkOrder', { id, assigneeId: estate.plumber.staffId });
    const plannedAt = '2026-03-05T02:00:00.000Z';
    quoteId = await aQuote(service, estate, id, { plannedAt });
    await act(service, estate.resident, 'agreeWorkOrderQuote', agree());
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ appointmentAt: plannedAt, dueAt: '2026-03-06T02:00:00.000Z' });
    expect(running(order, 'ON_SITE').dueAt).toBe(plannedAt);
    expect(running(order, 'COMPLETION').dueAt).toBe('2026-03-06T02:00:00.000Z');
    expect(await lastFact(service, id, 'appointment-rescheduled')).toMatchObject({ appointmentAt: plannedAt });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'workOrderAppointment', household_id: estate.householdId }),
    );
  });

  it('[A108] of whoever is on site moves the completion alone, and an emergency waits for no time', async () => {
    await quoted();
    await act(service, estate.resident, 'agreeWorkOrderQuote', agree());
    const order = await look(service, estate.clerk, id);
    expect(order).toMatchObject({ appointmentAt: '2026-03-03T02:00:00.000Z', dueAt: '2026-03-04T02:00:00.000Z' });
    expect(order.deadlines.filter(({ kind }) => kind === 'ON_SITE').map(({ state }) => state)).toEqual(['MET']);
    id = await aPaidOrder(service, estate, { priority: 'EMERGENCY' });
    quoteId = await aQuote(service, estate, id);
    await act(service, estate.resident, 'agreeWorkOrderQuote', agree());
    expect((await look(service, estate.clerk, id)).appointmentAt).toBeNull();
  });

  it('refuses a quote that there is not, that another has replaced, and one decided on before', async () => {
    id = await aPaidOrder(service, estate);
    quoteId = newId();
    expect(await reasons(service, estate.clerk, 'agreeWorkOrderQuote', agree())).toEqual(['QUOTE_MISSING']);
    const first = await aQuote(service, estate, id);
    quoteId = await aQuote(service, estate, id);
    expect(await reasons(service, estate.clerk, 'agreeWorkOrderQuote', agree({ quoteId: first }))).toEqual([
      'QUOTE_STALE',
    ]);
    await act(service, estate.clerk, 'agreeWorkOrderQuote', agree());
    expect(await reasons(service, estate.clerk, 'agreeWorkOrderQuote', agree())).toEqual(['QUOTE_DECIDED']);
  });

  it('refuses a time to come, one before the quote, and an order that nobody is at', async () => {
    await quoted();
    const at = (occurredAt: string) => reasons(service, estate.clerk, 'agreeWorkOrderQuote', agree({ occurredAt }));
    expect(await at('2026-03-02T01:00:01.000Z')).toEqual(['IN_THE_FUTURE']);
    expect(await at('2026-03-02T00:59:59.000Z')).toEqual(['OUT_OF_ORDER']);
    expect(await at('2026-03-01T00:59:59.000Z')).toEqual(['TOO_FAR_BACK', 'OUT_OF_ORDER']);
    await act(service, estate.plumber, 'returnWorkOrder', { id, reason: '需要两个人' });
    expect(await reasons(service, estate.clerk, 'agreeWorkOrderQuote', agree())).toEqual(['ILLEGAL_TRANSITION']);
  });
});

describe('declineWorkOrderQuote', () => {
  const decline = (input: object = {}) => ({ id, quoteId, reason: '太贵了,再想想', ...input });

  it('[A108] leaves the work without an agreed price, and another quote may follow', async () => {
    await quoted();
    await act(service, estate.resident, 'declineWorkOrderQuote', decline());
    expect(await see(service, estate.clerk, id, 'status agreedFee { amount } quotes { state manner }')).toEqual({
      status: 'ON_SITE',
      agreedFee: null,
      quotes: [{ state: 'DECLINED', manner: null }],
    });
    expect(await lastFact(service, id, 'quote-declined')).toMatchObject({ quoteId });
    expect(await lastRemark(service, estate.clerk, id)).toEqual({
      action: 'declineWorkOrderQuote',
      text: '太贵了,再想想',
    });
    quoteId = await aQuote(service, estate, id);
    await act(service, estate.resident, 'agreeWorkOrderQuote', agree());
  });

  it('refuses without a reason, a quote that is stale, decided or not there, and an order that nobody is at', async () => {
    id = await aPaidOrder(service, estate);
    quoteId = newId();
    const refused = (input: object = {}) => reasons(service, estate.clerk, 'declineWorkOrderQuote', decline(input));
    expect(await refused()).toEqual(['QUOTE_MISSING']);
    const first = await aQuote(service, estate, id);
    quoteId = await aQuote(service, estate, id);
    expect(await refused({ quoteId: first })).toEqual(['QUOTE_STALE']);
    expect(await refused({ reason: ' ' })).toEqual(['REASON_REQUIRED']);
    await act(service, estate.clerk, 'declineWorkOrderQuote', decline());
    expect(await refused()).toEqual(['QUOTE_DECIDED']);
    await act(service, estate.plumber, 'returnWorkOrder', { id, reason: '客户不同意' });
    expect(await refused()).toEqual(['ILLEGAL_TRANSITION']);
  });
});
