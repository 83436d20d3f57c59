import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { communityUpdated } from '@steward/events';
import { type TestService } from '@steward/test-kit';

import { aCompany, aStaffRow, registerStaff, startHr, type Registered } from './hr-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
afterAll(() => service?.stop());

it('enters nobody for a community that residents says is no longer managed', async () => {
  const company = await aCompany(service);
  const { tenantId, communityId } = company;
  const enter = async (): Promise<string | undefined> => {
    const input = { rows: [aStaffRow(company)] };
    const { registerStaff: answer } = await service.ok<Registered>(company.director, registerStaff, { input });
    return answer.results[0]?.refusal?.reason;
  };
  expect(await enter()).toBeUndefined();
  const data = {
    communityId,
    companyId: tenantId,
    code: 'GONE',
    timeZone: 'Asia/Shanghai',
    locale: 'zh-CN' as const,
    currency: 'CNY',
    status: 'LEFT' as const,
  };
  await service.wire.send(communityUpdated, { tenantId, communityId, aggregateId: communityId, data });
  await service.settle();
  expect(await enter()).toBe('INVALID_INPUT');
});
