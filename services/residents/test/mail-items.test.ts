import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aFile, residentOf, staffOf, toldOf } from './passes-fixture.ts';
import {
  aCompany,
  aHousehold,
  factsAfter,
  mutation,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let leader: Viewer;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  leader = staffOf(company, 'supervisor');
});
afterAll(() => service?.stop());

type Mail = {
  id: string;
  status: string;
  trackingNumber: string | null;
  deadlines: { state: string; kind: string; rule: string; dueAt: string }[];
};

const shown = (name: string): string =>
  mutation(
    name,
    `mailItem { id number status kind recipientNameMasked recipientName sender trackingNumber leader { id } disposition
    handledAt collectedAt signatures { role } deadlines { kind rule state dueAt } }`,
  );
const run = async (viewer: Viewer, name: string, input: object): Promise<Mail> => {
  const answer = await service.ok<Record<string, { mailItem: Mail }>>(viewer, shown(name), { input });
  return (answer[name] as { mailItem: Mail }).mailItem;
};
const refused = async (viewer: Viewer, name: string, input: object) =>
  (await service.refused(viewer, shown(name), { input })).extensions;

const register = (input: object = {}) =>
  run(company.clerk, 'registerMailItem', {
    communityId: company.communityId,
    kind: 'PARCEL',
    householdId: home.id,
    recipientName: '张伟',
    sender: '顺丰',
    trackingNumber: 'SF142000001',
    ...input,
  });
const toLeader = (id: string) => run(company.clerk, 'handMailToLeader', { id, leaderId: leader.staffId });
const handle = (id: string, disposition = 'DELIVER') => run(leader, 'handleMailItem', { id, disposition });

describe('mail', () => {
  it('[A223] is registered, handed to the leader, and collected against a signature', async () => {
    const item = await register();
    expect(item).toMatchObject({ status: 'REGISTERED', recipientName: '张伟', recipientNameMasked: '张*' });
    const kept = await service.sql<{ text: string }>('select m::text as text from mail_item m where id = $1', [
      item.id,
    ]);
    expect([item.trackingNumber, kept[0]?.text.includes('SF1420')]).toEqual(['SF142000001', false]);
    // A Monday: the next working day ends on Tuesday at midnight in Shanghai.
    const clock = { kind: 'MAIL_HANDLING', rule: 'A223', state: 'RUNNING', dueAt: '2026-03-03T16:00:00.000Z' };
    expect(item.deadlines).toEqual([clock]);
    expect(await refused(leader, 'handleMailItem', { id: item.id, disposition: 'DELIVER' })).toMatchObject({
      reason: 'ILLEGAL_TRANSITION',
      rule: 'A223',
    });
    expect(await toLeader(item.id)).toMatchObject({ status: 'WITH_LEADER', leader: { id: leader.staffId } });
    expect(await refused(company.clerk, 'handleMailItem', { id: item.id, disposition: 'FILE' })).toMatchObject({
      reason: 'ACCESS_DENIED',
    });
    expect(await handle(item.id)).toMatchObject({ status: 'READY', deadlines: [{ state: 'MET' }] });
    expect((await toldOf(service, item.id)).map(({ template }) => template)).toEqual(['mailForLeader', 'mailReady']);
    const signatureFileId = await aFile(service, company.clerk, company, 'SIGNATURE');
    const stranger = (await aHousehold(service, company)).personId;
    const collect = { id: item.id, signatureFileId };
    expect(await refused(company.clerk, 'collectMailItem', { ...collect, signerId: stranger })).toMatchObject({
      reason: 'SIGNER_NOT_OF_HOUSEHOLD',
      rule: 'A223',
    });
    expect(await refused(company.clerk, 'collectMailItem', collect)).toMatchObject({ reason: 'SIGNER_REQUIRED' });
    const collected = await run(company.clerk, 'collectMailItem', { ...collect, signerId: home.personId });
    expect(collected).toMatchObject({ status: 'COLLECTED', signatures: [{ role: 'RECIPIENT' }] });
    const facts = (await factsAfter(service, item.id, 0)).map(([type]) => type);
    expect(facts.filter((type) => !type.includes('deadline'))).toEqual([
      'mail-item.registered.v1',
      'mail-item.handed-over.v1',
      'mail-item.handled.v1',
      'mail-item.collected.v1',
    ]);
    expect(JSON.stringify(await service.events())).not.toContain('张伟');
  });

  it('[A223] to the company is filed, and needs a recipient', async () => {
    const bare = { communityId: company.communityId, kind: 'OFFICIAL_LETTER' };
    expect(await refused(company.clerk, 'registerMailItem', bare)).toMatchObject({
      reason: 'MAIL_RECIPIENT_REQUIRED',
      rule: 'A223',
    });
    const foreign = await aCompany(service);
    const elsewhere = await aHousehold(service, foreign);
    expect(await refused(company.clerk, 'registerMailItem', { ...bare, householdId: elsewhere.id })).toMatchObject({
      reason: 'MAIL_HOUSEHOLD_UNKNOWN',
      rule: 'A223',
    });
    const item = await register({ kind: 'OFFICIAL_LETTER', householdId: null, recipientName: '物业中心' });
    await toLeader(item.id);
    expect(await handle(item.id, 'FILE')).toMatchObject({ status: 'FILED' });
  });

  it('[A223] that nobody decides about goes to the administrative supervisor', async () => {
    const { id } = await register();
    await service.move({ advance: 'P2D' });
    expect((await toldOf(service, id)).map(({ template, role }) => [template, role])).toEqual([
      ['deadlineWarned', 'clerk'],
      ['deadlineBreached', 'administrativeSupervisor'],
    ]);
  });

  it('shows residents what is for their own household', async () => {
    const mine = await register();
    const other = await aHousehold(service, company);
    await register({ householdId: other.id });
    const owner = residentOf(company, home.personId);
    const { mailItems } = await service.ok<{ mailItems: { nodes: { id: string; household: { id: string } }[] } }>(
      owner,
      '{ mailItems(first: 100) { nodes { id household { id } } } }',
    );
    expect(mailItems.nodes.map(({ id }) => id)).toContain(mine.id);
    expect(new Set(mailItems.nodes.map(({ household }) => household.id))).toEqual(new Set([home.id]));
  });
});
