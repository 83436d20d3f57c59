import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  act,
  anEstate,
  approved,
  aVenue,
  planned,
  prepared,
  refusals,
  registered,
  run,
  see,
  startCommunityEvents,
  told,
  type Estate,
} from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
});
afterAll(() => service?.stop());

const fresh = async (): Promise<Estate> => (estate = await anEstate(service));

describe('an activity from plan to archive', () => {
  it('[A107] ends in the archive with notes, photos and film, within seven days', async () => {
    await fresh();
    const today = await service.now();
    const day = new Date(today.getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const id = await approved(service, estate, { startsAt: `${day}T02:00:00.000Z`, endsAt: `${day}T04:00:00.000Z` });
    const { id: registrationId } = await registered(service, estate.resident, id, 2);
    await prepared(service, estate, id);
    await service.move({ set: new Date(`${day}T02:00:00.000Z`) });
    expect(await told(service, registrationId)).toEqual(['activityRegistered', 'activityReminder']);
    await act(service, estate.clerk, 'startActivity', { id });
    const checkIn = { activityId: id, registrationIds: [registrationId, newId()] };
    const answer = await run<{ results: { refusal: { reason: string } | null }[] }>(
      service,
      estate.guard,
      'checkInActivityParticipants',
      checkIn,
      'results { refusal { reason } activityRegistration { status } }',
    );
    expect(answer.results).toEqual([
      { refusal: null, activityRegistration: { status: 'CHECKED_IN' } },
      { refusal: { reason: 'REGISTRATION_UNKNOWN' }, activityRegistration: null },
    ]);
    const { prizes } = (await see<{ prizes: { id: string }[] }>(service, estate.clerk, id, 'prizes { id }')) ?? {
      prizes: [],
    };
    const award = { id, prizeId: prizes[0]?.id, registrationId };
    await act(service, estate.clerk, 'awardActivityPrize', award);
    expect(await refusals(service, estate.clerk, 'awardActivityPrize', award)).toEqual(['PRIZES_GIVEN_OUT A105']);
    await act(service, estate.clerk, 'recordActivityCost', { id, purpose: '奖品', amount: 25000 });
    await act(service, estate.clerk, 'recordActivityCost', { id, purpose: '奖品多记冲回', amount: -5000 });
    await act(service, estate.clerk, 'finishActivity', { id, guestCount: 3 });
    expect(await see(service, estate.clerk, id, 'attendanceCount actualCost { amount } status')).toEqual({
      attendanceCount: 5,
      actualCost: { amount: 20000 },
      status: 'HELD',
    });
    await act(service, estate.clerk, 'addActivityRecords', { id, notes: ['到场六十余人'] });
    expect(await refusals(service, estate.clerk, 'archiveActivity', { id })).toEqual([
      'records RECORD_MISSING A107',
      'records RECORD_MISSING A107',
    ]);
    const photo = await uploaded('PHOTO', 'image/jpeg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]));
    await act(service, estate.clerk, 'addActivityRecords', { id, photoFileIds: [photo] });
    expect(await refusals(service, estate.clerk, 'archiveActivity', { id })).toEqual(['records RECORD_MISSING A107']);
    const film = Buffer.concat([Buffer.from([0, 0, 0, 24]), Buffer.from('ftypisom'), Buffer.alloc(12)]);
    await act(service, estate.clerk, 'addActivityRecords', {
      id,
      videoFileIds: [await uploaded('VIDEO', 'video/mp4', film)],
    });
    expect((await act(service, estate.clerk, 'archiveActivity', { id })).status).toBe('ARCHIVED');
    const found = await see<{ deadlines: { kind: string; dueAt: string; state: string }[] }>(
      service,
      estate.clerk,
      id,
      'deadlines { kind dueAt state }',
    );
    const ends = new Date(new Date(`${day}T00:00:00.000Z`).getTime() + 7 * 86_400_000).toISOString().slice(0, 10);
    // 24:00 of the seventh day in Shanghai.
    expect(found?.deadlines.at(-1)).toEqual({ kind: 'ARCHIVE', dueAt: `${ends}T16:00:00.000Z`, state: 'MET' });
    const statistics = `query ($c: ID!, $from: LocalDate!, $to: LocalDate!) { activityStatistics(communityId: $c, from: $from, to: $to) {
      activityCount registeredCount attendanceCount budget { amount } actualCost { amount } } }`;
    const range = { c: estate.communityId, from: '2026-03-01', to: '2027-01-01' };
    const { activityStatistics } = await service.ok<{ activityStatistics: object }>(estate.director, statistics, range);
    expect(activityStatistics).toEqual({
      activityCount: 1,
      registeredCount: 2,
      attendanceCount: 5,
      budget: { amount: 300000 },
      actualCost: { amount: 20000 },
    });
  });

  async function uploaded(kind: string, contentType: string, bytes: Buffer): Promise<string> {
    const input = { communityId: estate.communityId, kind, contentType, bytes: bytes.length, fileName: 'x' };
    const { upload } = await run<{ upload: { fileId: string; uploadUrl: string } }>(
      service,
      estate.clerk,
      'createActivityUpload',
      input,
      'upload { fileId uploadUrl }',
    );
    const target = new URL(upload.uploadUrl, service.url());
    const response = await fetch(`${service.url()}${target.pathname}${target.search}`, {
      method: 'PUT',
      headers: { 'content-type': contentType },
      body: new Uint8Array(bytes),
    });
    expect(response.ok).toBe(true);
    return upload.fileId;
  }

  it('[B018] a merchant’s has its procedures done before and its site in order until the end', async () => {
    await fresh();
    const day = new Date((await service.now()).getTime() + 5 * 86_400_000).toISOString().slice(0, 10);
    const time = { startsAt: `${day}T02:00:00.000Z`, endsAt: `${day}T04:00:00.000Z` };
    const id = await planned(service, estate, { ...time, merchantId: newId() });
    const procedures = ['AGREEMENT_SIGNED', 'PERMIT_GRANTED', 'SAFETY_PLAN_GIVEN', 'SITE_FEE_AGREED'];
    expect(await refusals(service, estate.clerk, 'submitActivityPlan', { id })).toEqual(
      procedures.map(() => 'procedures PROCEDURE_OPEN B018'),
    );
    const passed = (codes: string[]) => codes.map((code) => ({ code, isPassed: true }));
    await act(service, estate.clerk, 'recordMerchantProcedures', { id, results: passed(procedures) });
    await act(service, estate.clerk, 'submitActivityPlan', { id });
    await act(service, estate.administrator, 'decideActivityPlan', { id, isApproved: true });
    await prepared(service, estate, id);
    await act(service, estate.clerk, 'startActivity', { id });
    const controls = ['FIRE_EXITS_FREE', 'NOISE_WITHIN_LIMITS', 'ORDER_KEPT', 'POWER_SAFE', 'SITE_CLEAN'];
    expect(await refusals(service, estate.clerk, 'finishActivity', { id })).toHaveLength(controls.length);
    const results = controls.map((code) => ({ code, isPassed: code !== 'POWER_SAFE' }));
    await act(service, estate.guard, 'recordActivitySiteControl', { id, results });
    expect(await refusals(service, estate.clerk, 'finishActivity', { id })).toEqual([
      'siteControls SITE_CONTROL_OPEN B018',
    ]);
    await act(service, estate.guard, 'recordActivitySiteControl', { id, results: passed(['POWER_SAFE']) });
    expect((await act(service, estate.clerk, 'finishActivity', { id })).status).toBe('HELD');
    const ours = await planned(service, estate, { ...time, venueId: await aVenue(service, estate) });
    const wrong = { id: ours, results: passed(['PERMIT_GRANTED']) };
    expect(await refusals(service, estate.clerk, 'recordMerchantProcedures', wrong)).toEqual([
      'NOT_A_MERCHANTS_ACTIVITY B018',
    ]);
  });
});

describe('the centre', () => {
  it('[A049] has seven service lines, each with a department and the operation that takes it in', async () => {
    await fresh();
    const query = 'query ($c: ID!) { serviceLines(communityId: $c) { code { code label } departmentCode operation } }';
    const { serviceLines } = await service.ok<{ serviceLines: object[] }>(estate.resident, query, {
      c: estate.communityId,
    });
    expect(serviceLines).toEqual([
      {
        code: { code: 'ENQUIRY', label: 'Enquiries, complaints and contacts' },
        departmentCode: 'CUSTOMER_SERVICE',
        operation: 'registerComplaint',
      },
      { code: { code: 'MOVE_IN', label: 'Move-in' }, departmentCode: 'CUSTOMER_SERVICE', operation: 'openMoveIn' },
      {
        code: { code: 'REPAIR', label: 'Repairs' },
        departmentCode: 'CUSTOMER_SERVICE',
        operation: 'registerWorkOrder',
      },
      {
        code: { code: 'FEES', label: 'Management and collected fees' },
        departmentCode: 'FINANCE',
        operation: 'recordPayment',
      },
      {
        code: { code: 'DECORATION', label: 'Decoration' },
        departmentCode: 'CUSTOMER_SERVICE',
        operation: 'registerDecoration',
      },
      {
        code: { code: 'RETURN_VISIT', label: 'Return visits' },
        departmentCode: 'CUSTOMER_SERVICE',
        operation: 'recordWorkOrderReturnVisit',
      },
      {
        code: { code: 'COMMUNITY_CULTURE', label: 'Community culture' },
        departmentCode: 'CUSTOMER_SERVICE',
        operation: 'planActivity',
      },
    ]);
  });
});
