import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { acting, residentOf, staffOf } from './procedure-fixture.ts';
import { aCompany, aHousehold, factsAfter, mutation, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
});
afterAll(() => service?.stop());

type List = { id: string; entries: { id: string; party: string; nameMasked: string; phoneMasked: string }[] };
const lists = () => acting(service, 'contactList', 'id entries { id party duty nameMasked phoneMasked }');
const add = (party: string, more: object = {}) =>
  lists().act<List>(company.clerk, 'addContactEntry', {
    communityId: company.communityId,
    party,
    duty: '门窗安装',
    name: '李建国',
    phone: '138 0000 1111',
    ...more,
  });

describe('the contact list', () => {
  it('[B020] keeps the four parties, masked, by whoever belongs to the desk', async () => {
    company = await aCompany(service);
    for (const party of ['CONTRACTOR', 'DEVELOPER', 'MERCHANT']) await add(party);
    const { id, entries } = await add('PROPERTY');
    expect(entries).toHaveLength(4);
    expect(entries[0]).toMatchObject({ nameMasked: '李**', phoneMasked: '138****1111', duty: '门窗安装' });
    const { refusal } = lists();
    const entryId = entries.find(({ party }) => party === 'MERCHANT')?.id;
    const wrong = await refusal(company.clerk, 'changeContactEntry', { id, entryId, name: ' ', phone: 'x' });
    expect(wrong.violations.map(({ reason, rule }) => [reason, rule])).toEqual([
      ['TEXT_REQUIRED', 'B020'],
      ['PHONE_MALFORMED', 'B020'],
    ]);
    const changed = await lists().act<List>(company.clerk, 'changeContactEntry', { id, entryId, phone: '13911112222' });
    expect(changed.entries.find((one) => one.id === entryId)?.phoneMasked).toBe('139****2222');
    const left = await lists().act<List>(company.clerk, 'removeContactEntry', { id, entryId });
    expect(left.entries.map(({ party }) => party)).toEqual(['CONTRACTOR', 'DEVELOPER', 'PROPERTY']);
    expect((await refusal(company.clerk, 'removeContactEntry', { id, entryId })).reason).toBe('CONTACT_UNKNOWN');
    expect((await refusal(staffOf(company, 'guard'), 'removeContactEntry', { id, entryId })).reason).toBe(
      'ACCESS_DENIED',
    );
    const facts = await factsAfter(service, id, 0);
    expect(JSON.stringify(facts)).not.toMatch(/李|1380000|1391111|13[89]\*/);
    expect(facts.at(-1)).toMatchObject(['contact-list.changed.v1', { party: 'MERCHANT', change: 'REMOVED' }]);
    const owner = residentOf(company, await aHousehold(service, company));
    const asked = 'query ($id: ID!) { contactList(communityId: $id) { id } }';
    const denied = await service.refused(owner, asked, { id: company.communityId });
    expect(denied.extensions.reason).toBe('ACCESS_DENIED');
  });

  it('[B017] shows a name and phone in clear for a reason, which is kept with who read it', async () => {
    company = await aCompany(service);
    const { id, entries } = await add('CONTRACTOR');
    const guard = staffOf(company, 'guard');
    const reveal = mutation('revealContactEntry', 'name phone');
    const input = { id, entryId: entries[0]?.id, reason: '夜间漏水,联系施工方' };
    expect(await service.ok(guard, reveal, { input })).toEqual({
      revealContactEntry: { name: '李建国', phone: '13800001111' },
    });
    const none = await service.refused(guard, reveal, { input: { ...input, reason: ' ' } });
    expect(none.extensions.reason).toBe('REASON_REQUIRED');
    const logged = await service.sql<{ actor_id: string; fields: string[]; reason: string }>(
      'select actor_id, fields, reason from reveal_log where aggregate_id = $1',
      [id],
    );
    expect(logged).toMatchObject([{ actor_id: guard.staffId, fields: ['name', 'phone'] }]);
    expect(logged[0]?.reason).not.toContain('漏水');
  });

  it('[B020] reports what changed by week and by month', async () => {
    company = await aCompany(service);
    const now = await service.now();
    expect(now.toISOString()).toBe('2026-03-02T01:00:00.000Z');
    const { id, entries } = await add('CONTRACTOR');
    await add('MERCHANT');
    await lists().act(company.clerk, 'changeContactEntry', { id, entryId: entries[0]?.id, duty: '水电安装' });
    await service.move({ set: new Date('2026-03-08T16:00:00.000Z') });
    await lists().act(company.clerk, 'removeContactEntry', { id, entryId: entries[0]?.id });
    await service.move({ set: new Date('2026-03-31T16:00:00.000Z') });
    const asked = `query ($id: ID!) { contactList(communityId: $id) {
      reports { period startsOn addedCount changedCount removedCount } } }`;
    type Reports = { contactList: { reports: { period: string }[] } };
    const { reports } = (await service.ok<Reports>(company.clerk, asked, { id: company.communityId })).contactList;
    const report = (period: string, startsOn: string, counts: [number, number, number]) => {
      const [addedCount, changedCount, removedCount] = counts;
      return { period, startsOn, addedCount, changedCount, removedCount };
    };
    expect(reports.filter(({ period }) => period === 'MONTH')).toEqual([report('MONTH', '2026-03-01', [2, 1, 1])]);
    expect(reports.filter(({ period }) => period === 'WEEK')).toEqual([
      report('WEEK', '2026-03-23', [0, 0, 0]),
      report('WEEK', '2026-03-16', [0, 0, 0]),
      report('WEEK', '2026-03-09', [0, 0, 1]),
      report('WEEK', '2026-03-02', [2, 1, 0]),
    ]);
    const told = await service.sql<{ role: string }>(
      `select role from notification where aggregate_id = $1 and template = 'contactListReported'`,
      [id],
    );
    expect(told).toHaveLength(5);
  });
});
