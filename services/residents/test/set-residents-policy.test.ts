import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { aCommunity, aCompany, aHousehold, look, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const setPolicy = mutation('setResidentsPolicy', 'figures { policy key value defaultValue unit rule }');
const value = ['RESIDENT_REGISTER', 'PROPERTY_CERTIFICATE'];
const figure = { policy: 'household-file', key: 'dwelling', value, reason: '街道办要求' };

describe('setResidentsPolicy', () => {
  it('overrides the papers that a community asks for from a time on, in that community alone', async () => {
    const { communityId, director } = company;
    const elsewhere = { ...company, communityId: await aCommunity(service, director), clerk: director };
    const input = { communityId, ...figure, validFrom: '2026-03-03T00:00:00Z' };
    await service.ok(director, setPolicy, { input });
    const here = await aHousehold(service, company);
    const there = await aHousehold(service, elsewhere);
    const asks = async (id: string) => (await look(service, director, id)).file.requiredKinds.map(({ code }) => code);
    expect(await asks(here.id)).not.toContain('PROPERTY_CERTIFICATE');
    await service.move({ set: new Date('2026-03-03T00:00:00Z') });
    expect(await asks(here.id)).toContain('PROPERTY_CERTIFICATE');
    expect(await asks(there.id)).not.toContain('PROPERTY_CERTIFICATE');
    const [event] = await service.events('steward.residents.policy.changed.v1');
    expect(event?.data).toMatchObject({ policy: 'household-file', key: 'dwelling', value });
    const list = 'query ($id: ID!) { residentsPolicies(communityId: $id) { key value defaultValue unit rule } }';
    const { residentsPolicies } = await service.ok<{ residentsPolicies: object[] }>(director, list, {
      id: communityId,
    });
    const row = { key: 'dwelling', value, defaultValue: ['RESIDENT_REGISTER'], unit: 'document kind', rule: 'B016' };
    expect(residentsPolicies).toContainEqual(row);
  });

  it('refuses what is no figure, no value of it or without a reason, and everybody but overseers', async () => {
    const { communityId, tenantId, director, clerk } = company;
    const refusalOf = async (wrong: object, viewer = director) =>
      (await service.refused(viewer, setPolicy, { input: { communityId, ...figure, ...wrong } })).extensions.reason;
    expect(await refusalOf({ key: 'nothing' })).toBe('POLICY_UNKNOWN');
    expect(await refusalOf({ value: 3 })).toBe('POLICY_VALUE');
    expect(await refusalOf({ reason: '' })).toBe('REASON_REQUIRED');
    expect(await refusalOf({}, clerk)).toBe('ACCESS_DENIED');
    expect(await refusalOf({}, aResidentViewer({ tenantId, communityIds: [communityId] }))).toBe('ACCESS_DENIED');
  });
});
