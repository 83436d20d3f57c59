import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aPerson, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const reveal = mutation('revealPersonContact', 'person { id version } contact { name phone identityNumber }');
const logOf = (personId: string) => service.sql(`select * from reveal_log where aggregate_id = $1`, [personId]);

describe('revealPersonContact', () => {
  it('[B017] shows the clear values and keeps who read them and why', async () => {
    const personId = await aPerson(service, company, { identityNumber: 'E55550001' });
    const input = { personId, reason: '联系业主修理漏水', idempotencyKey: newId() };
    const answer = { name: '李娜', phone: '13900000000', identityNumber: 'E55550001' };
    expect(await service.ok(company.clerk, reveal, { input })).toEqual({
      revealPersonContact: { person: { id: personId, version: 1 }, contact: answer },
    });
    const [entry, ...more] = await logOf(personId);
    expect(entry).toMatchObject({
      actor_kind: 'staff',
      actor_id: company.clerk.staffId,
      actor_sub: company.clerk.sub,
      fields: ['name', 'phone', 'identityNumber'],
    });
    expect(more).toEqual([]);
    expect(await service.reveals(company.clerk, personId)).toMatchObject([{ reason: input.reason }]);
    const kept = await service.sql('select * from idempotency_key where key = $1', [input.idempotencyKey]);
    expect(JSON.stringify([entry, kept])).not.toMatch(/漏水|李娜|13900000000|E55550001/);
  });

  it('[B017] shows nothing without a reason, or to those who do not deal with residents by name', async () => {
    const personId = await aPerson(service, company);
    const silent = await service.refused(company.clerk, reveal, { input: { personId, reason: ' ' } });
    expect(silent.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'REASON_REQUIRED' });
    const { tenantId, communityId } = company;
    const guard = aStaffViewer({ roles: ['guard'], tenantId, communityIds: [communityId] });
    const input = { personId, reason: '好奇心' };
    expect((await service.refused(guard, reveal, { input })).extensions.reason).toBe('ACCESS_DENIED');
    const stranger = aStaffViewer({ roles: ['clerk'], tenantId, communityIds: [newId()] });
    expect((await service.refused(stranger, reveal, { input })).extensions.code).toBe('NOT_FOUND');
    expect(await logOf(personId)).toEqual([]);
  });

  it('[B017] shows nothing when the reading cannot be logged', async () => {
    const personId = await aPerson(service, company);
    await service.sql('alter table reveal_log rename to reveal_log_away');
    try {
      const { data, errors } = await service.graphql(company.clerk, reveal, {
        input: { personId, reason: '联系业主' },
      });
      expect(data).toBeNull();
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAVAILABLE', reason: 'REVEAL_NOT_LOGGED' });
    } finally {
      await service.sql('alter table reveal_log_away rename to reveal_log');
    }
  });
});
