import { newId } from '@steward/core';
import { workOrderRegistered } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import {
  aCentre,
  aCrew,
  act,
  aRoster,
  refusal,
  shiftOf,
  viewerOf,
  type Centre,
  type Crew,
  type ShiftRow,
} from './duty-fixture.ts';

/** What of the close-out list there is. */
export const done = ['LOG_WRITTEN', 'FILES_PUT_AWAY', 'EQUIPMENT_OFF', 'DESK_TIDIED'];

export type Scene = { centre: Centre; crew: Crew; rosterId: string };

/** Scenes at a service centre that a roster keeps, played on the service of a test. */
export function dutyScenes(service: () => TestService) {
  /** A roster that begins tomorrow by the service's clock. */
  async function aScene(days = 2): Promise<Scene> {
    const centre = await aCentre(service());
    const crew = await aCrew(service(), centre);
    const startsOn = new Date((await service().now()).getTime() + 86_400_000).toISOString().slice(0, 10);
    return { centre, crew, rosterId: await aRoster(service(), centre, crew, { startsOn, days }) };
  }

  const shift = ({ centre, rosterId }: Scene, code: string, nth = 0) =>
    shiftOf(service(), centre.supervisor, rosterId, code, nth);
  const minutesBefore = (iso: string, minutes: number) => ({ set: new Date(Date.parse(iso) - minutes * 60_000) });
  const holder = ({ centre }: Scene, { staff, pattern }: ShiftRow) =>
    viewerOf(centre, pattern.code === 'NIGHT' ? 'maintenance' : 'clerk', staff.id);
  const clockIn = (scene: Scene, row: ShiftRow) =>
    act(service(), holder(scene, row), 'clockInDutyShift', 'dutyShift', { shiftId: row.id });
  const clockOut = (scene: Scene, row: ShiftRow, closeOutCodes = done) =>
    act(service(), holder(scene, row), 'clockOutDutyShift', 'dutyShift', { shiftId: row.id, closeOutCodes });
  const outRefused = (scene: Scene, row: ShiftRow, closeOutCodes = done) =>
    refusal(service(), holder(scene, row), 'clockOutDutyShift', 'dutyShift', { shiftId: row.id, closeOutCodes });
  const recordOf = async (scene: Scene, row: ShiftRow) => {
    const query = `query ($from: LocalDate!) { attendanceRecords(first: 100, filter: { communityId: "${scene.centre.communityId}", from: $from }) { nodes {
      id status outcome isInTimeForHandover lateMinutes earlyMinutes waitedMinutes shift { id } } } }`;
    type Row = { id: string; status: string; outcome: string; shift: { id: string } };
    const { attendanceRecords } = await service().ok<{ attendanceRecords: { nodes: Row[] } }>(
      scene.centre.supervisor,
      query,
      { from: '2026-01-01' },
    );
    return attendanceRecords.nodes.find((one) => one.shift.id === row.id);
  };

  /** Night and the morning after it, the night being worked and the morning's clerk there. */
  async function atTheChange(scene: Scene): Promise<{ night: ShiftRow; morning: ShiftRow }> {
    const [night, morning] = [await shift(scene, 'NIGHT'), await shift(scene, 'MORNING', 1)];
    await service().move(minutesBefore(night.startsAt, 15));
    await clockIn(scene, night);
    await service().move(minutesBefore(morning.startsAt, 15));
    return { night, morning };
  }

  async function anOrder({ tenantId, communityId }: Centre, priority: 'EMERGENCY' | 'NORMAL'): Promise<string> {
    const workOrderId = newId();
    const place = { placeId: newId(), unitId: null, buildingId: null, householdId: null };
    const classes = { tradeCode: 'PLUMBING', problemCode: 'LEAK', departmentCode: 'MAINTENANCE' };
    const data = {
      workOrderId,
      number: `WX-${workOrderId.slice(-6)}`,
      channelCode: 'PHONE',
      ...place,
      ...classes,
      responsibleParty: 'OWN_STAFF' as const,
      isPaid: false,
      priority,
      receivedAt: (await service().now()).toISOString(),
      source: null,
    };
    await service().wire.send(workOrderRegistered, { tenantId, communityId, aggregateId: workOrderId, data });
    return workOrderId;
  }
  return { aScene, shift, minutesBefore, holder, clockIn, clockOut, outRefused, recordOf, atTheChange, anOrder };
}
