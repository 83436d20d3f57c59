import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type TestService } from '@steward/test-kit';

import {
  aColleague,
  aComplaint,
  anEstate,
  aReport,
  clocksOf,
  factsOf,
  refusal,
  see,
  someone,
  startComplaints,
  toldBy,
  type Estate,
  type Overrides,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const refused = (overrides: Overrides, viewer = estate.clerk, locale?: 'zh-CN' | 'en') =>
  refusal(service, viewer, 'registerComplaint', aReport(estate, overrides), locale);

describe('registerComplaint', () => {
  it('[A033] [A090] keeps every field of the record, sealed where it is personal', async () => {
    const respondentId = estate.plumber.staffId ?? '';
    const happened = '2026-03-01T15:30:00.000Z';
    const id = await aComplaint(service, estate, {
      respondentId,
      occurredAt: happened,
      departmentCodes: ['ENVIRONMENT'],
    });
    const selection = `number status receivedAt occurredAt departmentCode departmentCodes summary course demand
      contactName contactNameMasked contactPhone contactPhoneMasked
      place { id } unit { id } household { id } respondent { id } channel { code label } category { code label }`;
    const seen = await see<Record<string, unknown>>(service, estate.clerk, id, selection);
    expect(seen).toEqual({
      number: expect.stringMatching(/^TS-20260302-\d{4}$/),
      status: 'RECEIVED',
      receivedAt: '2026-03-02T01:00:00.000Z',
      occurredAt: happened,
      departmentCode: 'SECURITY',
      departmentCodes: ['SECURITY', 'ENVIRONMENT'],
      summary: '楼上夜间噪音扰民',
      course: '连续三晚十一点后仍有敲击声',
      demand: '请制止并告知结果',
      contactName: null,
      contactNameMasked: '张**',
      contactPhone: null,
      contactPhoneMasked: '138****5678',
      place: { id: estate.unitId },
      unit: { id: estate.unitId },
      household: { id: estate.householdId },
      respondent: { id: respondentId },
      channel: { code: 'PHONE', label: 'Phone' },
      category: { code: 'NOISE', label: 'Noise' },
    });
    const own = await see(service, estate.resident, id, 'contactName contactPhone');
    expect(own).toEqual({ contactName: '张建国', contactPhone: '13812345678' });
    const [row] = await service.sql('select * from complaint where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/张建国|13812345678|噪音|敲击|制止/);
    expect(JSON.stringify(await factsOf(service, id))).not.toMatch(/张|1381234|138\*|噪音|敲击/);
  });

  it('[A033] [A090] names everything that is missing at once, in the language asked for', async () => {
    const nothing = { contactName: '', summary: ' ', course: null, demand: '', placeId: null };
    const { code, reason, message, violations } = await refused(nothing);
    expect([code, reason, message]).toEqual(['BAD_USER_INPUT', 'INVALID_INPUT', '5 things are wrong with the input.']);
    expect(
      Object.fromEntries(violations.map((violation) => [violation.path, [violation.reason, violation.rule]])),
    ).toEqual({
      'input.contactName': ['CONTACT_NAME_REQUIRED', 'A033'],
      'input.summary': ['SUMMARY_REQUIRED', 'A033'],
      'input.course': ['COURSE_REQUIRED', 'A090'],
      'input.demand': ['DEMAND_REQUIRED', 'A090'],
      'input.placeId': ['PLACE_REQUIRED', 'A090'],
    });
    expect((await refused({ demand: '' }, estate.clerk, 'zh-CN')).message).toBe('请填写住户的要求。');
  });

  it('[A032] [A206] takes word by every channel into one register and the same process', async () => {
    const channels = ['LETTER', 'PHONE', 'FAX', 'VISIT', 'WEB'];
    const numbers: number[] = [];
    for (const channelCode of channels) {
      const id = await aComplaint(service, estate, { channelCode });
      const seen = await see<{ number: string; status: string }>(service, estate.clerk, id, 'number status');
      expect(seen.status).toBe('RECEIVED');
      expect(Object.keys(await clocksOf(service, estate.clerk, id))).toEqual(['SOLUTION']);
      numbers.push(Number(seen.number.slice(-4)));
    }
    const [first = 0] = numbers;
    expect(numbers).toEqual(channels.map((_channel, index) => first + index));
  });

  it('[A206] takes suggestions and requests as well', async () => {
    const id = await aComplaint(service, estate, { nature: 'SUGGESTION' });
    expect(await see(service, estate.clerk, id, 'nature')).toEqual({ nature: 'SUGGESTION' });
  });

  it('[A094] [A095] puts a serious effect under major, and the director is told at once', async () => {
    const id = await aComplaint(service, estate, { effects: ['SAFETY'] });
    expect(await see(service, estate.clerk, id, 'grade dueAt')).toEqual({
      grade: 'MAJOR',
      dueAt: '2026-03-12T16:00:00.000Z',
    });
    const clocks = await clocksOf(service, estate.clerk, id);
    expect(Object.fromEntries(Object.entries(clocks).map(([kind, { dueAt }]) => [kind, dueAt]))).toEqual({
      DIRECTOR_REFERRAL: '2026-03-02T16:00:00.000Z',
      ANSWER: '2026-03-04T16:00:00.000Z',
      SOLUTION: '2026-03-12T16:00:00.000Z',
    });
    expect(await toldBy(service, id, 'complaintMajor')).toEqual([['director', null]]);
    expect(await toldBy(service, id, 'complaintReceived')).toEqual([['supervisor', 'SECURITY']]);
  });

  it('[A096] puts a fault of service under important: to the supervisor within the hour', async () => {
    const id = await aComplaint(service, estate, { categoryCode: 'SERVICE_ATTITUDE' });
    expect(await see(service, estate.clerk, id, 'grade')).toEqual({ grade: 'IMPORTANT' });
    expect(await clocksOf(service, estate.clerk, id)).toMatchObject({
      SUPERVISOR_REFERRAL: { dueAt: '2026-03-02T02:00:00.000Z', rule: 'A096' },
      SOLUTION: { dueAt: '2026-03-05T16:00:00.000Z', rule: 'A096' },
    });
    expect(await toldBy(service, id, 'complaintReceived')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
  });

  it('[A097] a minor one is due in two days, or by the resident’s own date', async () => {
    const two = await clocksOf(service, estate.clerk, await aComplaint(service, estate));
    expect(two['SOLUTION']).toMatchObject({ dueAt: '2026-03-04T16:00:00.000Z', rule: 'A097' });
    const wantedUntil = '2026-03-03T04:00:00.000Z';
    const own = await aComplaint(service, estate, { wantedUntil });
    expect((await clocksOf(service, estate.clerk, own))['SOLUTION']).toMatchObject({ dueAt: wantedUntil });
    expect(await refused({ wantedUntil: '2026-03-02T00:59:59.000Z' })).toMatchObject({ reason: 'IN_THE_PAST' });
  });

  it('[A095] refuses a grade below what the effects make of it', async () => {
    expect(await refused({ effects: ['COMPANY_IMAGE'], grade: 'IMPORTANT' })).toMatchObject({
      reason: 'GRADE_TOO_LOW',
      rule: 'A095',
      message: 'Its effects make the grade at least MAJOR.',
    });
  });

  it('[A032] letters and night sheets are entered up to three days later; the clocks run from the reception', async () => {
    const receivedAt = '2026-02-27T01:00:00.000Z';
    const id = await aComplaint(service, estate, { receivedAt });
    const { SOLUTION } = await clocksOf(service, estate.clerk, id);
    expect(SOLUTION).toMatchObject({ startedAt: receivedAt, dueAt: '2026-03-01T16:00:00.000Z' });
    expect(await refused({ receivedAt: '2026-02-27T00:59:59.000Z' })).toMatchObject({ reason: 'TOO_FAR_BACK' });
  });

  it.each<[Overrides, string]>([
    [{ placeId: newId() }, 'PLACE_UNKNOWN'],
    [{ channelCode: 'PIGEON' }, 'CHANNEL_UNKNOWN'],
    [{ categoryCode: 'MAGIC' }, 'CATEGORY_UNKNOWN'],
    [{ contactPhone: '12' }, 'PHONE_MALFORMED'],
    [{ departmentCodes: ['MAGIC'] }, 'DEPARTMENT_UNKNOWN'],
    [{ householdId: newId() }, 'HOUSEHOLD_UNKNOWN'],
    [{ respondentId: newId() }, 'STAFF_UNKNOWN'],
    [{ summary: '长'.repeat(201) }, 'TEXT_TOO_LONG'],
    [{ receivedAt: '2026-03-02T01:00:01.000Z' }, 'IN_THE_FUTURE'],
    [{ occurredAt: '2026-03-02T01:00:01.000Z' }, 'IN_THE_FUTURE'],
    [{ receivedAt: '2026-03-01T01:00:00.000Z', occurredAt: '2026-03-01T02:00:00.000Z' }, 'OUT_OF_ORDER'],
    [{ source: { system: 'NYC311', key: '1' } }, 'SOURCE_NOT_ALLOWED'],
    [{ photoFileIds: [newId()] }, 'FILE_NOT_UPLOADED'],
  ])('refuses %j with %s', async (overrides, reason) => {
    expect(await refused(overrides)).toMatchObject({ code: 'BAD_USER_INPUT', reason });
  });

  it('refuses somebody of another community as the person complained of', async () => {
    const elsewhere = await aColleague(
      service,
      { tenantId: estate.tenantId, communityId: newId() },
      'guard',
      'SECURITY',
    );
    await service.settle();
    expect(await refused({ respondentId: elsewhere.staffId ?? '' })).toMatchObject({
      reason: 'STAFF_NOT_OF_COMMUNITY',
    });
  });

  it('[A032] takes another agency’s request once, with its source in place of the record', async () => {
    const nobody = { contactName: null, contactPhone: null, course: null, demand: null };
    const agency = { ...nobody, channelCode: 'EXTERNAL_AGENCY', source: { system: 'NYC311', key: newId() } };
    const id = await aComplaint(service, estate, agency);
    expect(await see(service, estate.clerk, id, 'contactNameMasked source { system }')).toEqual({
      contactNameMasked: null,
      source: { system: 'NYC311' },
    });
    expect(await refused(agency)).toMatchObject({ reason: 'SOURCE_KNOWN' });
    expect(await refused({ ...agency, source: null })).toMatchObject({ reason: 'SOURCE_REQUIRED' });
  });

  it('lets residents complain for themselves, and for nobody else', async () => {
    const app = { channelCode: 'APP', placeId: estate.lobbyId };
    const id = await aComplaint(service, estate, app, estate.resident);
    expect(await see(service, estate.resident, id, 'household { id } complainant { id }')).toEqual({
      household: { id: estate.householdId },
      complainant: { id: estate.resident.personId },
    });
    const { tenantId, communityId, householdId } = estate;
    const neighbour = aResidentViewer({ tenantId, communityIds: [communityId] });
    const about = await aComplaint(service, estate, { channelCode: 'APP' }, neighbour);
    // About a neighbour's flat, and still not the neighbour's complaint.
    expect(await see(service, neighbour, about, 'unit { id } household { id }')).toEqual({
      unit: { id: estate.unitId },
      household: null,
    });
    expect(await refused({ ...app, householdId }, neighbour)).toMatchObject({ code: 'NOT_FOUND' });
    const stranger = aResidentViewer({ tenantId, communityIds: [newId()] });
    expect(await refused(app, stranger)).toMatchObject({ code: 'NOT_FOUND' });
  });

  it('[A032] residents write in the app, and say neither grade nor time', async () => {
    const id = await aComplaint(service, estate, { channelCode: 'PHONE' }, estate.resident);
    expect(await see(service, estate.resident, id, 'channel { code }')).toEqual({ channel: { code: 'APP' } });
    const said = { grade: 'MAJOR' as const, receivedAt: '2026-03-01T01:00:00.000Z' };
    const { violations } = await refused(said, estate.resident);
    expect(violations.map(({ path, reason }) => [path, reason])).toEqual([
      ['input.grade', 'NOT_FOR_RESIDENTS'],
      ['input.receivedAt', 'NOT_FOR_RESIDENTS'],
    ]);
  });

  it('knows no community of another company, and no desk of another community', async () => {
    const foreign = aStaffViewer({ roles: ['clerk'], communityIds: [estate.communityId] });
    expect(await refused({}, foreign)).toMatchObject({ reason: 'COMMUNITY_UNKNOWN' });
    const elsewhere = aStaffViewer({ roles: ['clerk'], tenantId: estate.tenantId, communityIds: [newId()] });
    expect(await refused({}, elsewhere)).toMatchObject({ code: 'NOT_FOUND' });
    expect(await refused({}, someone(estate, 'cashier'))).toMatchObject({ code: 'FORBIDDEN' });
  });

  it('answers a repeated key with the first complaint, and refuses it for another', async () => {
    const idempotencyKey = newId();
    const first = await aComplaint(service, estate, { idempotencyKey });
    expect(await aComplaint(service, estate, { idempotencyKey })).toBe(first);
    expect(await refused({ idempotencyKey, categoryCode: 'PARKING' })).toMatchObject({
      code: 'CONFLICT',
      reason: 'IDEMPOTENCY_KEY_REUSED',
    });
  });
});
