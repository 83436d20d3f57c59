import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { chargeRaised, chargeReversed, workOrderClosed, workOrderRegistered } from '@steward/events';
import { aStaffViewer, eventually, type TestService } from '@steward/test-kit';

import { onCustody } from './custody-fixture.ts';
import { residentOf, staffOf } from './passes-fixture.ts';
import {
  aCompany,
  aHousehold,
  aPerson,
  change,
  factsAfter,
  look,
  mutation,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const shown = `personErasure { id number version status reason decidedAt note person { id nameMasked phoneMasked erasedAt }
  deadlines { kind rule dueAt state } availableActions { action allowed refusal { reason } } }`;
const request = mutation('requestPersonErasure', shown);
const decide = mutation('decidePersonErasure', shown);
const reason = 'PERSON_ASKED';

type Erasure = {
  id: string;
  number: string;
  version: number;
  status: string;
  decidedAt: string | null;
  note: string | null;
  person: { nameMasked: string; phoneMasked: string | null; erasedAt: string | null };
  deadlines: { kind: string; rule: string; dueAt: string; state: string }[];
  availableActions: { action: string; allowed: boolean; refusal: { reason: string } | null }[];
};

const asked = async (viewer: Viewer, personId: string): Promise<Erasure> =>
  (
    await service.ok<{ requestPersonErasure: { personErasure: Erasure } }>(viewer, request, {
      input: { personId, reason },
    })
  ).requestPersonErasure.personErasure;

/** Who lived in a flat until yesterday. */
async function someoneWhoLeft(): Promise<Entered> {
  const home = await aHousehold(service, company);
  const { memberships } = await look(service, company.clerk, home.id);
  const input = { id: home.id, membershipId: memberships[0]?.id, validTo: '2026-03-01' };
  await service.ok(company.clerk, change('endHouseholdMembership'), { input });
  return home;
}

const reasonsOf = async (viewer: Viewer, personId: string): Promise<string[]> => {
  const { extensions } = await service.refused(viewer, request, { input: { personId, reason } });
  return extensions.violations.length > 0 ? extensions.violations.map((one) => one.reason) : [extensions.reason];
};

describe('requestPersonErasure', () => {
  it('[B017] tells everything that stands in the way at once, and follows it until nothing does', async () => {
    const home = await aHousehold(service, company);
    const custody = await onCustody(service, company.clerk, 'registerCustody', {
      householdId: home.id,
      unitId: home.unitId,
    });
    const [order, charge] = [newId(), newId()];
    const of = { tenantId: company.tenantId, communityId: company.communityId };
    const where = { placeId: newId(), unitId: null, buildingId: null, householdId: home.id };
    await service.wire.send(workOrderRegistered, {
      ...of,
      aggregateId: order,
      at: new Date('2026-02-20T00:00:00Z'),
      data: {
        workOrderId: order,
        number: 'WX-20260220-0001',
        ...where,
        responsibleParty: 'OWN_STAFF',
        isPaid: false,
        tradeCode: 'PLUMBING',
        problemCode: 'TOILET',
        departmentCode: 'MAINTENANCE',
        priority: 'NORMAL',
        channelCode: 'PHONE',
        receivedAt: '2026-02-20T00:00:00.000Z',
        source: null,
      },
    });
    const owed = {
      chargeId: charge,
      communityId: company.communityId,
      unitId: null,
      householdId: home.id,
      chargeTypeCode: 'MANAGEMENT_FEE',
      cause: null,
      fee: { amount: 100, currency: 'CNY' },
    };
    const at = new Date('2026-02-20T00:00:00Z');
    await service.wire.send(chargeRaised, { ...of, aggregateId: charge, data: { ...owed, dueOn: null }, at });
    const all = await eventually(async () => {
      const reasons = await reasonsOf(company.clerk, home.personId);
      return reasons.length === 4 ? reasons : null;
    });
    expect(all.toSorted()).toEqual(['ARREARS_OPEN', 'CUSTODY_OPEN', 'PERSON_STILL_MEMBER', 'WORK_ORDER_OPEN']);
    const chinese = await service.refused(
      company.clerk,
      request,
      { input: { personId: home.personId, reason } },
      'zh-CN',
    );
    expect(chinese.extensions).toMatchObject({
      code: 'BAD_USER_INPUT',
      violations: expect.arrayContaining([
        expect.objectContaining({ rule: 'B017', message: '维修工作单尚未关闭（1 项）：WX-20260220-0001' }),
      ]),
    });

    await onCustody(service, company.clerk, 'cancelCustody', { id: custody.id, reasonCode: 'NOT_WANTED' });
    await service.wire.send(workOrderClosed, {
      ...of,
      aggregateId: order,
      data: { workOrderId: order, householdId: home.id, closedAt: '2026-03-01T00:00:00.000Z' },
    });
    const reversed = { ...owed, reversedAt: '2026-03-01T00:00:00.000Z', reasonCode: 'WRONG' };
    await service.wire.send(chargeReversed, { ...of, aggregateId: charge, data: reversed });
    await eventually(async () => (await reasonsOf(company.clerk, home.personId)).length === 1);
    expect(await reasonsOf(company.clerk, home.personId)).toEqual(['PERSON_STILL_MEMBER']);
    const { memberships } = await look(service, company.clerk, home.id);
    const input = { id: home.id, membershipId: memberships[0]?.id, validTo: '2026-03-02' };
    await service.ok(company.clerk, change('endHouseholdMembership'), { input });
    expect(await asked(company.clerk, home.personId)).toMatchObject({ status: 'REQUESTED' });
    expect(await reasonsOf(company.clerk, home.personId)).toEqual(['ERASURE_PENDING']);
  });

  it('[B017] gives a leader fifteen working days, and lets nobody decide what they asked for', async () => {
    const personId = await aPerson(service, company);
    const erasure = await asked(company.director, personId);
    expect(erasure.number).toMatch(/^SC-20260302-\d{4}$/);
    // Monday the 2nd of March and fifteen working days: Monday the 23rd.
    expect(erasure.deadlines).toMatchObject([{ kind: 'ERASURE', rule: 'B017', state: 'RUNNING' }]);
    expect(erasure.deadlines[0]?.dueAt).toMatch(/^2026-03-23T/);
    expect(erasure.availableActions).toMatchObject([{ allowed: false, refusal: { reason: 'OWN_REQUEST' } }]);
    const input = { id: erasure.id, isApproved: true };
    expect((await service.refused(company.director, decide, { input })).extensions.reason).toBe('OWN_REQUEST');
    expect((await service.refused(company.clerk, decide, { input })).extensions.code).toBe('FORBIDDEN');
  });

  it('[B017] is for the desk of the community and the person', async () => {
    const personId = await aPerson(service, company);
    expect(await asked(residentOf(company, personId), personId)).toMatchObject({ status: 'REQUESTED' });
    const other = await aPerson(service, company);
    const input = { input: { personId: other, reason } };
    expect((await service.refused(residentOf(company, personId), request, input)).extensions.code).toBe('NOT_FOUND');
    expect((await service.refused(staffOf(company, 'guard'), request, input)).extensions.code).toBe('FORBIDDEN');
    expect((await service.refused(aStaffViewer({ roles: ['clerk'] }), request, input)).extensions.code).toBe(
      'NOT_FOUND',
    );
    const list = `{ personErasures(first: 100) { nodes { person { id } } } }`;
    type List = { personErasures: { nodes: { person: { id: string } }[] } };
    const own = await service.ok<List>(residentOf(company, personId), list);
    expect(own.personErasures.nodes).toEqual([{ person: { id: personId } }]);
    expect((await service.ok<List>(company.clerk, list)).personErasures.nodes.length).toBeGreaterThan(1);
  });
});

describe('decidePersonErasure', () => {
  it('[B017] leaves nothing that tells who it was, in rows, histories or the search, and tells every holder', async () => {
    const home = await someoneWhoLeft();
    const phone = '13755556666';
    await service.ok(company.clerk, mutation('updatePerson', 'person { id }'), {
      input: { id: home.personId, phone, identityNumber: '11010519491231002X' },
    });
    const erasure = await asked(company.clerk, home.personId);
    const [before] = await service.sql<{ version: number }>('select version from person where id = $1', [
      home.personId,
    ]);
    const { decidePersonErasure: answer } = await service.ok<{ decidePersonErasure: { personErasure: Erasure } }>(
      company.director,
      decide,
      { input: { id: erasure.id, isApproved: true, expectedVersion: erasure.version } },
    );
    expect(answer.personErasure).toMatchObject({ status: 'ERASED', deadlines: [{ state: 'MET' }] });
    expect(answer.personErasure.person).toMatchObject({ nameMasked: '***', phoneMasked: null });
    expect(answer.personErasure.person.erasedAt).not.toBeNull();
    const told = await factsAfter(service, home.personId, before?.version ?? 0);
    expect(told).toEqual([
      ['person.erased.v1', expect.objectContaining({ erasureId: erasure.id, vacatedHouseholdIds: [home.id] })],
    ]);
    await service.settle();
    const traces = await service.sql(
      `select (select json_agg(p) from person p where id = $1) as person,
              (select json_agg(c) from change c where aggregate_id = $1) as history,
              (select json_agg(k) from caller_key k where subject_id = $1) as keys`,
      [home.personId],
    );
    expect(JSON.stringify(traces)).not.toMatch(/张|1375555|5556666|137\*|002X/);
    expect(traces[0]).toMatchObject({ keys: null });
    const { memberships } = await look(service, company.clerk, home.id);
    expect(memberships).toMatchObject([{ person: { id: home.personId, nameMasked: '***' }, role: 'OWNER' }]);
  });

  it('[B017] is final: who was erased is changed, revealed, taken into a household or erased no more', async () => {
    const home = await someoneWhoLeft();
    const { id } = await asked(company.clerk, home.personId);
    await service.ok(company.director, decide, { input: { id, isApproved: true } });
    const reasonOf = async (document: string, input: object) =>
      (await service.refused(company.clerk, document, { input })).extensions.reason;
    expect(await reasonOf(mutation('updatePerson', 'person { id }'), { id: home.personId, name: '张三' })).toBe(
      'PERSON_ERASED',
    );
    const reveal = mutation('revealPersonContact', 'person { id }');
    expect(await reasonOf(reveal, { personId: home.personId, reason: '联系业主' })).toBe('PERSON_ERASED');
    expect(await reasonOf(request, { personId: home.personId, reason })).toBe('PERSON_ERASED');
    const start = { id: home.id, personId: home.personId, role: 'OWNER', validFrom: '2026-03-02' };
    expect(await reasonOf(change('startHouseholdMembership'), start)).toBe('PERSON_UNKNOWN');
    const again = await service.refused(company.director, decide, { input: { id, isApproved: false, note: '不同意' } });
    expect(again.extensions.reason).toBe('ALREADY_DECIDED');
  });

  it('[B017] judges once more what stands in the way, and keeps the data with a reason when rejected', async () => {
    const home = await someoneWhoLeft();
    const { id } = await asked(company.clerk, home.personId);
    const back = { id: home.id, personId: home.personId, role: 'OWNER', validFrom: '2026-03-02' };
    await service.ok(company.clerk, change('startHouseholdMembership'), { input: back });
    const late = await service.refused(company.director, decide, { input: { id, isApproved: true } });
    expect(late.extensions.violations.map((one) => one.reason)).toEqual(['PERSON_STILL_MEMBER']);
    const silent = await service.refused(company.director, decide, { input: { id, isApproved: false } });
    expect(silent.extensions.reason).toBe('REASON_REQUIRED');
    const { decidePersonErasure: answer } = await service.ok<{ decidePersonErasure: { personErasure: Erasure } }>(
      company.director,
      decide,
      { input: { id, isApproved: false, note: '又搬回来了' } },
    );
    expect(answer.personErasure).toMatchObject({
      status: 'REJECTED',
      note: '又搬回来了',
      person: { nameMasked: '张*' },
    });
  });
});

describe('revealPersonContacts', () => {
  const reveal = mutation('revealPersonContacts', 'persons { person { id } contact { name phone identityNumber } }');

  it('[B017] shows overseers the contacts of a community, each reading on record', async () => {
    const [one, two] = [
      await aPerson(service, company),
      await aPerson(service, company, { name: '王芳', phone: null }),
    ];
    const input = { communityId: company.communityId, personIds: [two, one], reason: '导出业主档案' };
    const answer = await service.ok<{ revealPersonContacts: { persons: object[] } }>(company.director, reveal, {
      input,
    });
    expect(answer.revealPersonContacts.persons).toMatchObject([
      { person: { id: two }, contact: { name: '王芳', phone: null } },
      { person: { id: one }, contact: { name: '李娜', phone: '13900000000' } },
    ]);
    const log = await service.sql('select 1 from reveal_log where aggregate_id = any($1)', [[one, two]]);
    expect(log).toHaveLength(2);
  });

  it('[B017] is not for the desk, without a reason, or for persons of elsewhere', async () => {
    const personId = await aPerson(service, company);
    const { communityId } = company;
    const refused = async (viewer: Viewer, more: object) => {
      const input = { communityId, personIds: [personId], reason: '导出档案', ...more };
      const { extensions } = await service.refused(viewer, reveal, { input });
      return extensions.violations[0]?.reason ?? extensions.reason;
    };
    expect(await refused(company.clerk, {})).toBe('ACCESS_DENIED');
    expect(await refused(company.director, { reason: ' ' })).toBe('REASON_REQUIRED');
    expect(await refused(company.director, { personIds: [personId, newId()] })).toBe('PERSON_UNKNOWN');
    expect(await refused(company.director, { personIds: [] })).toBe('PERSONS_NUMBER');
    const many = Array.from({ length: 101 }, () => newId());
    expect(await refused(company.director, { personIds: many })).toBe('PERSONS_NUMBER');
    expect(await service.sql('select 1 from reveal_log where aggregate_id = $1', [personId])).toEqual([]);
  });
});
