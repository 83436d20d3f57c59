import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { personErased } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { doorItems } from '../src/domain/counter-policy.ts';
import {
  aCharge,
  act,
  anEstate,
  aPayment,
  aSession,
  balance,
  list,
  see,
  startBilling,
  type Estate,
} from './counter-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startBilling();
}, 60_000);
afterAll(() => service?.stop());

const payment =
  'amount { amount } receipt { number } invoiceRequests { titleMasked title taxNumber amount { amount } }';
const door = 'contactNameMasked contactName history { nodes { fields { field from to } } }';

/** Whose name stands on an invoice, an appointment at the door and a visit. */
async function aKnownPayer() {
  const estate = await anEstate(service);
  await aSession(service, estate);
  await aCharge(service, estate, 2_000);
  const { communityId, billingAccountId } = estate;
  const { id: paymentId } = await aPayment(service, estate, 1_500);
  const invoice = { id: paymentId, title: '王芳', taxNumber: '91110000123456789X' };
  await act(service, estate.cashier, 'requestInvoice', invoice);
  const now = await service.now();
  const appointmentAt = new Date(now.getTime() + 6 * 3_600_000).toISOString();
  const appointment = { appointmentAt, collectorId: estate.cashier.staffId, amount: 500 };
  const agreed = { communityId, billingAccountId, ...appointment, contactName: '王芳', confirmed: doorItems };
  const { id: doorId } = await act(service, estate.clerk, 'agreeDoorCollection', agreed);
  await service.move({ set: new Date(now.getTime() + 86_400_000) });
  const [listed] = await list<{ id: string }>(service, estate.clerk, 'dunningCases', { communityId }, 'id');
  const caseId = listed?.id ?? '';
  await act(service, estate.clerk, 'remindDebtor', { id: caseId, channel: 'PHONE', amount: 500, note: '王芳答应付款' });
  return { estate, paymentId, doorId, caseId };
}

const erase = async ({ tenantId, communityId, personId }: Estate): Promise<void> => {
  const data = { personId, erasureId: newId(), erasedAt: '2026-03-03T01:00:00.000Z', vacatedHouseholdIds: [] };
  await service.wire.send(personErased, { tenantId, communityId, aggregateId: personId, data });
  await service.settle();
};

it('[B017] an erased person leaves what was owed and paid to the cent, but no name, number or word', async () => {
  const { estate, paymentId, doorId, caseId } = await aKnownPayer();
  const other = await aKnownPayer();
  await erase(estate);
  const paid = await see<object>(service, estate.cashier, 'payment', paymentId, payment);
  expect(paid).toMatchObject({
    amount: { amount: 1_500 },
    invoiceRequests: [{ titleMasked: '***', title: '', taxNumber: null, amount: { amount: 1_500 } }],
  });
  const agreed = await see<object>(service, estate.clerk, 'doorCollection', doorId, door);
  expect(agreed).toMatchObject({ contactNameMasked: '***', contactName: '' });
  const steps = 'steps { kind note amount { amount } }';
  const dunned = await see<object>(service, estate.clerk, 'dunningCase', caseId, steps);
  expect(dunned).toMatchObject({ steps: [{ kind: 'REMINDER', note: '', amount: { amount: 500 } }] });
  expect(JSON.stringify([paid, agreed, dunned])).not.toMatch(/王|91110000/);
  expect(await balance(service, estate.communityId, 'RECEIVABLE')).toBe(500);
  const { verifyLedger } = await service.ok<{ verifyLedger: { isIntact: boolean } }>(
    estate.director,
    `query ($id: ID!) { verifyLedger(communityId: $id) { isIntact } }`,
    { id: estate.communityId },
  );
  expect(verifyLedger.isIntact).toBe(true);
  // Told again, nothing changes; who is not erased keeps everything.
  await erase(estate);
  expect(await see(service, estate.cashier, 'payment', paymentId, payment)).toEqual(paid);
  const kept = await see<object>(service, other.estate.clerk, 'doorCollection', other.doorId, door);
  expect(kept).toMatchObject({ contactName: '王芳' });
});

it('[B017] an erased person counts in no household from that day on, and sees nothing of it', async () => {
  const estate = await anEstate(service);
  const charge = await aCharge(service, estate, 100);
  const mine = 'query ($id: ID!) { charge(id: $id) { id } }';
  expect((await service.ok<{ charge: object | null }>(estate.resident, mine, charge)).charge).not.toBeNull();
  await erase(estate);
  const { data } = await service.graphql<{ charge: object | null }>(estate.resident, mine, charge);
  expect(data?.charge ?? null).toBeNull();
  const members = await service.sql<{ until: string }>(
    `select to_char(valid_to, 'YYYY-MM-DD') as until from household_member where person_id = $1
     union all select to_char(valid_to, 'YYYY-MM-DD') from household_party where person_id = $1`,
    [estate.personId],
  );
  expect(members).toEqual([{ until: '2026-03-03' }, { until: '2026-03-03' }]);
});
