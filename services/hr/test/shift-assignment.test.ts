import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  aCentre,
  aCrew,
  act,
  aDraft,
  aNewcomer,
  aWorker,
  healthOf,
  notices,
  refusal,
  see,
  viewerOf,
  type Centre,
  type Crew,
} from './duty-fixture.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;
let crew: Crew;

beforeAll(async () => {
  service = await startHr();
  centre = await aCentre(service);
  crew = await aCrew(service, centre);
});
afterAll(() => service?.stop());

const roster = 'dutyRoster';
const submit = (id: string) => act(service, centre.clerk, 'submitDutyRoster', roster, { id });

it('[A332] reminds of a certificate 30 days before it expires, alarms when it has, and starts anew when renewed', async () => {
  const other = await aCentre(service);
  const staffId = await aNewcomer(service, other, 'GUARD');
  const now = (await service.now()).getTime();
  const dayIn = (days: number) => new Date(now + days * 86_400_000).toISOString().slice(0, 10);
  const licence = { ...healthOf(other, staffId, { expiresOn: dayIn(60) }), kindCode: 'FIRE_SAFETY' };
  const { id } = await act(service, other.director, 'registerCertificate', 'certificate', licence);
  const told = async () =>
    (await notices(service, other.communityId, id)).map(
      (one) => `${one.template} ${one.role ?? (one.staffId === staffId ? 'holder' : 'other')}`,
    );
  await service.move({ advance: 'P30D' });
  expect(await told()).toEqual([]);
  await service.move({ advance: 'P1D' });
  expect(await told()).toEqual(['deadlineWarned holder']);
  await act(service, other.director, 'renewCertificate', 'certificate', {
    id,
    upkeep: 'YEARLY_INSPECTION',
    expiresOn: dayIn(70),
  });
  await service.move({ advance: 'P32D' });
  expect((await told()).slice(1)).toEqual(['deadlineWarned holder']);
  await service.move({ advance: 'P8D' });
  expect((await told()).slice(2)).toEqual(['deadlineBreached administrativeSupervisor', 'deadlineBreached director']);
  const seen = await see(
    service,
    other.director,
    'certificate',
    id,
    'certificateNoMasked certificateNo upkeep deadlines { state }',
  );
  expect(seen).toEqual({
    certificateNoMasked: '********0001',
    certificateNo: 'JK-2026-0001',
    upkeep: 'YEARLY_INSPECTION',
    deadlines: [{ state: 'MET' }, { state: 'BREACHED' }],
  });
  const own = viewerOf(other, 'guard', staffId);
  expect(await see(service, own, 'certificate', id, 'certificateNo')).toEqual({ certificateNo: 'JK-2026-0001' });
  expect(await see(service, viewerOf(other, 'guard'), 'certificate', id, 'id')).toBeNull();
  const refuse = async (overrides: object) =>
    (await refusal(service, other.director, 'registerCertificate', 'certificate', { ...licence, ...overrides })).reason;
  expect(await refuse({ kindCode: 'NONE' })).toBe('CERTIFICATE_KIND_UNKNOWN');
  expect(await refuse({ expiresOn: '2025-01-01' })).toBe('RANGE_EMPTY');
  expect(await refuse({ certificateNo: ' ' })).toBe('TEXT_REQUIRED');
  expect(await refuse({ staffId: other.communityId })).toBe('STAFF_UNKNOWN');
  const early = { id, upkeep: 'RENEWAL', expiresOn: dayIn(70) };
  expect((await refusal(service, other.director, 'renewCertificate', 'certificate', early)).reason).toBe(
    'CERTIFICATE_NOT_PROLONGED',
  );
});

describe('who is put into a shift', () => {
  let id: string;
  beforeAll(async () => {
    const draft = {
      communityId: centre.communityId,
      kind: 'SERVICE_CENTRE',
      startsOn: '2026-08-03',
      endsOn: '2026-08-06',
    };
    ({ id } = await act(service, centre.clerk, 'draftDutyRoster', roster, draft));
  });
  const assign = (staffId: string | undefined, patternCode: string, on = '2026-08-03') => ({
    id,
    on,
    patternCode,
    staffId,
  });
  const refused = (input: object) => refusal(service, centre.clerk, 'assignDutyShift', roster, input);
  const put = (input: object) => act(service, centre.clerk, 'assignDutyShift', roster, input);

  it('[A020] [A021] a clerk at noon, a plumber or electrician at night', async () => {
    expect(await refused(assign(crew.workers[0], 'NOON'))).toMatchObject({ reason: 'SHIFT_ROLE_UNFIT', rule: 'A020' });
    expect(await refused(assign(crew.clerks[0], 'NIGHT'))).toMatchObject({ reason: 'SHIFT_ROLE_UNFIT', rule: 'A021' });
    const carpenter = await aWorker(service, centre, 'MAINTENANCE', { tradeCodes: ['CARPENTRY'] });
    expect(await refused(assign(carpenter, 'NIGHT'))).toMatchObject({ reason: 'SHIFT_TRADE_UNFIT', rule: 'A021' });
    await put(assign(crew.workers[1], 'NIGHT'));
    expect((await refused(assign(crew.workers[1], 'NIGHT'))).reason).toBe('SHIFT_OVERLAPS');
  });

  it('[B038] nobody without a valid health certificate or a passed induction', async () => {
    const staffId = await aNewcomer(service, centre, 'CLERK');
    expect(await refused(assign(staffId, 'NOON'))).toMatchObject({
      reason: 'INVALID_INPUT',
      violations: [
        { reason: 'CERTIFICATE_INVALID', rule: 'B038' },
        { reason: 'TRAINING_MISSING', rule: 'B038' },
      ],
    });
    const failed = { staffId, completedOn: '2026-02-01', isPassed: false };
    await act(service, centre.director, 'recordStaffInduction', 'inductionRecord', failed);
    const health = healthOf(centre, staffId, { expiresOn: '2026-08-03' });
    const { id: certificateId } = await act(service, centre.director, 'registerCertificate', 'certificate', health);
    expect(await refused(assign(staffId, 'NOON'))).toMatchObject({ reason: 'TRAINING_MISSING', rule: 'B038' });
    await act(service, centre.director, 'recordStaffInduction', 'inductionRecord', { ...failed, isPassed: true });
    await put(assign(staffId, 'NOON'));
    expect(await refused(assign(staffId, 'NOON', '2026-08-04'))).toMatchObject({
      reason: 'CERTIFICATE_INVALID',
      rule: 'B038',
    });
    const renewal = { id: certificateId, upkeep: 'RENEWAL', expiresOn: '2026-08-05' };
    await act(service, centre.director, 'renewCertificate', 'certificate', renewal);
    await put(assign(staffId, 'NOON', '2026-08-04'));
    const future = { staffId, completedOn: '2026-08-01', isPassed: true };
    expect((await refusal(service, centre.director, 'recordStaffInduction', 'inductionRecord', future)).reason).toBe(
      'IN_THE_FUTURE',
    );
  });

  it('[B038] a roster is not put in force once a certificate in it was revoked', async () => {
    const clerk = await aNewcomer(service, centre, 'CLERK');
    const { id: certificateId } = await act(
      service,
      centre.director,
      'registerCertificate',
      'certificate',
      healthOf(centre, clerk),
    );
    await act(service, centre.director, 'recordStaffInduction', 'inductionRecord', {
      staffId: clerk,
      completedOn: '2026-02-01',
      isPassed: true,
    });
    const draft = await aDraft(service, centre, { ...crew, clerks: [clerk] }, { startsOn: '2026-09-07', days: 1 });
    await submit(draft);
    await act(service, centre.director, 'revokeCertificate', 'certificate', {
      id: certificateId,
      reason: '体检不合格',
    });
    expect(await refusal(service, centre.supervisor, 'publishDutyRoster', roster, { id: draft })).toMatchObject({
      reason: 'INVALID_INPUT',
      violations: [
        { reason: 'CERTIFICATE_INVALID' },
        { reason: 'CERTIFICATE_INVALID' },
        { reason: 'CERTIFICATE_INVALID' },
      ],
    });
    const again = { id: certificateId, reason: '体检不合格' };
    expect((await refusal(service, centre.director, 'revokeCertificate', 'certificate', again)).reason).toBe(
      'CERTIFICATE_REVOKED',
    );
  });
});
