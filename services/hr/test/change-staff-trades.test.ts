import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { workOrderCodeSet } from '@steward/events';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import { aCompany, aStaffMember, change, factsAfter, look, startHr, type Company } from './hr-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startHr();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const changeStaffTrades = change('changeStaffTrades');

describe('changeStaffTrades', () => {
  it('replaces the list', async () => {
    const id = await aStaffMember(service, company);
    const { tenantId, communityId } = company;
    const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId, communityIds: [communityId] });
    await service.ok(supervisor, changeStaffTrades, { input: { id, tradeCodes: ['LOCKS', 'ELECTRICAL', 'LOCKS'] } });
    const { trades } = await look(service, company.director, id);
    expect(trades.map(({ code }) => code)).toEqual(['ELECTRICAL', 'LOCKS']);
    expect(await factsAfter(service, id, 3)).toEqual([
      ['staff.trades-changed.v1', { staffId: id, tradeCodes: ['ELECTRICAL', 'LOCKS'] }],
    ]);
  });

  it('refuses a trade nobody knows and a list that changes nothing', async () => {
    const id = await aStaffMember(service, company);
    const unknown = await service.refused(company.director, changeStaffTrades, {
      input: { id, tradeCodes: ['PLUMBING', 'ALCHEMY'] },
    });
    expect(unknown.extensions).toMatchObject({
      reason: 'TRADE_UNKNOWN',
      violations: [
        { path: 'input.tradeCodes.1', reason: 'TRADE_UNKNOWN', message: 'There is no such trade: ALCHEMY.' },
      ],
    });
    const same = await service.refused(company.director, changeStaffTrades, {
      input: { id, tradeCodes: ['PLUMBING'] },
    });
    expect(same.extensions).toMatchObject({ code: 'CONFLICT', reason: 'NOTHING_CHANGED' });
  });

  it('knows the trades a community added, until it retires them', async () => {
    const { tenantId, communityId } = company;
    const aggregateId = newId();
    const set = async (isRetired: boolean): Promise<void> => {
      const data = { kind: 'TRADE' as const, code: 'POOL_CARE', tradeCode: null, isRetired };
      await service.wire.send(workOrderCodeSet, { tenantId, communityId, aggregateId, data });
      await service.settle();
    };
    const id = await aStaffMember(service, company);
    await set(false);
    await service.ok(company.director, changeStaffTrades, { input: { id, tradeCodes: ['POOL_CARE'] } });
    await set(true);
    const error = await service.refused(company.director, changeStaffTrades, {
      input: { id, tradeCodes: ['POOL_CARE', 'LOCKS'] },
    });
    expect(error.extensions.reason).toBe('TRADE_UNKNOWN');
  });
});
