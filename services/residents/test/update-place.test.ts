import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aCompany,
  aUnit,
  enterPlaces,
  factsAfter,
  mutation,
  startResidents,
  unique,
  type Company,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const selection = `place { version name floor areaM2 deliveredOn unit { usage }
  availableActions { action allowed } history { nodes { action fields { field from to } } } }`;
const updatePlace = mutation('updatePlace', selection);

describe('updatePlace', () => {
  it('keeps what is absent, clears what is null and shows both in the history', async () => {
    const { id } = await aUnit(service, company, { areaM2: '88.50', floor: 12 });
    const input = { id, expectedVersion: 1, areaM2: null, usage: 'OFFICE', deliveredOn: '2026-03-01' };
    const answer = await service.ok<{ updatePlace: { place: { history: { nodes: object[] } } } }>(
      company.clerk,
      updatePlace,
      { input },
    );
    const { place } = answer.updatePlace;
    expect(place).toMatchObject({
      version: 2,
      floor: 12,
      areaM2: null,
      deliveredOn: '2026-03-01',
      unit: { usage: 'OFFICE' },
    });
    expect(place).toMatchObject({ availableActions: [{ action: 'updatePlace', allowed: true }] });
    expect(place.history.nodes[0]).toEqual({
      action: 'updatePlace',
      fields: [
        { field: 'usage', from: 'RESIDENTIAL', to: 'OFFICE' },
        { field: 'areaM2', from: '88.50', to: null },
        { field: 'deliveredOn', from: null, to: '2026-03-01' },
      ],
    });
    expect(await factsAfter(service, id, 1)).toMatchObject([['place.updated.v1', { usage: 'OFFICE', areaM2: null }]]);
  });

  it.each([
    ['USAGE_REQUIRED', { usage: null }],
    ['AREA_NOT_POSITIVE', { areaM2: '-2' }],
    ['YEARS_OUT_OF_RANGE', { designLifeYears: 201 }],
    ['TEXT_REQUIRED', { name: ' ' }],
  ])('refuses with %s', async (reason, fields) => {
    const { id } = await aUnit(service, company);
    const refusal = await service.refused(company.clerk, updatePlace, { input: { id, ...fields } });
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a use for what is no unit, and a version that others have moved on from', async () => {
    const [building] = await enterPlaces(service, company, [{ code: unique('B'), kind: 'BUILDING' }]);
    const id = building?.place?.id;
    const usage = await service.refused(company.clerk, updatePlace, { input: { id, usage: 'SHOP' } });
    expect(usage.extensions.reason).toBe('USAGE_NOT_ALLOWED');
    const stale = await service.refused(company.clerk, updatePlace, { input: { id, floor: 1, expectedVersion: 7 } });
    expect(stale.extensions).toMatchObject({ code: 'CONFLICT', reason: 'STALE_VERSION' });
  });
});
