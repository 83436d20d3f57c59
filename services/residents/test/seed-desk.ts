import type { SeededRow, TestService } from '@steward/test-kit';

import type { Estate } from './decoration-fixture.ts';
import { acting, anUpload, onPaper, staffOf } from './procedure-fixture.ts';
import { aHousehold, aPerson, change, type Entered } from './residents-fixture.ts';

export type Made = { id: string };

/** Runs a mutation that answers `thing` and answers its id. */
export const made = async (service: TestService, viewer: Estate['clerk'], name: string, thing: string, input: object) =>
  (await acting(service, thing, 'id').act<Made>(viewer, name, input)).id;

/** Let for its owner: with the paper that says so and the contract that came of it. */
async function aMandate(service: TestService, estate: Estate, home: Entered): Promise<string> {
  const { clerk, communityId } = estate;
  const mandate = {
    communityId,
    kind: 'RENTAL',
    unitId: home.unitId,
    householdId: home.id,
    askingAmount: 450_000,
    validTo: '2026-08-28',
  };
  const id = await made(service, clerk, 'openRentalMandate', 'rentalMandate', mandate);
  const mandateFileId = await anUpload(service, estate, clerk, 'PAPER');
  const signing = { id, ...(await onPaper(service, estate, clerk, home)), mandateFileId };
  await made(service, clerk, 'signRentalMandate', 'rentalMandate', signing);
  const leader = staffOf(estate, 'supervisor');
  const contract = { agreedAmount: 430_000, contractFileId: await anUpload(service, estate, leader, 'PAPER') };
  const closing = { id, ...contract, concludedOn: (await service.now()).toISOString().slice(0, 10) };
  return made(service, leader, 'closeRentalMandate', 'rentalMandate', closing);
}

/** The visit that a key account is due in a month, made now. */
async function visitOf(service: TestService, { clerk }: Estate, householdId: string) {
  await service.ok(clerk, change('changeHouseholdKeyAccount'), { input: { id: householdId, isKeyAccount: true } });
  const due =
    "update timer set due_at = $1 where state = 'WAITING' and kind = 'key-account-visit' and aggregate_id = $2";
  await service.sql(due, [await service.now(), householdId]);
  await service.move({ advance: 'PT1S' });
  const [visit] = await service.sql<Made>('select id from key_account_visit where household_id = $1', [householdId]);
  const told = { id: visit?.id ?? '', outcome: 'UNSATISFIED', means: 'IN_PERSON', opinion: '保洁不到位' };
  return made(service, clerk, 'recordKeyAccountVisit', 'keyAccountVisit', told);
}

/** What the desk does for households besides. */
export async function servicesOf(service: TestService, estate: Estate): Promise<SeededRow[]> {
  const { clerk, communityId } = estate;
  const home = await aHousehold(service, estate);
  const own = { personId: home.personId };
  const card = { communityId, tier: 'VIP', personId: home.personId };
  const cardId = await made(service, clerk, 'applyMembershipCard', 'membershipCard', card);
  await made(service, clerk, 'issueMembershipCard', 'membershipCard', { id: cardId });
  await made(service, clerk, 'updateMembershipCardProfile', 'membershipCard', {
    id: cardId,
    profile: '喜欢靠窗的位置',
  });
  const script = { communityId, kind: 'CLOSING', title: '闭场', text: '尊敬的顾客……' };
  const erasure = { personId: await aPerson(service, estate), reason: 'PERSON_ASKED' };
  const route = { communityId, kind: 'OTHER', title: '临时活动' };
  const routeId = await made(service, clerk, 'openCounterSignRoute', 'counterSignRoute', route);
  const head = { ...staffOf(estate, 'supervisor'), departments: ['CUSTOMER_SERVICE'] };
  const back = { id: routeId, departmentCode: 'CUSTOMER_SERVICE', reason: '缺平面图' };
  await made(service, head, 'returnCounterSignRoute', 'counterSignRoute', back);
  const invoice = { communityId, kind: 'ORDINARY', householdId: home.id, title: '张伟', amount: 120_000 };
  const asked = { ...invoice, purposeCode: 'MANAGEMENT_FEE' };
  return [
    { type: 'RentalMandate', id: await aMandate(service, estate, home), own },
    { type: 'MembershipCard', id: cardId, own },
    { type: 'KeyAccountVisit', id: await visitOf(service, estate, home.id) },
    { type: 'CounterSignRoute', id: routeId },
    {
      type: 'InvoiceApplication',
      id: await made(service, clerk, 'applyForInvoice', 'invoiceApplication', asked),
      own,
    },
    { type: 'BroadcastScript', id: await made(service, clerk, 'draftBroadcastScript', 'broadcastScript', script) },
    {
      type: 'PersonErasure',
      id: await made(service, clerk, 'requestPersonErasure', 'personErasure', erasure),
      own: { personId: erasure.personId },
    },
  ];
}
