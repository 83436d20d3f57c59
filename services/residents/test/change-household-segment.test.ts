import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCompany, aHousehold, change, factsAfter, look, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const changeSegment = change('changeHouseholdSegment');

describe('changeHouseholdSegment', () => {
  it('moves a household to another of the three segments', async () => {
    const { id } = await aHousehold(service, company);
    for (const segment of ['MAIN_MERCHANT', 'SMALL_MERCHANT', 'RESIDENT']) {
      await service.ok(company.clerk, changeSegment, { input: { id, segment } });
    }
    const { segment, history } = await look(service, company.clerk, id);
    expect(segment).toBe('RESIDENT');
    expect(history.nodes[0]).toMatchObject({
      action: 'changeHouseholdSegment',
      rule: 'A204',
      fields: [{ field: 'segment', from: 'SMALL_MERCHANT', to: 'RESIDENT' }],
    });
    const facts = await factsAfter(service, id, 3);
    expect(facts[0]).toEqual(['household.segment-changed.v1', { householdId: id, segment: 'MAIN_MERCHANT' }]);
    expect(facts).toHaveLength(3);
  });

  it('refuses the segment that the household has', async () => {
    const { id } = await aHousehold(service, company);
    const refusal = await service.refused(
      company.clerk,
      changeSegment,
      { input: { id, segment: 'RESIDENT' } },
      'zh-CN',
    );
    expect(refusal).toMatchObject({
      message: '没有任何变更。',
      extensions: { code: 'CONFLICT', reason: 'NOTHING_CHANGED' },
    });
  });
});
