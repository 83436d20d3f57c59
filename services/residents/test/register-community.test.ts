import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aCommunity,
  aCompany,
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

const fields = 'id number version name address timeZone locale currency builtAreaM2 status';
const registerCommunity = mutation('registerCommunity', `community { ${fields} }`);

describe('registerCommunity', () => {
  it('[A201] enters a community with its total built area, zone, language and currency', async () => {
    const id = newId();
    const input = { id, code: 'JX', name: '锦绣花园', address: '锦绣路 1 号', builtAreaM2: '40000.50' };
    const answer = await service.ok<{ registerCommunity: object }>(company.director, registerCommunity, { input });
    const defaults = { timeZone: 'Asia/Shanghai', locale: 'zh-CN', currency: 'CNY' };
    expect(answer.registerCommunity).toEqual({
      community: {
        id,
        number: 'JX',
        version: 1,
        name: '锦绣花园',
        address: '锦绣路 1 号',
        ...defaults,
        builtAreaM2: '40000.50',
        status: 'ACTIVE',
      },
    });
    expect(await factsAfter(service, id, 0)).toEqual([
      [
        'community.registered.v1',
        { communityId: id, companyId: company.tenantId, code: 'JX', ...defaults, status: 'ACTIVE' },
      ],
    ]);
  });

  it('names all that is wrong at once', async () => {
    const input = {
      id: 'c5ef4d5e-7ab4-4a8e-8a9f-9a0e4b8a9a10',
      code: 'a b',
      name: ' ',
      address: '',
      timeZone: 'UTC+8',
      locale: 'de',
      currency: 'rmb',
      builtAreaM2: '0',
    };
    const { extensions } = await service.refused(company.director, registerCommunity, { input });
    expect(extensions).toMatchObject({ code: 'BAD_USER_INPUT', reason: 'INVALID_INPUT' });
    expect(extensions.violations.map(({ path, reason }) => [path, reason])).toEqual([
      ['input.id', 'ID_MALFORMED'],
      ['input.code', 'CODE_MALFORMED'],
      ['input.timeZone', 'TIME_ZONE_UNKNOWN'],
      ['input.currency', 'CURRENCY_MALFORMED'],
      ['input.locale', 'LOCALE_UNKNOWN'],
      ['input.name', 'TEXT_REQUIRED'],
      ['input.address', 'TEXT_REQUIRED'],
      ['input.builtAreaM2', 'AREA_NOT_POSITIVE'],
    ]);
  });

  it('refuses a code or an id that is taken, and any before the company is entered', async () => {
    const code = unique('C');
    const id = await aCommunity(service, company.director, { code });
    const refusalOf = (input: object, director = company.director) =>
      service.refused(director, registerCommunity, { input: { name: '翠湖苑', ...input } });
    const taken = await refusalOf({ code });
    expect(taken.extensions).toMatchObject({ code: 'CONFLICT', reason: 'COMMUNITY_CODE_TAKEN' });
    expect((await refusalOf({ code: unique('C'), id })).extensions.reason).toBe('ID_TAKEN');
    const early = await refusalOf({ code }, aStaffViewer({ roles: ['director'], communityIds: 'all' }));
    expect(early.extensions).toMatchObject({ code: 'CONFLICT', reason: 'COMPANY_UNKNOWN' });
  });

  it('answers a retry with the first result, and keeps the key for its input', async () => {
    const input = { code: unique('C'), name: '翠湖苑', idempotencyKey: newId() };
    const first = await service.ok(company.director, registerCommunity, { input });
    expect(await service.ok(company.director, registerCommunity, { input })).toEqual(first);
    const other = { input: { ...input, name: '和悦里' } };
    const refusal = await service.refused(company.director, registerCommunity, other);
    expect(refusal.extensions.reason).toBe('IDEMPOTENCY_KEY_REUSED');
  });
});
