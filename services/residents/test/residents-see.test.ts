import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
  aHousehold,
  anOrganisation,
  change,
  look,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let neighbours: Entered;
let owner: Viewer;
let renter: Viewer;
let elsewhere: Viewer;

const person = (personId: string): Viewer =>
  aResidentViewer({ tenantId: company.tenantId, communityIds: [company.communityId], personId });

/** A flat whose owner lets it, and a neighbour's. */
beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  neighbours = await aHousehold(service, company);
  const let_ = await aHousehold(service, company);
  const input = { id: home.id, personId: let_.personId, role: 'RENTER', validFrom: '2024-01-01' };
  await service.ok(company.clerk, change('startHouseholdMembership'), { input });
  [owner, renter] = [person(home.personId), person(let_.personId)];
  elsewhere = aStaffViewer({ roles: ['clerk'], tenantId: company.tenantId, communityIds: [newId()] });
});
afterAll(() => service?.stop());

const personQuery = `query ($id: ID!) {
  person(id: $id) { nameMasked name phoneMasked phone identityNumberMasked }
}`;
const ask = (viewer: Viewer, query: string, id: string) =>
  service.ok<Record<string, object | null>>(viewer, query, { id });

describe('me', () => {
  const me = `{ me { actor locale departmentCodes roles { code label } communities { id }
    households { id } person { id name } staffMember { id } } }`;

  it('says who a resident is and where they belong', async () => {
    expect(await service.ok(owner, me)).toEqual({
      me: {
        actor: 'PERSON',
        locale: 'en',
        departmentCodes: [],
        roles: [{ code: 'resident', label: 'Resident' }],
        communities: [{ id: company.communityId }],
        households: [{ id: home.id }],
        person: { id: home.personId, name: '张伟' },
        staffMember: null,
      },
    });
  });

  it('says who a member of staff is', async () => {
    const { staffId: id } = company.director;
    expect(await service.ok(company.director, me)).toMatchObject({
      me: {
        actor: 'STAFF',
        roles: [{ label: 'Director' }],
        communities: [{}],
        households: [],
        person: null,
        staffMember: { id },
      },
    });
  });
});

describe('a person', () => {
  it('[B017] sees themselves in clear, those of the household masked and nobody else', async () => {
    expect((await ask(owner, personQuery, home.personId))['person']).toMatchObject({
      name: '张伟',
      phone: '13800110022',
    });
    const masked = { nameMasked: '张*', name: null, phoneMasked: '138****0022', phone: null };
    expect((await ask(renter, personQuery, home.personId))['person']).toMatchObject(masked);
    expect((await ask(owner, personQuery, neighbours.personId))['person']).toBeNull();
  });

  it('[B017] is seen by name by those who deal with residents, masked by other staff, not at all from elsewhere', async () => {
    const { tenantId, communityId } = company;
    const guard = aStaffViewer({ roles: ['guard'], tenantId, communityIds: [communityId] });
    expect((await ask(company.clerk, personQuery, home.personId))['person']).toMatchObject({
      name: '张伟',
      phone: null,
    });
    const masked = { nameMasked: '张*', name: null, phone: null, identityNumberMasked: null };
    expect((await ask(guard, personQuery, home.personId))['person']).toMatchObject(masked);
    for (const viewer of [elsewhere, aStaffViewer({ roles: ['director'], communityIds: 'all' })]) {
      expect((await ask(viewer, personQuery, home.personId))['person']).toBeNull();
    }
  });

  it('[B017] shows the history of a person to those who deal with residents alone', async () => {
    const query = 'query ($id: ID!) { person(id: $id) { history { nodes { action } } } }';
    const nodes = [{ action: 'registerHouseholds' }];
    expect(await ask(company.clerk, query, home.personId)).toEqual({ person: { history: { nodes } } });
    const refusal = await service.refused(renter, query, { id: home.personId });
    expect(refusal.extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('a household', () => {
  it('is seen by its members and the staff of the community', async () => {
    const query = 'query ($id: ID!) { household(id: $id) { id } }';
    const seen = async (viewer: Viewer): Promise<boolean> => (await ask(viewer, query, home.id))['household'] !== null;
    expect(await Promise.all([owner, renter, company.clerk].map(seen))).toEqual([true, true, true]);
    expect(await Promise.all([person(neighbours.personId), elsewhere].map(seen))).toEqual([false, false]);
  });

  it('shows a member who else belongs to it, and what they may do', async () => {
    const { memberships, availableActions } = await look(service, owner, home.id);
    expect(memberships.map(({ person: one, role }) => [role, one?.name])).toEqual([
      ['OWNER', '张伟'],
      ['RENTER', null],
    ]);
    expect(availableActions.every(({ allowed, refusal }) => !allowed && refusal?.reason === 'ACCESS_DENIED')).toBe(
      true,
    );
    const clerks = await look(service, company.clerk, home.id);
    expect(clerks.availableActions.every(({ allowed }) => allowed)).toBe(true);
  });

  it('leaves out of lists what the viewer may not see', async () => {
    const query = `query ($id: ID!) { place(id: $id) { unit { households { id } } } households { nodes { id } totalCount } }`;
    const listed = await ask(owner, query, neighbours.unitId);
    expect(listed).toEqual({
      place: { unit: { households: [] } },
      households: { nodes: [{ id: home.id }], totalCount: 1 },
    });
    const inCommunity = 'query ($id: ID!) { community(id: $id) { households { nodes { id } } } }';
    const community = { households: { nodes: [{ id: home.id }] } };
    expect(await ask(owner, inCommunity, company.communityId)).toEqual({ community });
    const denied = await service.refused(owner, '{ persons { totalCount } }');
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
  });
});

describe('what belongs to several communities', () => {
  it('is seen from each of them: a person, and an organisation with its contact', async () => {
    const communityId = await aCommunity(service, company.director);
    const clerk = aStaffViewer({ roles: ['clerk'], tenantId: company.tenantId, communityIds: [communityId] });
    const organisationId = await anOrganisation(service, company, { contactName: '赵敏' });
    const members = [
      { personId: home.personId, role: 'FAMILY' as const, validFrom: '2020-01-01' },
      { organisationId, role: 'AGENT' as const, validFrom: '2020-01-01' },
    ];
    const there = { ...company, communityId, clerk: company.director };
    const query = `query ($p: ID!, $o: ID!) {
      person(id: $p) { name community { id } households { id } } organisation(id: $o) { contactName households { id } } }`;
    const variables = { p: home.personId, o: organisationId };
    expect(await service.ok(clerk, query, variables)).toEqual({ person: null, organisation: null });
    const { id } = await aHousehold(service, there, { members });
    expect(await service.ok(clerk, query, variables)).toEqual({
      person: { name: '张伟', community: { id: company.communityId }, households: [{ id }] },
      organisation: { contactName: '赵敏', households: [{ id }] },
    });
  });
});

describe('what other services refer to', () => {
  const entities = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) {
      ... on Company { name } ... on Community { timeZone } ... on Place { kind } ... on Unit { usage }
      ... on Person { nameMasked } ... on Organisation { name } ... on Household { number }
    }
  }`;

  it('resolves by id what the viewer may see, and nothing else', async () => {
    const organisationId = await anOrganisation(service, company);
    const { tenantId, communityId } = company;
    const representations = [
      { __typename: 'Company', id: tenantId },
      { __typename: 'Community', id: communityId },
      { __typename: 'Place', id: home.unitId },
      { __typename: 'Unit', id: home.unitId },
      { __typename: 'Person', id: home.personId },
      { __typename: 'Organisation', id: organisationId },
      { __typename: 'Household', id: home.id },
    ];
    const answer = await service.ok<{ _entities: object[] }>(company.clerk, entities, { representations });
    expect(answer._entities).toMatchObject([
      { name: '安居物业' },
      { timeZone: 'Asia/Shanghai' },
      { kind: 'UNIT' },
      { usage: 'RESIDENTIAL' },
      { nameMasked: '张*' },
      { name: '全家便利店' },
      { number: expect.any(String) },
    ]);
    const foreigner = aStaffViewer({ roles: ['director'], communityIds: 'all' });
    const nothing = await service.ok<{ _entities: null[] }>(foreigner, entities, { representations });
    expect(nothing._entities).toEqual(Array(7).fill(null));
  });
});
