import { describe, expect, it } from '@jest/globals';

import { closeOut, dailyChecks, leftOverReasons } from './attendance-policy.ts';
import {
  closeOutViolations,
  isInTimeForHandover,
  reckonAttendance,
  requireClockIn,
  requireReleased,
} from './attendance-rules.ts';
import type { ShiftHandoverItem } from './duty-attendance.ts';
import { rosterFigures } from './duty-time-policy.ts';
import {
  acceptanceViolations,
  countTools,
  noteViolations,
  requirePatrolRecord,
  requireRelief,
} from './shift-handover-rules.ts';

const at = (time: string): Date => new Date(`2026-03-02T${time}:00.000Z`);
const lead = rosterFigures.handoverLeadMinutes.value;
const shift = { startsAt: at('08:00'), endsAt: at('16:00'), isHandoverRequired: true };
const clocked = { outAt: null, takenOverAt: null, leadMinutes: lead, isStaying: false };

describe('coming and going', () => {
  it('[A027] is in time for the handover a quarter of an hour before the shift', () => {
    expect(lead).toBe(15);
    const minutes = ['07:44', '07:45', '07:46'].map((time) => isInTimeForHandover(shift, at(time), lead));
    expect(minutes).toEqual([true, true, false]);
  });

  it('[A027] cannot be clocked more than an hour before, nor after the shift', () => {
    const earliest = rosterFigures.earliestClockInMinutes.value;
    expect(earliest).toBe(60);
    expect(() => requireClockIn(shift, at('06:59'), earliest)).toThrow('CLOCK_IN_TOO_EARLY');
    requireClockIn(shift, at('07:00'), earliest);
    requireClockIn(shift, at('15:59'), earliest);
    expect(() => requireClockIn(shift, at('16:00'), earliest)).toThrow('SHIFT_OVER');
  });

  it('[A011] is late and early by whole minutes', () => {
    const reckon = (inAt: string, outAt: string) =>
      reckonAttendance(shift, { ...clocked, inAt: at(inAt), outAt: at(outAt) });
    expect(reckon('08:00', '16:00')).toMatchObject({ lateMinutes: 0, earlyMinutes: 0, isInTimeForHandover: false });
    expect(reckon('08:07', '15:50')).toMatchObject({ lateMinutes: 7, earlyMinutes: 10 });
    expect(reckonAttendance(shift, { ...clocked, inAt: new Date(at('08:01').getTime() - 1) })).toMatchObject({
      lateMinutes: 0,
    });
    expect(
      reckonAttendance({ ...shift, isHandoverRequired: false }, { ...clocked, inAt: at('08:00') }).isInTimeForHandover,
    ).toBeNull();
    expect(reckonAttendance(shift, { ...clocked, inAt: at('08:05'), isStaying: true })).toMatchObject({
      lateMinutes: 0,
      isInTimeForHandover: true,
    });
  });

  it('[A031] counts the minutes for which somebody waited for the relief', () => {
    const waited = (takenOver: string | null) =>
      reckonAttendance(shift, {
        ...clocked,
        inAt: at('08:00'),
        outAt: at('16:40'),
        takenOverAt: takenOver === null ? null : at(takenOver),
      }).waitedMinutes;
    expect([waited('16:30'), waited('16:00'), waited('15:50'), waited(null)]).toEqual([30, 0, 0, 0]);
  });

  it.each([
    ['no handover at all', null, false, 'HANDOVER_NOT_ACCEPTED'],
    ['one that is not accepted', { status: 'OPEN', isCleaningPassed: true }, false, 'HANDOVER_NOT_ACCEPTED'],
    ['an accepted one', { status: 'ACCEPTED', isCleaningPassed: true }, false, null],
    ['who goes on with the next shift', null, true, null],
  ] as const)('[A031] lets go: %s', (_what, handover, isStaying, reason) => {
    const leave = () => requireReleased({ shift, handover, isStaying });
    if (reason === null) leave();
    else expect(leave).toThrow(reason);
    requireReleased({ shift: { isHandoverRequired: false }, handover: null, isStaying: false });
  });

  it('[A030] lets nobody go from a place that is not clean', () => {
    const handover = { status: 'OPEN', isCleaningPassed: false };
    expect(() => requireReleased({ shift, handover, isStaying: false })).toThrow('CLEANING_NOT_PASSED');
  });

  it('[A047] wants every item of the close-out list', () => {
    expect(closeOut.items).toEqual(['LOG_WRITTEN', 'FILES_PUT_AWAY', 'EQUIPMENT_OFF', 'DESK_TIDIED']);
    expect(closeOutViolations(closeOut.items)).toEqual([]);
    expect(closeOutViolations(['LOG_WRITTEN', 'EQUIPMENT_OFF']).map(({ params }) => params?.['code'])).toEqual([
      'FILES_PUT_AWAY',
      'DESK_TIDIED',
    ]);
  });

  it('[A236] looks at the repair register, the work log and the work given out', () => {
    expect(dailyChecks.codes).toEqual(['REPAIR_REGISTER', 'WORK_LOG', 'WORK_ASSIGNED']);
    expect(rosterFigures.dailyReviewHours).toMatchObject({ value: 12, least: 1, most: 24 });
  });
});

describe('a handover', () => {
  const item = (isUrgent: boolean): ShiftHandoverItem => ({
    id: 'i1',
    kind: 'WORK_ORDER',
    number: 'WX-1',
    isUrgent,
    openedAt: at('01:00'),
  });
  const ready = { toolsCountedAt: at('08:00'), isCleaningPassed: true };
  const there = { isReliefThere: true, items: [item(false)], notedItemIds: new Set<string>() };

  it('[A026] does not take what the shift could do itself, and wants a reason for the rest', () => {
    const reasons = (note: object) =>
      noteViolations([{ kind: 'LEFT_OVER', text: '5 栋水管', reasonCode: 'PARTS_MISSING', ...note }]).map(
        (one) => one.reason,
      );
    expect(leftOverReasons.codes.map((reasonCode) => reasons({ reasonCode }).length)).toEqual([0, 0, 0, 0]);
    expect(reasons({ isSolvable: true })).toEqual(['LEFT_OVER_SOLVABLE']);
    expect(reasons({ reasonCode: 'LAZY' })).toEqual(['LEFT_OVER_REASON_UNKNOWN']);
    expect(reasons({ kind: 'ATTENTION', reasonCode: null, text: ' ' })).toEqual(['TEXT_REQUIRED']);
    expect(leftOverReasons.codes).toEqual(['NOT_URGENT_AT_NIGHT', 'PARTS_MISSING', 'WAITS_FOR_OTHERS', 'BEGUN_AT_END']);
  });

  it('[A028] has each emergency and major complaint in writing', () => {
    const reasons = (notedItemIds: Set<string>, isUrgent = true) =>
      acceptanceViolations(ready, { ...there, items: [item(isUrgent)], notedItemIds }).map(({ reason }) => reason);
    expect(reasons(new Set())).toEqual(['WRITTEN_RECORD_MISSING']);
    expect(reasons(new Set(['i1']))).toEqual([]);
    expect(reasons(new Set(), false)).toEqual([]);
  });

  it('is taken over by who is there, with tools counted and a clean place', () => {
    const reasons = (handover: object, relief: object = {}) =>
      acceptanceViolations({ ...ready, ...handover }, { ...there, ...relief }).map(
        ({ reason, rule }) => `${rule} ${reason}`,
      );
    expect(reasons({ toolsCountedAt: null, isCleaningPassed: false }, { isReliefThere: false })).toEqual([
      'A031 RELIEF_NOT_THERE',
      'A029 TOOLS_NOT_COUNTED',
      'A030 CLEANING_NOT_PASSED',
    ]);
    expect(reasons({ isCleaningPassed: null })).toEqual(['A030 CLEANING_NOT_PASSED']);
  });

  it('[A029] makes whoever borrowed a tool answer for it, else the leaver', () => {
    const expected = new Map([
      ['WRENCH', 3],
      ['TORCH', 2],
      ['RADIO', 1],
    ]);
    const count = (toolCode: string, countedCount: number, borrowerId?: string) => ({
      toolCode,
      countedCount,
      ...(borrowerId ? { borrowerId } : {}),
    });
    const counted = [count('WRENCH', 2), count('TORCH', 0, 'b1'), count('RADIO', 1, 'b1'), count('LADDER', 1)];
    expect(
      countTools(counted, expected, 'leaver').map((one) => [one.toolCode, one.expectedCount, one.liableStaffId]),
    ).toEqual([
      ['WRENCH', 3, 'leaver'],
      ['TORCH', 2, 'b1'],
      ['RADIO', 1, null],
      ['LADDER', 1, null],
    ]);
    expect(() => countTools([count('WRENCH', 3)], expected, 'leaver')).toThrow('INVALID_INPUT');
    expect(() => countTools([count('wrench', 3)], new Map(), 'leaver')).toThrow('CODE_MALFORMED');
  });

  it('[A315] of guards has the record of their patrol', () => {
    expect(() => requirePatrolRecord(['guard'], ' ')).toThrow('PATROL_RECORD_MISSING');
    requirePatrolRecord(['guard'], '22:00 全区正常');
    requirePatrolRecord(['maintenance', 'director'], null);
  });

  it('[A031] goes to the shift that follows', () => {
    const outgoing = {
      communityId: 'c',
      staffId: 'a',
      startsAt: at('00:00'),
      endsAt: at('08:00'),
      isServiceCentre: true,
      status: 'STARTED',
    } as const;
    const incoming = {
      ...outgoing,
      staffId: 'b',
      startsAt: at('08:00'),
      endsAt: at('16:00'),
      status: 'PLANNED',
    } as const;
    requireRelief(outgoing, incoming);
    for (const unfit of [
      { staffId: 'a' },
      { communityId: 'd' },
      { isServiceCentre: false },
      { startsAt: at('00:00') },
      { startsAt: new Date('2026-03-03T08:01:00Z') },
      { status: 'MISSED' as const },
    ]) {
      expect(() => requireRelief(outgoing, { ...incoming, ...unfit })).toThrow('RELIEF_UNFIT');
    }
  });
});
