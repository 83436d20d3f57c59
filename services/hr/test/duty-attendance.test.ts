import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { aCentre, act, aWorker, forgetTimers, notices, refusal, shiftOf, viewerOf } from './duty-fixture.ts';
import { dutyScenes } from './duty-scene.ts';
import { startHr } from './hr-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
// Timers of a scene that is over would be run in every later one.
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const handover = 'shiftHandover';
const { aScene, shift, minutesBefore, holder, clockIn, recordOf } = dutyScenes(() => service);

describe('at the post', () => {
  it('[A027] [A011] the clock says who was there a quarter of an hour before, who was late and who did not come', async () => {
    const scene = await aScene();
    const [morning, noon] = [await shift(scene, 'MORNING'), await shift(scene, 'NOON')];
    await service.move(minutesBefore(morning.startsAt, 61));
    expect(
      (await refusal(service, holder(scene, morning), 'clockInDutyShift', 'dutyShift', { shiftId: morning.id })).reason,
    ).toBe('CLOCK_IN_TOO_EARLY');
    expect(
      (
        await refusal(service, viewerOf(scene.centre, 'clerk'), 'clockInDutyShift', 'dutyShift', {
          shiftId: morning.id,
        })
      ).code,
    ).toBe('FORBIDDEN');
    await service.move(minutesBefore(morning.startsAt, 14));
    await clockIn(scene, morning);
    expect(await recordOf(scene, morning)).toMatchObject({
      status: 'OPEN',
      isInTimeForHandover: false,
      lateMinutes: 0,
    });
    await service.move({ set: new Date(Date.parse(noon.startsAt) + 7 * 60_000) });
    await clockIn(scene, noon);
    const isSame = noon.staff.id === morning.staff.id;
    expect(await recordOf(scene, noon)).toMatchObject(
      isSame ? { lateMinutes: 0, isInTimeForHandover: true } : { lateMinutes: 7, isInTimeForHandover: false },
    );
    const afternoon = await shift(scene, 'AFTERNOON');
    await service.move({ set: new Date(Date.parse(afternoon.endsAt) + 8 * 3_600_000) });
    expect(await recordOf(scene, afternoon)).toMatchObject({ outcome: 'ABSENT', status: 'CLOSED' });
    expect((await shift(scene, 'AFTERNOON')).status).toBe('MISSED');
  });

  it('[A212] [A011] records are corrected and reviewed by a leader, never by themselves', async () => {
    const scene = await aScene();
    const { centre } = scene;
    const afternoon = await shift(scene, 'AFTERNOON');
    await service.move({ set: new Date(Date.parse(afternoon.endsAt) + 8 * 3_600_000) });
    const record = await recordOf(scene, afternoon);
    if (record === undefined) throw new Error('no record');
    const times = { clockedInAt: afternoon.startsAt, clockedOutAt: afternoon.endsAt, reason: '打卡机故障' };
    const correct = (viewer: typeof centre.supervisor, overrides: object = {}) =>
      refusal(service, viewer, 'correctAttendanceRecord', 'attendanceRecord', {
        id: record.id,
        ...times,
        ...overrides,
      });
    expect((await correct(viewerOf(centre, 'supervisor', afternoon.staff.id))).reason).toBe('OWN_REQUEST');
    expect((await correct(centre.supervisor, { reason: 'x' })).reason).toBe('REASON_REQUIRED');
    expect((await correct(centre.supervisor, { clockedOutAt: '2026-01-01T00:00:00.000Z' })).reason).toBe('RANGE_EMPTY');
    expect((await correct(centre.supervisor, { clockedOutAt: '2036-01-01T00:00:00.000Z' })).reason).toBe(
      'IN_THE_FUTURE',
    );
    const corrected = await act(
      service,
      centre.supervisor,
      'correctAttendanceRecord',
      'attendanceRecord',
      { id: record.id, ...times },
      'outcome lateMinutes status',
    );
    expect(corrected).toEqual({ outcome: 'PRESENT', lateMinutes: 0, status: 'CLOSED' });
    const document = `mutation ($input: ReviewAttendanceRecordsInput!) { reviewAttendanceRecords(input: $input) { attendanceReview { results {
      id attendanceRecord { status } refusal { reason } } } } }`;
    const review = async (viewer: typeof centre.supervisor, recordIds: string[]) =>
      (
        await service.ok<{ reviewAttendanceRecords: { attendanceReview: { results: object[] } } }>(viewer, document, {
          input: { communityId: centre.communityId, recordIds },
        })
      ).reviewAttendanceRecords.attendanceReview.results;
    expect(await review(viewerOf(centre, 'supervisor', afternoon.staff.id), [record.id])).toMatchObject([
      { attendanceRecord: null, refusal: { reason: 'OWN_REQUEST' } },
    ]);
    expect(await review(centre.supervisor, [record.id, record.id])).toMatchObject([
      { attendanceRecord: { status: 'REVIEWED' }, refusal: null },
      { refusal: { reason: 'NOT_FOUND' } },
    ]);
    expect((await correct(centre.supervisor)).reason).toBe('ILLEGAL_TRANSITION');
    const many = await service.refused(centre.supervisor, document, {
      input: { communityId: centre.communityId, recordIds: [] },
    });
    expect(many.extensions.reason).toBe('TOO_MANY_ROWS');
  });

  it('[A025] a gap is opened and alarmed the moment it happens, and closed when somebody is there', async () => {
    const scene = await aScene();
    const { centre } = scene;
    const morning = await shift(scene, 'MORNING');
    const gaps = async () => {
      const query = `query { dutyGaps(filter: { communityId: "${centre.communityId}" }) { nodes { status cause from to } } }`;
      return (await service.ok<{ dutyGaps: { nodes: object[] } }>(centre.supervisor, query)).dutyGaps.nodes;
    };
    await service.move(minutesBefore(morning.startsAt, 1));
    expect(await gaps()).toEqual([]);
    await service.move({ set: new Date(morning.startsAt) });
    await service.settle();
    expect(await gaps()).toMatchObject([{ status: 'OPEN', cause: 'NOBODY_CAME', from: morning.startsAt, to: null }]);
    const told = (await notices(service, centre.communityId)).filter(({ template }) => template === 'dutyGapOpened');
    expect(told.map(({ role }) => role).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual([
      'director',
      'supervisor',
    ]);
    await service.move({ advance: 'PT10M' });
    await clockIn(scene, morning);
    expect(await gaps()).toMatchObject([
      { status: 'CLOSED', to: new Date(Date.parse(morning.startsAt) + 600_000).toISOString() },
    ]);
  });

  it('[A222] [A025] who leaves the desk says so, the leader arranges cover, and at night the guard stands in', async () => {
    const scene = await aScene();
    const { centre } = scene;
    const substitution = 'shiftSubstitution';
    const night = await shift(scene, 'NIGHT');
    const guard = await aWorker(service, centre, 'GUARD');
    await service.move(minutesBefore(night.startsAt, 20));
    await clockIn(scene, night);
    await service.move({ set: new Date(Date.parse(night.startsAt) + 3_600_000) });
    const worker = holder(scene, night);
    const ask = { shiftId: night.id, reasonCode: 'EMERGENCY_REPAIR', isLeavingNow: true };
    expect(
      (await refusal(service, worker, 'requestShiftSubstitution', substitution, { ...ask, reasonCode: 'NAP' })).reason,
    ).toBe('SUBSTITUTION_REASON_UNKNOWN');
    const { id } = await act(service, worker, 'requestShiftSubstitution', substitution, ask);
    expect((await refusal(service, worker, 'requestShiftSubstitution', substitution, ask)).reason).toBe(
      'SUBSTITUTION_OPEN',
    );
    const gap = async () =>
      (
        await service.sql<{ status: string; cause: string }>(
          'select status, cause from duty_gap where community_id = $1 order by created_at desc limit 1',
          [centre.communityId],
        )
      )[0];
    expect(await gap()).toEqual({ status: 'OPEN', cause: 'DESK_LEFT' });
    const [clerk] = scene.crew.clerks;
    expect(
      (await refusal(service, worker, 'arrangeShiftSubstitution', substitution, { id, substituteId: clerk })).reason,
    ).toBe('LEADER_ARRANGES');
    expect(
      (await refusal(service, centre.supervisor, 'arrangeShiftSubstitution', substitution, { id, substituteId: clerk }))
        .reason,
    ).toBe('SUBSTITUTE_UNFIT');
    expect(
      (await refusal(service, centre.supervisor, 'arrangeShiftSubstitution', substitution, { id, substituteId: id }))
        .reason,
    ).toBe('STAFF_UNKNOWN');
    const arranged = await act(
      service,
      worker,
      'arrangeShiftSubstitution',
      substitution,
      { id, substituteId: guard },
      'status substitute { id } shift { substitute { id } }',
    );
    expect(arranged).toEqual({ status: 'ARRANGED', substitute: { id: guard }, shift: { substitute: { id: guard } } });
    expect(await gap()).toEqual({ status: 'CLOSED', cause: 'DESK_LEFT' });
    expect(
      await act(
        service,
        worker,
        'endShiftSubstitution',
        substitution,
        { id },
        'status shift { awayFrom substitute { id } }',
      ),
    ).toEqual({ status: 'ENDED', shift: { awayFrom: null, substitute: null } });
    const told = (await notices(service, centre.communityId)).map(({ template }) => template);
    expect(told).toEqual(expect.arrayContaining(['substitutionRequested', 'substitutionArranged']));
  });

  it('[A222] the leader puts another clerk in for one who cannot come', async () => {
    const scene = await aScene();
    const { centre, crew } = scene;
    const noon = await shift(scene, 'NOON');
    const ill = holder(scene, noon);
    const leaving = { shiftId: noon.id, reasonCode: 'ILLNESS', isLeavingNow: true };
    expect((await refusal(service, ill, 'requestShiftSubstitution', 'shiftSubstitution', leaving)).reason).toBe(
      'SHIFT_NOT_STARTED',
    );
    const { id } = await act(service, ill, 'requestShiftSubstitution', 'shiftSubstitution', {
      ...leaving,
      isLeavingNow: false,
    });
    const spare = await aWorker(service, centre, 'CLERK');
    expect(
      (await refusal(service, ill, 'arrangeShiftSubstitution', 'shiftSubstitution', { id, substituteId: spare })).code,
    ).toBe('FORBIDDEN');
    await act(service, centre.supervisor, 'arrangeShiftSubstitution', 'shiftSubstitution', { id, substituteId: spare });
    expect((await shift(scene, 'NOON')).staff.id).toBe(spare);
    expect(crew.clerks).not.toContain(spare);
    await service.move({ set: new Date(noon.endsAt) });
    const late = { shiftId: noon.id, reasonCode: 'ILLNESS' };
    expect(
      (await refusal(service, viewerOf(centre, 'clerk', spare), 'requestShiftSubstitution', 'shiftSubstitution', late))
        .reason,
    ).toBe('SHIFT_OVER');
  });

  it('[A315] guards hand over with the record of their patrol', async () => {
    const centre = await aCentre(service);
    const guards = [await aWorker(service, centre, 'GUARD'), await aWorker(service, centre, 'GUARD')];
    const day = new Date((await service.now()).getTime() + 2 * 86_400_000).toISOString().slice(0, 10);
    const times = [
      ['GUARD_DAY', '08:00:00', '20:00:00'],
      ['GUARD_NIGHT', '20:00:00', '08:00:00'],
    ];
    for (const [code, startTime, endTime] of times) {
      const pattern = {
        communityId: centre.communityId,
        code,
        name: code,
        kind: 'DEPARTMENT',
        roles: ['GUARD'],
        startTime,
        endTime,
        isHandoverRequired: true,
        validFrom: day,
      };
      await act(service, centre.supervisor, 'registerShiftPattern', 'shiftPattern', pattern);
    }
    const draft = {
      communityId: centre.communityId,
      kind: 'DEPARTMENT',
      departmentCode: 'SECURITY',
      startsOn: day,
      endsOn: new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10),
    };
    const { id: rosterId } = await act(service, centre.clerk, 'draftDutyRoster', 'dutyRoster', draft);
    const slots = [
      { patternCode: 'GUARD_DAY', staffIds: [guards[0]] },
      { patternCode: 'GUARD_NIGHT', staffIds: [guards[1]] },
    ];
    await act(service, centre.clerk, 'planDutyRoster', 'dutyRoster', { id: rosterId, slots });
    const early = await shiftOf(service, centre.clerk, rosterId, 'GUARD_DAY');
    const guard = viewerOf(centre, 'guard', early.staff.id);
    await service.move(minutesBefore(early.startsAt, 15));
    expect((await refusal(service, guard, 'clockInDutyShift', 'dutyShift', { shiftId: early.id })).reason).toBe(
      'SHIFT_NOT_PUBLISHED',
    );
    await act(service, centre.clerk, 'submitDutyRoster', 'dutyRoster', { id: rosterId });
    await act(service, centre.supervisor, 'publishDutyRoster', 'dutyRoster', { id: rosterId });
    const late = await shiftOf(service, centre.clerk, rosterId, 'GUARD_NIGHT');
    const open = { shiftId: early.id, incomingShiftId: late.id };
    expect((await refusal(service, guard, 'openShiftHandover', handover, open)).reason).toBe('SHIFT_NOT_STARTED');
    await act(service, guard, 'clockInDutyShift', 'dutyShift', { shiftId: early.id });
    expect(await refusal(service, guard, 'openShiftHandover', handover, open)).toMatchObject({
      reason: 'PATROL_RECORD_MISSING',
      rule: 'A315',
    });
    const opened = await act(
      service,
      guard,
      'openShiftHandover',
      handover,
      { ...open, patrolRecord: '每小时巡查一次,正常' },
      'patrolRecord',
    );
    expect(opened).toEqual({ patrolRecord: '每小时巡查一次,正常' });
  });
});
