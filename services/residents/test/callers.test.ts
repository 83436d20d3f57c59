import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { complaintRegistered, workOrderLocated, workOrderRegistered } from '@steward/events';
import { aStaffViewer, eventually, type TestService } from '@steward/test-kit';

import { onPass } from './passes-fixture.ts';
import {
  aCommunity,
  aCompany,
  enterHouseholds,
  enterPlaces,
  mutation,
  startResidents,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let householdId: string;
const personId = newId();

const query = `query ($text: String!, $communityId: ID, $first: Int) { callers(text: $text, communityId: $communityId, first: $first) {
  matchedBy household { id number } unit { id number } person { id nameMasked } reference { kind id number } } }`;

type Found = {
  matchedBy: string;
  household: { id: string; number: string } | null;
  unit: { number: string } | null;
  person: { id: string; nameMasked: string } | null;
  reference: { kind: string; id: string; number: string } | null;
};

const find = async (text: string, viewer: Viewer = company.clerk, more: object = {}): Promise<Found[]> =>
  (await service.ok<{ callers: Found[] }>(viewer, query, { text, ...more })).callers;

/** A flat 3/2/501 whose owner is 单雄信, and one 12/501 of somebody else. */
beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  const unit = { kind: 'UNIT' as const, usage: 'RESIDENTIAL' as const, code: '501' };
  await enterPlaces(service, company, [
    { code: '3', kind: 'BUILDING' },
    { parentPath: '3', code: '2', kind: 'SECTION' },
    { parentPath: '3/2', ...unit },
    { code: '12', kind: 'BUILDING' },
    { parentPath: '12', ...unit },
  ]);
  const holds = (unitPath: string) => [{ unitPath, tenure: 'OWNED', validFrom: '2020-01-01' }];
  const owner = (person: object) => [{ person, role: 'OWNER', validFrom: '2020-01-01' }];
  const [first] = await enterHouseholds(service, company, [
    {
      number: '3-2-501',
      holdings: holds('3/2/501'),
      members: owner({ id: personId, name: '单雄信', phone: '+86 139-8765-4321' }),
    },
    { number: '12-501', holdings: holds('12/501'), members: owner({ name: 'John Smith', phone: '0755-2666' }) },
  ]);
  householdId = first?.household?.id ?? '';
  await service.settle();
});
afterAll(() => service?.stop());

describe('callers', () => {
  it.each([
    ['3-2-501', 'ROOM', ['3-2-501']],
    ['3栋2单元501', 'ROOM', ['3-2-501']],
    ['三栋二单元五零一室', 'ROOM', ['3-2-501']],
    ['3栋501', 'ROOM', ['3-2-501']],
    ['十二栋501', 'ROOM', ['12-501']],
    ['501', 'ROOM', ['12-501', '3-2-501']],
    ['13987654321', 'PHONE', ['3-2-501']],
    ['139 8765 4321', 'PHONE', ['3-2-501']],
    ['4321', 'PHONE_TAIL', ['3-2-501']],
    ['单雄信', 'NAME', ['3-2-501']],
    ['shan xiong xin', 'PINYIN', ['3-2-501']],
    ['danxiongxin', 'PINYIN', ['3-2-501']],
    ['sxx', 'PINYIN', ['3-2-501']],
    ['john smith', 'NAME', ['12-501']],
    ['js', 'PINYIN', ['12-501']],
    ['雄信', '', []],
    ['13987654322', '', []],
    [' ', '', []],
  ])('finds households by %s', async (text, matchedBy, numbers) => {
    const found = await find(text);
    expect(new Set(found.map(({ household }) => household?.number))).toEqual(new Set(numbers));
    expect(found).toHaveLength(numbers.length);
    expect(new Set(found.map((one) => one.matchedBy))).toEqual(new Set(numbers.length > 0 ? [matchedBy] : []));
  });

  it('shows the unit or the masked person behind the household', async () => {
    expect(await find('3-2-501')).toMatchObject([{ unit: { number: '3/2/501' }, person: null, reference: null }]);
    expect(await find('4321')).toMatchObject([{ unit: null, person: { id: personId, nameMasked: '单**' } }]);
  });

  it('finds a pass by its plate, with or without the province, and by its number', async () => {
    const days = { validFrom: '2026-03-02T02:00:00.000Z', validTo: '2026-03-03T02:00:00.000Z' };
    const asked = { kind: 'VEHICLE', householdId, plate: '粤B·8K321', holderName: '司机', ...days };
    const pass = await onPass(service, company.clerk, 'requestPass', asked);
    await service.settle();
    const reference = { kind: 'PASS', id: pass.id, number: pass.number };
    for (const text of ['粤B8K321', 'b8k321', pass.number.toLowerCase(), pass.number.replaceAll('-', '')]) {
      expect(await find(text)).toMatchObject([{ reference, household: { id: householdId } }]);
    }
  });

  it('finds orders and complaints by the numbers that their services told, and follows an order to its household', async () => {
    const [workOrderId, complaintId, placeId] = [newId(), newId(), newId()];
    const where = { placeId, unitId: null, buildingId: null, householdId: null };
    const of = { tenantId: company.tenantId, communityId: company.communityId };
    const classes = { tradeCode: 'PLUMBING', problemCode: 'TOILET', departmentCode: 'MAINTENANCE' };
    const payer = { responsibleParty: 'OWN_STAFF' as const, isPaid: false };
    const taken = {
      priority: 'NORMAL' as const,
      channelCode: 'PHONE',
      receivedAt: '2026-03-01T00:00:00.000Z',
      source: null,
    };
    await service.wire.send(workOrderRegistered, {
      ...of,
      aggregateId: workOrderId,
      data: { workOrderId, number: 'WX-20260301-0042', ...where, ...classes, ...payer, ...taken },
    });
    await service.wire.send(workOrderLocated, {
      ...of,
      aggregateId: workOrderId,
      data: { workOrderId, ...where, householdId, ...payer },
    });
    await service.wire.send(complaintRegistered, {
      ...of,
      aggregateId: complaintId,
      data: {
        complaintId,
        number: 'TS-20260301-0007',
        ...where,
        householdId,
        nature: 'COMPLAINT',
        grade: 'MINOR',
        channelCode: 'PHONE',
        categoryCode: 'NOISE',
        departmentCode: 'SECURITY',
        departmentCodes: ['SECURITY'],
        isHarmOngoing: false,
        receivedAt: taken.receivedAt,
        source: null,
      },
    });
    const order = await eventually(async () =>
      (await find('wx202603010042')).find(({ household }) => household !== null),
    );
    expect(order).toMatchObject({ reference: { kind: 'WORK_ORDER', id: workOrderId }, household: { id: householdId } });
    const complaint = await eventually(async () => (await find('TS-20260301-0007'))[0]);
    expect(complaint).toMatchObject({ matchedBy: 'NUMBER', reference: { kind: 'COMPLAINT', id: complaintId } });
  });

  it('follows a change of the name and the phone', async () => {
    const input = { id: personId, name: '单雄义', phone: '13912340000' };
    await service.ok(company.clerk, mutation('updatePerson', 'person { id }'), { input });
    await service.settle();
    expect([await find('sxx'), await find('4321')]).toEqual([[], []]);
    expect(await find('sxy')).toHaveLength(1);
    expect(await find('0000')).toHaveLength(1);
  });

  it('is for who may have contacts shown to them, in their own communities, and takes one to a hundred', async () => {
    const { tenantId, communityId, director } = company;
    const guard = aStaffViewer({ roles: ['guard'], tenantId, communityIds: [communityId] });
    expect((await service.refused(guard, query, { text: '4321' })).extensions.code).toBe('FORBIDDEN');
    const elsewhere = await aCommunity(service, director);
    const neighbour = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [elsewhere] });
    const stranger = aStaffViewer({ roles: ['clerk'] });
    for (const viewer of [neighbour, stranger]) {
      expect([await find('3-2-501', viewer), await find('0000', viewer)]).toEqual([[], []]);
    }
    expect(await find('3-2-501', director, { communityId: elsewhere })).toEqual([]);
    expect((await service.refused(neighbour, query, { text: '501', communityId })).extensions.code).toBe('NOT_FOUND');
    expect(await find('501', company.clerk, { first: 1 })).toHaveLength(1);
    expect((await service.refused(company.clerk, query, { text: '501', first: 101 })).extensions.reason).toBe(
      'PAGE_SIZE',
    );
  });

  it('keeps names, readings, phones and plates as keyed hashes alone', async () => {
    const kept = await service.sql<{ kind: string; key: string }>(
      `select kind, key from caller_key where kind not in ('ROOM', 'NUMBER')`,
    );
    expect(new Set(kept.map(({ kind }) => kind))).toEqual(new Set(['NAME', 'PINYIN', 'PHONE', 'PHONE_TAIL', 'PLATE']));
    for (const { key } of kept) expect(key).toMatch(/^[\w-]{43}$/);
  });
});
