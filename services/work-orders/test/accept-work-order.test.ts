import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { chargeRaised, chargeReversed, chargeSettled } from '@steward/events';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import {
  accepted,
  act,
  anEstate,
  anOrder,
  anUpload,
  completed,
  look,
  onSite,
  refusal,
  running,
  startWorkOrders,
  told,
  type Estate,
} from './work-orders-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startWorkOrders();
  estate = await anEstate(service);
  const terms = {
    nameZh: '更换水龙头',
    nameEn: 'New tap',
    tradeCode: 'PLUMBING',
    departmentCode: 'MAINTENANCE',
    unit: 'piece',
  };
  const input = { communityId: estate.communityId, code: 'NEW_TAP', unitPriceAmount: 8_000, ...terms };
  const publish =
    'mutation ($input: PublishPaidServiceInput!) { publishPaidService(input: $input) { paidService { id } } }';
  await service.ok(estate.director, publish, { input });
});
afterAll(() => service.stop());

const signature = (viewer = estate.plumber): Promise<string> => anUpload(service, estate, viewer, 'SIGNATURE');
const refused = (id: string, input: object = {}, viewer = estate.plumber) =>
  refusal(service, viewer, 'acceptWorkOrder', { id, ...input });

async function finished(overrides: object = {}): Promise<string> {
  const id = await anOrder(service, estate, overrides);
  await completed(service, estate, id);
  return id;
}

/** Paid work of two taps at 80 yuan, agreed orally and completed. */
async function paidWork(): Promise<string> {
  const id = await anOrder(service, estate, { part: 'AS_DELIVERED' });
  await onSite(service, estate, id);
  const plannedAt = (await service.now()).toISOString();
  const lines = [{ serviceCode: 'NEW_TAP', quantity: '2' }];
  await act(service, estate.plumber, 'quoteWorkOrder', { id, lines, plannedAt, effect: '不再漏水' });
  const query = 'query ($id: ID!) { workOrder(id: $id) { quotes { id } } }';
  const { workOrder } = await service.ok<{ workOrder: { quotes: { id: string }[] } }>(estate.clerk, query, { id });
  await act(service, estate.plumber, 'agreeWorkOrderQuote', { id, quoteId: workOrder.quotes[0]?.id, manner: 'ORAL' });
  await act(service, estate.plumber, 'completeWorkOrder', {
    id,
    photoFileIds: [await anUpload(service, estate, estate.plumber)],
  });
  return id;
}

const factsOf = async (id: string, fact: string) =>
  (await service.events(`steward.work-orders.work-order.${fact}.v1`)).filter(({ aggregateId }) => aggregateId === id);

describe('acceptWorkOrder', () => {
  it('[A110] is signed by the household, over what was done and what it costs', async () => {
    const id = await finished();
    const input = { id, signatureFileId: await signature(), signerId: estate.resident.personId };
    expect((await act(service, estate.plumber, 'acceptWorkOrder', input)).status).toBe('ACCEPTED');
    const query = 'query ($id: ID!) { workOrder(id: $id) { signatures { role signedSha256 image { contentType } } } }';
    const { workOrder } = await service.ok<{ workOrder: { signatures: object[] } }>(estate.resident, query, { id });
    expect(workOrder.signatures).toEqual([
      { role: 'HOUSEHOLD', signedSha256: expect.stringMatching(/^[0-9a-f]{64}$/), image: { contentType: 'image/png' } },
    ]);
  });

  it('[A110] refuses without a signature, or with that of a stranger', async () => {
    const id = await finished();
    expect(await refused(id)).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SIGNATURE_REQUIRED', rule: 'A110' });
    const missing = await refusal(service, estate.plumber, 'acceptWorkOrder', { id }, 'zh-CN');
    expect(missing.message).toBe('须有客户签字。');
    const input = { signatureFileId: await signature(), signerId: newId() };
    expect(await refused(id, input)).toMatchObject({ reason: 'SIGNER_NOT_OF_HOUSEHOLD' });
    const unknown = { signatureFileId: newId(), signerId: estate.resident.personId };
    expect(await refused(id, unknown)).toMatchObject({ reason: 'FILE_NOT_UPLOADED' });
  });

  it('[A110] from paper names who signed, once, and keeps who entered it as witness', async () => {
    const id = await finished();
    const signatureFileId = await signature();
    const unnamed = await refused(id, { signatureFileId });
    expect(unnamed).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'SIGNER_REQUIRED', rule: 'A110' });
    expect(unnamed.violations).toMatchObject([{ path: 'input.signerId' }]);
    const blank = await refused(id, { signatureFileId, signerName: ' ' });
    expect(blank.violations).toMatchObject([{ path: 'input.signerName', reason: 'SIGNER_REQUIRED' }]);
    const twice = { signatureFileId, signerName: '李秀英', signerId: estate.resident.personId };
    expect(await refused(id, twice)).toMatchObject({ reason: 'SIGNER_NAMED_TWICE' });
    await act(service, estate.plumber, 'acceptWorkOrder', { id, signatureFileId, signerName: ' 李秀英 ' });
    const signers = 'signers { role person { id } name witness { id } }';
    const query = `query ($id: ID!) { workOrder(id: $id) { ${signers} } }`;
    expect(await service.ok(estate.clerk, query, { id })).toEqual({
      workOrder: {
        signers: [{ role: 'HOUSEHOLD', person: null, name: '李秀英', witness: { id: estate.plumber.staffId } }],
      },
    });
    expect(JSON.stringify(await service.sql('select * from signature'))).not.toContain('秀英');
  });

  it('[A110] in the app is signed by the person who is there, and names nobody else', async () => {
    const id = await finished();
    const signatureFileId = await signature(estate.resident);
    const other = await refused(id, { signatureFileId, signerName: '李秀英' }, estate.resident);
    expect(other).toMatchObject({ reason: 'SIGNER_IS_CALLER', violations: [{ path: 'input.signerName' }] });
    await act(service, estate.resident, 'acceptWorkOrder', { id, signatureFileId });
    const query = 'query ($id: ID!) { workOrder(id: $id) { signers { person { id } name witness { id } } } }';
    expect(await service.ok(estate.resident, query, { id })).toEqual({
      workOrder: { signers: [{ person: { id: estate.resident.personId }, name: null, witness: null }] },
    });
  });

  it('[A110] is due within three days of the completion, and its lack is told of', async () => {
    const home = await anEstate(service);
    const id = await anOrder(service, home);
    await completed(service, home, id);
    const clock = running(await look(service, home.clerk, id), 'ACCEPTANCE');
    const daysFromCompletion = new Date((await service.now()).getTime() + 8 * 3_600_000 + 4 * 86_400_000);
    daysFromCompletion.setUTCHours(0, 0, 0, 0);
    const endOfThirdDay = new Date(daysFromCompletion.getTime() - 8 * 3_600_000).toISOString();
    expect(clock).toMatchObject({ rule: 'A110', dueAt: endOfThirdDay });
    await service.move({ set: new Date(Date.parse(clock.dueAt) + 1_000) });
    const tellings = (await told(service, id)).filter(({ template }) => template === 'deadlineBreached');
    // The return visit was missed the day before.
    expect(tellings).toEqual([
      expect.objectContaining({ role: 'supervisor', department_code: 'CUSTOMER_SERVICE' }),
      expect.objectContaining({ role: 'supervisor', department_code: 'CUSTOMER_SERVICE' }),
    ]);
    await accepted(service, home, id);
    const { deadlines } = await look(service, home.clerk, id);
    expect(deadlines.find(({ kind }) => kind === 'ACCEPTANCE')).toMatchObject({ state: 'BREACHED' });
    expect(deadlines.find(({ kind }) => kind === 'ACCEPTANCE')?.metAt).not.toBeNull();
  });

  it('[A110] ends its clock, by whichever way it is given or refused', async () => {
    const states = async (id: string) =>
      (await look(service, estate.clerk, id)).deadlines
        .filter(({ kind }) => kind === 'ACCEPTANCE')
        .map(({ state }) => state);
    const signed = await finished();
    await accepted(service, estate, signed);
    expect(await states(signed)).toEqual(['MET']);
    const refusedWork = await finished();
    await act(service, estate.resident, 'refuseWorkOrderAcceptance', { id: refusedWork, reason: '没修好' });
    expect(await states(refusedWork)).toEqual(['MET']);
  });

  it('[A110] lets the household accept in the app, and no neighbour', async () => {
    const id = await finished();
    const neighbour = aResidentViewer({ tenantId: estate.tenantId, communityIds: [estate.communityId] });
    expect(await refused(id, { signatureFileId: await signature(neighbour) }, neighbour)).toMatchObject({
      code: 'NOT_FOUND',
    });
    const input = { id, signatureFileId: await signature(estate.resident) };
    expect((await act(service, estate.resident, 'acceptWorkOrder', input)).status).toBe('ACCEPTED');
  });

  it('[A110] of a common area is by the desk, not by whoever did the work', async () => {
    const id = await finished({ placeId: estate.lobbyId });
    expect(await refused(id)).toMatchObject({ reason: 'OWN_WORK', rule: 'A110' });
    expect(await refused(id, { signerName: '李秀英' }, estate.clerk)).toMatchObject({ reason: 'SIGNER_NOT_ALLOWED' });
    expect((await act(service, estate.clerk, 'acceptWorkOrder', { id })).status).toBe('ACCEPTED');
    const [fact] = await factsOf(id, 'accepted');
    expect(fact?.data).toMatchObject({ acceptedBy: 'PROPERTY' });
  });

  it('[A110] asks for the agreed fee only now, once, and does not wait for it', async () => {
    const id = await paidWork();
    expect(await factsOf(id, 'charge-requested')).toEqual([]);
    await accepted(service, estate, id);
    const [fact, ...others] = await factsOf(id, 'charge-requested');
    expect(others).toEqual([]);
    expect(fact?.data).toMatchObject({
      householdId: estate.householdId,
      fee: { amount: 16_000, currency: 'CNY' },
      lines: [{ serviceCode: 'NEW_TAP', quantity: '2', unit: 'piece', unitPriceAmount: 8_000, amount: 16_000 }],
      rule: 'A110',
    });
    expect((await look(service, estate.clerk, id)).chargeState).toBe('REQUESTED');
    const visit = { id, means: 'PHONE', outcome: 'UNSATISFIED', rating: 1, opinion: '又漏了' };
    await act(service, estate.clerk, 'recordWorkOrderReturnVisit', visit);
    await act(service, estate.plumber, 'arriveOnSite', { id });
    await act(service, estate.plumber, 'completeWorkOrder', {
      id,
      photoFileIds: [await anUpload(service, estate, estate.plumber)],
    });
    await accepted(service, estate, id);
    expect(await factsOf(id, 'charge-requested')).toHaveLength(1);
    const again = { ...visit, outcome: 'SATISFIED', rating: 4 };
    expect((await act(service, estate.clerk, 'recordWorkOrderReturnVisit', again)).status).toBe('CLOSED');
  });

  it('[A110] follows the charge that billing raises, settles or reverses', async () => {
    const id = await paidWork();
    await accepted(service, estate, id);
    const chargeId = newId();
    const { tenantId, communityId, unitId, householdId } = estate;
    const cause = { service: 'work-orders', aggregateType: 'work-order', aggregateId: id };
    const charge = {
      chargeId,
      communityId,
      unitId,
      householdId,
      chargeTypeCode: 'PAID_SERVICE',
      cause,
      fee: { amount: 16_000, currency: 'CNY' },
    };
    const envelope = { tenantId, communityId, aggregateId: chargeId };
    const state = async () => {
      await service.settle();
      const query = 'query ($id: ID!) { workOrder(id: $id) { status chargeState charge { id } } }';
      return (await service.ok<{ workOrder: object }>(estate.clerk, query, { id })).workOrder;
    };
    await service.wire.send(chargeRaised, { ...envelope, data: { ...charge, dueOn: null } });
    expect(await state()).toEqual({ status: 'ACCEPTED', chargeState: 'RAISED', charge: { id: chargeId } });
    const settledAt = '2026-03-02T02:00:00.000Z';
    await service.wire.send(chargeSettled, { ...envelope, data: { ...charge, settledAt, receiptNumber: 'SJ-1' } });
    expect(await state()).toMatchObject({ status: 'ACCEPTED', chargeState: 'SETTLED' });
    await service.wire.send(chargeReversed, {
      ...envelope,
      data: { ...charge, reversedAt: settledAt, reasonCode: 'MISTAKE' },
    });
    expect(await state()).toMatchObject({ chargeState: 'REVERSED' });
  });

  it('leaves charges of other services alone', async () => {
    const chargeId = newId();
    const { tenantId, communityId } = estate;
    const none = { unitId: null, householdId: null, cause: null, fee: { amount: 1, currency: 'CNY' } };
    const data = { chargeId, communityId, chargeTypeCode: 'MANAGEMENT_FEE', ...none, dueOn: null };
    await service.wire.send(chargeRaised, { tenantId, communityId, aggregateId: chargeId, data });
    await service.settle();
    expect(await service.sql('select * from parked_event')).toEqual([]);
  });

  it('refuses what is not completed', async () => {
    const id = await anOrder(service, estate);
    await onSite(service, estate, id);
    const refusedEarly = await refused(id, { signatureFileId: await signature() });
    expect(refusedEarly).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION', rule: 'A110' });
  });
});

describe('refuseWorkOrderAcceptance', () => {
  it('[A073] sends the work back at once, with the household’s words sealed', async () => {
    const id = await finished();
    const input = { id, reason: '地面没有清理' };
    expect((await act(service, estate.resident, 'refuseWorkOrderAcceptance', input)).status).toBe('ASSIGNED');
    const order = await look(service, estate.clerk, id);
    expect(order.reworkCount).toBe(1);
    expect(running(order, 'ON_SITE').rule).toBe('A073');
    const query =
      'query ($id: ID!) { workOrder(id: $id) { remarks { action text actor { kind } } history { nodes { action reason } } } }';
    const { workOrder } = await service.ok<{ workOrder: { remarks: object[]; history: { nodes: object[] } } }>(
      estate.plumber,
      query,
      { id },
    );
    expect(workOrder.remarks).toEqual([
      { action: 'refuseWorkOrderAcceptance', text: '地面没有清理', actor: { kind: 'PERSON' } },
    ]);
    expect(workOrder.history.nodes[0]).toEqual({ action: 'refuseWorkOrderAcceptance', reason: 'NOT_ACCEPTED' });
    expect(JSON.stringify(await service.sql('select * from work_order_remark'))).not.toContain('清理');
  });

  it('needs a reason, and something to refuse', async () => {
    const id = await finished();
    const refusedNow = (input: object) =>
      refusal(service, estate.resident, 'refuseWorkOrderAcceptance', { id, ...input });
    expect(await refusedNow({ reason: ' ' })).toMatchObject({ reason: 'REASON_REQUIRED', rule: 'A073' });
    await act(service, estate.resident, 'refuseWorkOrderAcceptance', { id, reason: '没修好' });
    expect(await refusedNow({ reason: '没修好' })).toMatchObject({ code: 'CONFLICT', reason: 'ILLEGAL_TRANSITION' });
  });
});
