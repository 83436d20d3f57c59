import type { SeededRow, TestService } from '@steward/test-kit';

import { act, aNewcomer, shiftOf, viewerOf, type Centre, type ShiftRow } from './duty-fixture.ts';

const quarter = 15 * 60_000;

/** Somebody who holds a shift. */
const holder = (centre: Centre, { staff, pattern }: ShiftRow) =>
  viewerOf(centre, pattern.code === 'NIGHT' ? 'maintenance' : 'clerk', staff.id);

const clockIn = (service: TestService, centre: Centre, shift: ShiftRow) =>
  act(service, holder(centre, shift), 'clockInDutyShift', 'dutyShift', { shiftId: shift.id });

/** What timers wrote for a community. */
async function written(service: TestService, { communityId }: Centre, table: string): Promise<string> {
  const [row] = await service.sql<{ id: string }>(`select id from ${table} where community_id = $1 limit 1`, [
    communityId,
  ]);
  if (row === undefined) throw new Error(`the clock brings a ${table}`);
  return row.id;
}

/** The night of a roster's first day is worked, and handed over in the morning; by day nobody came. */
async function nightRows(service: TestService, centre: Centre, rosterId: string): Promise<SeededRow[]> {
  const { supervisor } = centre;
  const [night, other] = [
    await shiftOf(service, supervisor, rosterId, 'NIGHT'),
    await shiftOf(service, supervisor, rosterId, 'NIGHT', 1),
  ];
  const worker = holder(centre, night);
  const exchange = { shiftId: night.id, colleagueId: other.staff.id, otherShiftId: other.id };
  const swap = await act(service, worker, 'requestShiftSwap', 'shiftSwap', exchange);
  await service.move({ set: new Date(Date.parse(night.startsAt) - quarter) });
  await clockIn(service, centre, night);
  await service.move({ set: new Date(Date.parse(night.startsAt) + 4 * quarter) });
  const leaving = { shiftId: night.id, reasonCode: 'EMERGENCY_REPAIR', isLeavingNow: true };
  const substitution = await act(service, worker, 'requestShiftSubstitution', 'shiftSubstitution', leaving);
  const morning = await shiftOf(service, supervisor, rosterId, 'MORNING', 1);
  await service.move({ set: new Date(Date.parse(morning.startsAt) - quarter) });
  await clockIn(service, centre, morning);
  const notes = [{ kind: 'LEFT_OVER', text: '3 栋停水待厂家', reasonCode: 'WAITS_FOR_OTHERS' }];
  const change = { shiftId: night.id, incomingShiftId: morning.id, notes };
  const { id } = await act(service, worker, 'openShiftHandover', 'shiftHandover', change);
  const tools = [{ toolCode: 'WRENCH', countedCount: 3 }];
  await act(service, worker, 'countShiftHandoverTools', 'shiftHandover', { id, tools });
  const unclean = { id, isPassed: false, shortcomings: '地面有水' };
  await act(service, holder(centre, morning), 'checkShiftHandoverCleaning', 'shiftHandover', unclean);
  const own = { staffId: night.staff.id };
  return [
    { type: 'ShiftSwap', id: swap.id, own },
    { type: 'ShiftSubstitution', id: substitution.id, own },
    { type: 'ShiftHandover', id, own },
  ];
}

async function payRows(service: TestService, centre: Centre): Promise<SeededRow[]> {
  const { communityId, director, supervisor } = centre;
  const staffId = await aNewcomer(service, centre, 'CLERK');
  const now = (await service.now()).getTime();
  const hours = { from: new Date(now - 3 * 3_600_000), to: new Date(now - 3_600_000), reason: '抢修水管' };
  const self = viewerOf(centre, 'clerk', staffId);
  const overtime = await act(service, self, 'requestOvertime', 'overtimeRequest', { staffId, ...hours });
  await act(service, director, 'setStaffPay', 'staffMember', {
    id: staffId,
    baseAmount: 435_000,
    validFrom: '2025-01-01',
  });
  const sheet = await act(service, viewerOf(centre, 'administrativeSupervisor'), 'draftPayrollSheet', 'payrollSheet', {
    communityId,
    month: '2026-05',
  });
  const hoursOfDay = { startTime: '08:00:00', endTime: '20:00:00', isHandoverRequired: true, validFrom: '2026-06-08' };
  const guards = { communityId, code: 'GUARD_DAY', name: '日班', kind: 'DEPARTMENT', roles: ['GUARD'] };
  const pattern = await act(service, supervisor, 'registerShiftPattern', 'shiftPattern', { ...guards, ...hoursOfDay });
  const remedy = { staffId, description: '补训接报流程', dueOn: '2026-06-30' };
  const review = { id: await written(service, centre, 'quality_review') };
  const found = { ...review, analysis: '派单超时多在夜间', remedies: [remedy] };
  await act(service, supervisor, 'submitQualityReview', 'qualityReview', found);
  return [
    { type: 'OvertimeRequest', id: overtime.id, own: { staffId } },
    { type: 'PayrollSheet', id: sheet.id },
    { type: 'ShiftPattern', id: pattern.id },
    { type: 'QualityReview', ...review },
  ];
}

/** What is written while a roster is worked; the clock stands in the morning of its second day afterwards. */
export async function attendanceRows(service: TestService, centre: Centre, rosterId: string): Promise<SeededRow[]> {
  const rows = [...(await nightRows(service, centre, rosterId)), ...(await payRows(service, centre))];
  const [record] = await service.sql<{ id: string; staffId: string }>(
    'select id, staff_id as "staffId" from attendance_record where community_id = $1 order by worked_on limit 1',
    [centre.communityId],
  );
  return [
    ...rows,
    { type: 'AttendanceRecord', id: record?.id ?? '', own: { staffId: record?.staffId ?? '' } },
    { type: 'DutyGap', id: await written(service, centre, 'duty_gap') },
    { type: 'DailyDutyReview', id: await written(service, centre, 'daily_duty_review') },
    { type: 'TrainingQuota', id: await written(service, centre, 'training_quota') },
  ];
}
