import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import { aFile, reasonsOf, residentOf, toldOf } from './passes-fixture.ts';
import {
  aCompany,
  aHousehold,
  factsAfter,
  mutation,
  startResidents,
  type Company,
  type Entered,
} from './residents-fixture.ts';

let service: TestService;
let company: Company;
let home: Entered;
let owner: Viewer;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
  home = await aHousehold(service, company);
  owner = residentOf(company, home.personId);
});
afterAll(() => service?.stop());

const fields = `id number status kind description person { id } documents { kind { code label } scan { name } }
  missingKinds { code } certificateNumber validTo remindedAt reason { code } deadlines { kind rule state dueAt }
  availableActions { action allowed }`;
type Registration = {
  id: string;
  status: string;
  missingKinds: { code: string }[];
  remindedAt: string | null;
  deadlines: { state: string }[];
};

const shown = (name: string): string => mutation(name, `residentRegistration { ${fields} }`);
const run = async (viewer: Viewer, name: string, input: object): Promise<Registration> => {
  const answer = await service.ok<Record<string, { residentRegistration: Registration }>>(viewer, shown(name), {
    input,
  });
  return (answer[name] as { residentRegistration: Registration }).residentRegistration;
};
const refused = async (viewer: Viewer, name: string, input: object) =>
  (await service.refused(viewer, shown(name), { input })).extensions;
const lookAt = async (viewer: Viewer, id: string): Promise<Registration | null> => {
  const document = `query ($id: ID!) { residentRegistration(id: $id) { ${fields} } }`;
  return (await service.ok<{ residentRegistration: Registration | null }>(viewer, document, { id }))
    .residentRegistration;
};

const open = (viewer: Viewer, input: object = {}) =>
  run(viewer, 'openResidentRegistration', { householdId: home.id, kind: 'DOG', description: '金毛，豆豆', ...input });
const file = (id: string, kindCode: string) => run(company.clerk, 'fileRegistrationDocument', { id, kindCode });

async function submitted(kind = 'ENCRYPTED_TV'): Promise<string> {
  const { id } = await open(company.clerk, { kind });
  for (const { code } of (await lookAt(company.clerk, id))?.missingKinds ?? []) await file(id, code);
  await run(company.clerk, 'submitResidentRegistration', { id });
  return id;
}

describe('a registration', () => {
  it('[A224] of a dog needs all its papers, names every missing one, and is granted', async () => {
    const { id } = await open(owner);
    expect(await lookAt(owner, id)).toMatchObject({
      status: 'OPEN',
      description: '金毛，豆豆',
      missingKinds: [{ code: 'IDENTITY_CARD' }, { code: 'DOG_VACCINATION' }, { code: 'DOG_PHOTO' }],
      // Five working days from a Monday.
      deadlines: [{ kind: 'REGISTRATION', rule: 'A224', state: 'RUNNING', dueAt: '2026-03-09T16:00:00.000Z' }],
    });
    const fileId = await aFile(service, owner, company, 'PAPER');
    const scanned = await run(owner, 'fileRegistrationDocument', { id, kindCode: 'IDENTITY_CARD', fileId });
    expect(scanned).toMatchObject({ documents: [{ kind: { label: 'Identity card' }, scan: { name: 'a.pdf' } }] });
    const all = await refused(company.clerk, 'submitResidentRegistration', { id });
    expect(reasonsOf(all)).toEqual(['REGISTRATION_PAPER_MISSING A224', 'REGISTRATION_PAPER_MISSING A224']);
    await file(id, 'DOG_VACCINATION');
    await file(id, 'DOG_PHOTO');
    const sent = await run(company.clerk, 'submitResidentRegistration', { id });
    expect(sent).toMatchObject({ status: 'SUBMITTED', missingKinds: [], deadlines: [{ state: 'MET' }] });
    const past = await refused(company.clerk, 'grantResidentRegistration', { id, validTo: '2026-03-02' });
    expect(past).toMatchObject({ reason: 'RANGE_EMPTY', rule: 'A224' });
    const terms = { id, certificateNumber: '粤犬0001', validTo: '2027-03-02' };
    expect(await run(company.clerk, 'grantResidentRegistration', terms)).toMatchObject({
      status: 'GRANTED',
      certificateNumber: '粤犬0001',
      validTo: '2027-03-02',
    });
    expect(await toldOf(service, id)).toMatchObject([{ template: 'registrationGranted', householdId: home.id }]);
    const events = JSON.stringify(await service.events());
    expect([events.includes('粤犬0001'), events.includes('豆豆')]).toEqual([false, false]);
  });

  it('[A224] reminds the household before its certificate ends, and ends', async () => {
    const id = await submitted();
    const today = (await service.now()).getTime();
    const day = 24 * 3_600_000;
    const validTo = new Date(today + 40 * day).toISOString().slice(0, 10);
    await run(company.clerk, 'grantResidentRegistration', { id, validTo });
    // Midnight in Shanghai is 16:00 of the day before.
    const endsAt = Date.parse(`${validTo}T00:00:00+08:00`);
    await service.move({ set: new Date(endsAt - 30 * day - 1) });
    expect((await lookAt(owner, id))?.remindedAt).toBeNull();
    await service.move({ set: new Date(endsAt - 30 * day) });
    expect((await lookAt(owner, id))?.remindedAt).not.toBeNull();
    expect((await toldOf(service, id)).at(-1)).toMatchObject({ template: 'registrationEnds', params: { validTo } });
    await service.move({ set: new Date(endsAt) });
    expect((await lookAt(owner, id))?.status).toBe('EXPIRED');
    const facts = (await factsAfter(service, id, 0)).map(([type]) => type.split('.')[1]);
    expect(facts.slice(-3)).toEqual(['granted', 'reminded', 'expired']);
  });

  it('[A224] is refused by whoever decides, or withdrawn by the household', async () => {
    const id = await submitted('TEMPORARY_RESIDENCE');
    const bad = await refused(company.clerk, 'refuseResidentRegistration', { id, reasonCode: '不行' });
    expect(bad).toMatchObject({ reason: 'REASON_CODE_MALFORMED', rule: 'A224' });
    const no = await run(company.clerk, 'refuseResidentRegistration', { id, reasonCode: 'PAPERS_NOT_GENUINE' });
    expect(no).toMatchObject({ status: 'REFUSED', reason: { code: 'PAPERS_NOT_GENUINE' } });
    const again = await refused(owner, 'withdrawResidentRegistration', { id, reasonCode: 'MOVED_AWAY' });
    expect(again).toMatchObject({ reason: 'ILLEGAL_TRANSITION', rule: 'A224' });
    const { id: other } = await open(owner, { kind: 'PHONE_INSTALLATION' });
    const gone = await run(owner, 'withdrawResidentRegistration', { id: other, reasonCode: 'MOVED_AWAY' });
    expect(gone).toMatchObject({ status: 'WITHDRAWN', deadlines: [{ state: 'CANCELLED' }] });
  });

  it('[A224] is for a member of the household, with papers that are known', async () => {
    const stranger = (await aHousehold(service, company)).personId;
    const input = { householdId: home.id, kind: 'PAPERS' };
    expect(await refused(company.clerk, 'openResidentRegistration', { ...input, personId: stranger })).toMatchObject({
      reason: 'PERSON_UNKNOWN',
      rule: 'A224',
    });
    const { id } = await open(company.clerk, { ...input, personId: home.personId });
    const wrong = { id, kindCode: 'LOVE_LETTER', receivedAt: '2030-01-01T00:00:00Z' };
    expect(reasonsOf(await refused(company.clerk, 'fileRegistrationDocument', wrong))).toEqual([
      'DOCUMENT_KIND_UNKNOWN A224',
      'IN_THE_FUTURE A224',
    ]);
    expect(await lookAt(residentOf(company, stranger), id)).toBeNull();
  });
});
