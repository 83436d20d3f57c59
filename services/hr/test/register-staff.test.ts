import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  aStaffMember,
  aStaffRow,
  look,
  registerStaff,
  startHr,
  type Company,
  type Registered,
} from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const enter = async (
  rows: object[],
  viewer = company.director,
  key?: string,
): Promise<Registered['registerStaff']['results']> =>
  (await service.ok<Registered>(viewer, registerStaff, { input: { rows, idempotencyKey: key ?? null } })).registerStaff
    .results;

describe('registerStaff', () => {
  it('enters a staff member with posts and trades, and says so in facts without personal data', async () => {
    const id = newId();
    const [result] = await enter([aStaffRow(company, { id })]);
    expect(result).toMatchObject({ index: 0, isNew: true, staffMember: { id, version: 3 }, refusal: null });
    const facts = (await service.events()).filter(({ aggregateId }) => aggregateId === id);
    expect(facts.map(({ type, aggregateVersion }) => [type, aggregateVersion])).toEqual([
      ['steward.hr.staff.registered.v1', 1],
      ['steward.hr.staff.trades-changed.v1', 2],
      ['steward.hr.staff.post-assigned.v1', 3],
    ]);
    expect(facts[2]?.data).toMatchObject({
      communityId: company.communityId,
      departmentCode: 'MAINTENANCE',
      teamId: null,
      positionCode: 'REPAIR_WORKER',
      role: 'maintenance',
      validFrom: '2025-01-01',
      validTo: null,
    });
    expect(JSON.stringify(facts)).not.toMatch(/王|13800110022/);
  });

  it('keeps names and phones encrypted and shows them masked', async () => {
    const id = await aStaffMember(service, company);
    const [row] = await service.sql<Record<string, string>>('select * from staff where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/王建国|13800110022/);
    expect(await look(service, company.director, id)).toMatchObject({
      nameMasked: '王**',
      name: '王建国',
      phoneMasked: '138****0022',
      phone: '13800110022',
      trades: [{ code: 'PLUMBING', label: 'Plumbing' }],
    });
    const stranger = aStaffViewer({ roles: ['clerk'], tenantId: company.tenantId, communityIds: [newId()] });
    expect(await look(service, stranger, id)).toMatchObject({ nameMasked: '王**', name: null, phone: null });
  });

  it('answers a number that is known with the staff member it belongs to, and changes nothing', async () => {
    const row = aStaffRow(company);
    const [first] = await enter([row]);
    const [second] = await enter([{ ...row, name: '李四' }]);
    expect(second).toMatchObject({ isNew: false, staffMember: { id: first?.staffMember?.id, version: 3 } });
    const [third, fourth] = await enter([
      aStaffRow(company, { number: 'TWICE' }),
      aStaffRow(company, { number: 'TWICE' }),
    ]);
    expect([third?.isNew, fourth?.isNew]).toEqual([true, false]);
    expect(fourth?.staffMember?.id).toBe(third?.staffMember?.id);
  });

  it('names all that is wrong with a row and enters the others', async () => {
    const bad = aStaffRow(company, {
      name: ' ',
      phone: '12',
      tradeCodes: ['ALCHEMY'],
      posts: [
        {
          departmentCode: 'NOWHERE',
          teamCode: 'NOBODY',
          positionCode: 'KING',
          role: 'CLERK',
          validFrom: '2024-01-01',
          validTo: '2024-01-01',
        },
      ],
    });
    const [refused, entered] = await enter([bad, aStaffRow(company)]);
    expect(entered?.isNew).toBe(true);
    expect(refused).toMatchObject({
      isNew: false,
      staffMember: null,
      refusal: { code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' },
    });
    expect(refused?.refusal?.violations.map(({ path, reason }) => [path, reason]).sort()).toEqual([
      ['input.rows.0.name', 'TEXT_REQUIRED'],
      ['input.rows.0.phone', 'PHONE_MALFORMED'],
      ['input.rows.0.posts.0.departmentCode', 'DEPARTMENT_UNKNOWN'],
      ['input.rows.0.posts.0.positionCode', 'POSITION_UNKNOWN'],
      ['input.rows.0.posts.0.teamCode', 'TEAM_UNKNOWN'],
      ['input.rows.0.posts.0.validFrom', 'POST_BEFORE_EMPLOYMENT'],
      ['input.rows.0.posts.0.validTo', 'RANGE_EMPTY'],
      ['input.rows.0.tradeCodes.0', 'TRADE_UNKNOWN'],
    ]);
  });

  it.each([
    ['ID_MALFORMED', () => ({ id: 'not-an-id' })],
    ['COMMUNITY_UNKNOWN', () => ({ communityId: newId(), posts: [] })],
    [
      'POST_OVERLAPS',
      () => ({
        posts: [1, 2].map(() => ({ departmentCode: 'SECURITY', positionCode: 'GUARD', role: 'GUARD' as const })),
      }),
    ],
  ])('refuses a row with %s', async (reason, overrides) => {
    const [result] = await enter([aStaffRow(company, overrides())]);
    expect(result?.refusal).toMatchObject({ reason });
  });

  it('refuses an id that belongs to somebody else', async () => {
    const id = await aStaffMember(service, company);
    const [result] = await enter([aStaffRow(company, { id })]);
    expect(result?.refusal).toMatchObject({
      reason: 'ID_TAKEN',
      message: 'This id belongs to something else already.',
    });
  });

  it('enters nobody for a community the caller does not oversee', async () => {
    const elsewhere = await aCommunity(service, company.tenantId);
    const overseer = aStaffViewer({
      roles: ['administrativeSupervisor'],
      tenantId: company.tenantId,
      communityIds: [company.communityId],
    });
    const [own, foreign] = await enter([aStaffRow(company), aStaffRow(company, { communityId: elsewhere })], overseer);
    expect(own?.isNew).toBe(true);
    expect(foreign?.refusal).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('takes 500 rows and refuses 501 or none', async () => {
    const rows = Array.from({ length: 500 }, () => aStaffRow(company));
    expect((await enter(rows)).every(({ isNew }) => isNew)).toBe(true);
    for (const wrong of [[], [...rows, aStaffRow(company)]]) {
      const error = await service.refused(company.director, registerStaff, { input: { rows: wrong } });
      expect(error.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'TOO_MANY_ROWS' });
    }
  });

  it('answers a retry with the first result and refuses the key with other input', async () => {
    const rows = [aStaffRow(company)];
    const first = await enter(rows, company.director, 'import-0001');
    expect(await enter(rows, company.director, 'import-0001')).toEqual(first);
    const error = await service.refused(company.director, registerStaff, {
      input: { rows: [aStaffRow(company)], idempotencyKey: 'import-0001' },
    });
    expect(error.extensions.reason).toBe('IDEMPOTENCY_KEY_REUSED');
  });

  it('enters each once when two imports of the same rows run at the same time', async () => {
    const rows = Array.from({ length: 20 }, () => aStaffRow(company));
    const answers = await Promise.all([enter(rows), enter(rows)]);
    const [first, second] = answers.map((results) => results.map(({ staffMember }) => staffMember?.id));
    expect(first).toEqual(second);
    expect(answers.flat().filter(({ isNew }) => isNew)).toHaveLength(20);
  });

  it('is not for clerks nor residents', async () => {
    const { tenantId, communityId } = company;
    for (const viewer of [
      aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [communityId] }),
      aResidentViewer({ tenantId, communityIds: [communityId] }),
    ]) {
      const error = await service.refused(viewer, registerStaff, { input: { rows: [aStaffRow(company)] } });
      expect(error.extensions).toMatchObject({ code: 'FORBIDDEN', reason: 'ACCESS_DENIED' });
    }
  });
});
