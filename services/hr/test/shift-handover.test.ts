import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import { complaintRegistered, complaintResolved, workOrderCompleted, workOrderPriorityChanged } from '@steward/events';
import type { TestService } from '@steward/test-kit';

import { act, forgetTimers, notices, refusal, see, viewerOf } from './duty-fixture.ts';
import { dutyScenes } from './duty-scene.ts';
import { factsAfter, look, startHr } from './hr-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startHr();
});
// Timers of a scene that is over would be run in every later one.
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const handover = 'shiftHandover';
const { aScene, shift, minutesBefore, holder, clockIn, clockOut, outRefused, recordOf, atTheChange, anOrder } =
  dutyScenes(() => service);

describe('a handover', () => {
  it('[A028] [A029] [A030] [A031] [A047] lists what is open, counts tools, wants a clean place, and holds the leaver until it is accepted', async () => {
    const scene = await aScene();
    const { centre } = scene;
    const { tenantId, communityId } = centre;
    const { night, morning } = await atTheChange(scene);
    const leaver = holder(scene, night);
    const urgent = await anOrder(centre, 'NORMAL');
    const finished = await anOrder(centre, 'NORMAL');
    await service.wire.send(workOrderPriorityChanged, {
      tenantId,
      communityId,
      aggregateId: urgent,
      data: { workOrderId: urgent, priority: 'EMERGENCY' },
    });
    await service.wire.send(workOrderCompleted, {
      tenantId,
      communityId,
      aggregateId: finished,
      data: {
        workOrderId: finished,
        assigneeId: null,
        completedAt: (await service.now()).toISOString(),
        isInTime: true,
        round: 1,
      },
    });
    await service.settle();
    expect(await outRefused(scene, night)).toMatchObject({ reason: 'HANDOVER_NOT_ACCEPTED', rule: 'A031' });
    const note = { kind: 'LEFT_OVER', text: '3 栋停水待厂家', reasonCode: 'WAITS_FOR_OTHERS' };
    const open = { shiftId: night.id, incomingShiftId: morning.id, notes: [note] };
    const bad = await refusal(service, leaver, 'openShiftHandover', handover, {
      ...open,
      notes: [{ ...note, isSolvable: true }],
    });
    expect(bad).toMatchObject({ reason: 'LEFT_OVER_SOLVABLE', rule: 'A026' });
    expect(
      (
        await refusal(service, leaver, 'openShiftHandover', handover, {
          ...open,
          notes: [{ ...note, reasonCode: 'LAZY' }],
        })
      ).reason,
    ).toBe('LEFT_OVER_REASON_UNKNOWN');
    expect(
      (await refusal(service, leaver, 'openShiftHandover', handover, { ...open, incomingShiftId: night.id })).reason,
    ).toBe('RELIEF_UNFIT');
    const { id, openItems } = await act<{ id: string; openItems: object[] }>(
      service,
      leaver,
      'openShiftHandover',
      handover,
      open,
      'id openItems { id isUrgent kind }',
    );
    expect(openItems).toEqual([{ id: urgent, isUrgent: true, kind: 'WORK_ORDER' }]);
    expect((await refusal(service, leaver, 'openShiftHandover', handover, open)).reason).toBe('HANDOVER_EXISTS');

    const relief = holder(scene, morning);
    const accept = () => refusal(service, relief, 'acceptShiftHandover', handover, { id });
    expect((await accept()).violations.map(({ reason }) => reason)).toEqual([
      'RELIEF_NOT_THERE',
      'TOOLS_NOT_COUNTED',
      'CLEANING_NOT_PASSED',
      'WRITTEN_RECORD_MISSING',
    ]);
    await clockIn(scene, morning);
    await act(service, leaver, 'countShiftHandoverTools', handover, {
      id,
      tools: [{ toolCode: 'WRENCH', countedCount: 3 }],
    });
    expect(
      (await refusal(service, leaver, 'checkShiftHandoverCleaning', handover, { id, isPassed: true })).reason,
    ).toBe('ONLY_RELIEF');
    expect(
      (await refusal(service, relief, 'checkShiftHandoverCleaning', handover, { id, isPassed: false })).reason,
    ).toBe('TEXT_REQUIRED');
    await act(service, relief, 'checkShiftHandoverCleaning', handover, {
      id,
      isPassed: false,
      shortcomings: '地面有水',
    });
    expect(await outRefused(scene, night)).toMatchObject({ reason: 'CLEANING_NOT_PASSED', rule: 'A030' });
    await act(service, leaver, 'addShiftHandoverNotes', handover, {
      id,
      notes: [{ kind: 'REPAIR', text: '紧急维修进行中', itemId: urgent }],
    });
    expect((await accept()).reason).toBe('CLEANING_NOT_PASSED');
    await act(service, relief, 'checkShiftHandoverCleaning', handover, { id, isPassed: true });
    expect((await refusal(service, leaver, 'acceptShiftHandover', handover, { id })).reason).toBe('ONLY_RELIEF');
    await service.move({ set: new Date(Date.parse(night.endsAt) + 20 * 60_000) });
    const accepted = await act(
      service,
      relief,
      'acceptShiftHandover',
      handover,
      { id },
      'status openItems { id } notes { kind text reason { code label } itemId } tools { toolCode expectedCount countedCount } cleaningShortcomings',
    );
    expect(accepted).toEqual({
      status: 'ACCEPTED',
      openItems: [{ id: urgent }],
      notes: [
        {
          kind: 'LEFT_OVER',
          text: '3 栋停水待厂家',
          reason: { code: 'WAITS_FOR_OTHERS', label: 'Waits for others' },
          itemId: null,
        },
        { kind: 'REPAIR', text: '紧急维修进行中', reason: null, itemId: urgent },
      ],
      tools: [{ toolCode: 'WRENCH', expectedCount: 3, countedCount: 3 }],
      cleaningShortcomings: null,
    });
    expect(
      (await outRefused(scene, night, ['LOG_WRITTEN', 'EQUIPMENT_OFF'])).violations.map(({ rule }) => rule),
    ).toEqual(['A047', 'A047']);
    await clockOut(scene, night);
    expect(await recordOf(scene, night)).toMatchObject({
      status: 'CLOSED',
      isInTimeForHandover: true,
      waitedMinutes: 20,
      earlyMinutes: 0,
    });
    expect((await look(service, centre.director, night.staff.id)).isOnDuty).toBe(false);
    expect((await look(service, centre.director, morning.staff.id)).isOnDuty).toBe(true);
    const facts = await factsAfter(service, id, 0);
    expect(facts.map(([type]) => type.split('.')[1])).toEqual([
      'opened',
      'counted',
      'checked',
      'noted',
      'checked',
      'accepted',
    ]);
    expect(JSON.stringify(facts)).not.toContain('停水');
  });

  it('[A029] makes whoever has a missing tool answer for it, and carries the count to the next', async () => {
    const scene = await aScene(3);
    const { night, morning } = await atTheChange(scene);
    await clockIn(scene, morning);
    const [leaver, relief] = [holder(scene, night), holder(scene, morning)];
    const first = await act(service, leaver, 'openShiftHandover', handover, {
      shiftId: night.id,
      incomingShiftId: morning.id,
    });
    await act(service, leaver, 'countShiftHandoverTools', handover, {
      id: first.id,
      tools: [
        { toolCode: 'WRENCH', countedCount: 3 },
        { toolCode: 'TORCH', countedCount: 2 },
      ],
    });
    await act(service, relief, 'checkShiftHandoverCleaning', handover, { id: first.id, isPassed: true });
    await act(service, relief, 'acceptShiftHandover', handover, { id: first.id });
    const [evening, next] = [await shift(scene, 'NIGHT', 1), await shift(scene, 'AFTERNOON', 1)];
    await service.move(minutesBefore(next.startsAt, 15));
    await clockIn(scene, next);
    const { id } = await act(service, holder(scene, next), 'openShiftHandover', handover, {
      shiftId: next.id,
      incomingShiftId: evening.id,
    });
    const count = (tools: object[]) =>
      refusal(service, holder(scene, next), 'countShiftHandoverTools', handover, { id, tools });
    expect(await count([{ toolCode: 'WRENCH', countedCount: 3 }])).toMatchObject({
      reason: 'TOOLS_MISSING_IN_COUNT',
      rule: 'A029',
    });
    expect(
      (
        await count([
          { toolCode: 'WRENCH', countedCount: 3 },
          { toolCode: 'torch', countedCount: 1 },
          { toolCode: 'TORCH', countedCount: 1 },
        ])
      ).reason,
    ).toBe('CODE_MALFORMED');
    const tools = [
      { toolCode: 'WRENCH', countedCount: 2 },
      { toolCode: 'TORCH', countedCount: 1, borrowerId: night.staff.id },
    ];
    const counted = await act<{ tools: { liableStaff: { id: string } }[] }>(
      service,
      holder(scene, next),
      'countShiftHandoverTools',
      handover,
      { id, tools },
      'tools { liableStaff { id } }',
    );
    expect(counted.tools.map(({ liableStaff }) => liableStaff.id)).toEqual([night.staff.id, next.staff.id]);
    const told = (await notices(service, scene.centre.communityId)).filter(
      ({ template }) => template === 'toolsMissing',
    );
    expect(told.map(({ staffId }) => staffId).toSorted((a, b) => String(a).localeCompare(String(b)))).toEqual(
      [night.staff.id, next.staff.id].toSorted(),
    );
  });

  it('[A026] [A028] knows what complaints left over, as their events tell', async () => {
    const scene = await aScene();
    const { tenantId, communityId } = scene.centre;
    const { night, morning } = await atTheChange(scene);
    const complaintId = newId();
    const base = {
      complaintId,
      number: 'TS-1',
      nature: 'COMPLAINT' as const,
      grade: 'MAJOR' as const,
      channelCode: 'PHONE',
      categoryCode: 'NOISE',
      departmentCode: 'CUSTOMER_SERVICE',
      departmentCodes: ['CUSTOMER_SERVICE'],
    };
    const data = {
      ...base,
      placeId: null,
      unitId: null,
      buildingId: null,
      householdId: null,
      isHarmOngoing: false,
      receivedAt: (await service.now()).toISOString(),
      source: null,
    };
    await service.wire.send(complaintRegistered, { tenantId, communityId, aggregateId: complaintId, data });
    await service.settle();
    const { id } = await act(service, holder(scene, night), 'openShiftHandover', handover, {
      shiftId: night.id,
      incomingShiftId: morning.id,
    });
    const items = async () =>
      (
        await see<{ openItems: object[] }>(
          service,
          holder(scene, night),
          handover,
          id,
          'openItems { number kind isUrgent }',
        )
      )?.openItems;
    expect(await items()).toEqual([{ number: 'TS-1', kind: 'COMPLAINT', isUrgent: true }]);
    await service.wire.send(complaintResolved, {
      tenantId,
      communityId,
      aggregateId: complaintId,
      data: {
        complaintId,
        resolvedAt: (await service.now()).toISOString(),
        householdId: null,
        isInTime: true,
        round: 1,
      },
    });
    await service.settle();
    expect(await items()).toEqual([]);
    expect(await see(service, viewerOf(scene.centre, 'guard'), handover, id, 'id')).toBeNull();
  });
});
