import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, type TestService } from '@steward/test-kit';

import { aCompany, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const fields = 'id number kind name creditCode contactNameMasked contactName contactPhoneMasked contactPhone';
const registerOrganisation = mutation('registerOrganisation', `organisation { ${fields} }`);
const input = (overrides: object = {}) => ({
  input: { communityId: company.communityId, kind: 'MERCHANT', name: '全家便利店', ...overrides },
});

describe('registerOrganisation', () => {
  it('enters an organisation with a sealed contact', async () => {
    const id = newId();
    const contact = { contactName: '赵敏', contactPhone: '021-6100 0001' };
    const variables = input({ id, creditCode: '91310000MA1K', ...contact });
    expect(await service.ok(company.clerk, registerOrganisation, variables)).toEqual({
      registerOrganisation: {
        organisation: {
          id,
          number: 'DW-20260302-0001',
          kind: 'MERCHANT',
          name: '全家便利店',
          creditCode: '91310000MA1K',
          contactNameMasked: '赵*',
          contactName: '赵敏',
          contactPhoneMasked: '021****0001',
          contactPhone: '02161000001',
        },
      },
    });
    const [row] = await service.sql('select * from organisation where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/赵敏|61000001/);
    expect(await factsAfter(service, id, 0)).toEqual([
      ['organisation.registered.v1', { organisationId: id, communityId: company.communityId, kind: 'MERCHANT' }],
    ]);
  });

  it.each([
    ['TEXT_REQUIRED', { name: ' ' }],
    ['TEXT_REQUIRED', { creditCode: '' }],
    ['TEXT_REQUIRED', { contactName: ' ' }],
    ['PHONE_MALFORMED', { contactPhone: 'x' }],
    ['ID_MALFORMED', { id: 'x' }],
  ])('refuses with %s: %p', async (reason, wrong) => {
    const refusal = await service.refused(company.clerk, registerOrganisation, input(wrong));
    expect(refusal.extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses a credit code or an id that is known, and a community that is not', async () => {
    const id = newId();
    await service.ok(company.clerk, registerOrganisation, input({ id, creditCode: '9131' }));
    const refusalOf = async (wrong: object, viewer = company.clerk) =>
      (await service.refused(viewer, registerOrganisation, input(wrong))).extensions.reason;
    expect(await refusalOf({ creditCode: ' 9131 ' })).toBe('ORGANISATION_KNOWN');
    expect(await refusalOf({ id })).toBe('ID_TAKEN');
    expect(await refusalOf({ communityId: newId() }, company.director)).toBe('COMMUNITY_UNKNOWN');
    expect(await refusalOf({}, aResidentViewer({ tenantId: company.tenantId }))).toBe('ACCESS_DENIED');
  });
});
