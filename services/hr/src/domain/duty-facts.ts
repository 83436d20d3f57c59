import type { Certificate, DutyGap, DutyRoster, DutyShift, InductionRecord, ShiftPattern } from './duty-roster.ts';

/** What events say about rosters, shifts and who may work them: ids, codes and times. */

const instant = (at: Date | null): string | null => at?.toISOString() ?? null;

export const certificateFact = ({ id, staffId, kindCode, issuedOn, expiresOn }: Certificate) => ({
  certificateId: id,
  staffId,
  kindCode,
  issuedOn,
  expiresOn,
});

export const inductionFact = ({ id, staffId, completedOn, isPassed }: InductionRecord) => ({
  inductionId: id,
  staffId,
  completedOn,
  isPassed,
});

export const patternFact = ({ id, communityId, number, validFrom, validTo }: ShiftPattern) => ({
  patternId: id,
  communityId,
  code: number,
  validFrom,
  validTo,
});

export const rosterFact = ({ id, communityId, kind, departmentId, startsOn, endsOn, shiftCount }: DutyRoster) => ({
  rosterId: id,
  communityId,
  kind,
  departmentId,
  startsOn,
  endsOn,
  shiftCount,
});

export const shiftFact = (shift: DutyShift) => ({
  shiftId: shift.id,
  rosterId: shift.rosterId,
  patternCode: shift.patternCode,
  staffId: shift.staffId,
  startsAt: shift.startsAt.toISOString(),
  endsAt: shift.endsAt.toISOString(),
  isServiceCentre: shift.isServiceCentre,
  startedAt: instant(shift.startedAt),
  endedAt: instant(shift.endedAt),
  awayFrom: instant(shift.awayFrom),
  substituteId: shift.substituteId,
});

export const gapFact = ({ id, communityId, gapFrom, gapTo, cause }: DutyGap) => ({
  gapId: id,
  communityId,
  from: gapFrom.toISOString(),
  to: instant(gapTo),
  cause,
});
