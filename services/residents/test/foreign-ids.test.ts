import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { type TestService } from '@steward/test-kit';

import { aCompany, mutation, startResidents, unique, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;
let stranger: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  stranger = await aCompany(service);
});
afterAll(() => service?.stop());

type Enter = { name: string; selection: string; input(of: Company, id: string): object };

const entries: Enter[] = [
  {
    name: 'registerOrganisation',
    selection: 'organisation { id }',
    input: ({ communityId }, id) => ({ communityId, id, kind: 'MERCHANT', name: '全家便利店' }),
  },
  {
    name: 'registerCommunity',
    selection: 'community { id }',
    input: (_company, id) => ({ id, code: unique('C'), name: '锦绣花园' }),
  },
  {
    name: 'registerPlaces',
    selection: 'results { isNew }',
    input: ({ communityId }, id) => ({ communityId, rows: [{ id, kind: 'BUILDING', code: unique('B') }] }),
  },
];

describe('an id that the client gives and another company has', () => {
  it.each(entries)('is taken for $name, as one of the own company is', async ({ name, selection, input }) => {
    const id = newId();
    const enter = mutation(name, selection);
    await service.ok(stranger.director, enter, { input: input(stranger, id) });
    const { message, extensions } = await service.refused(company.director, enter, { input: input(company, id) });
    expect(extensions).toMatchObject({ code: 'CONFLICT', reason: 'ID_TAKEN' });
    expect(message).toBe('This id belongs to something else already.');
  });
});
