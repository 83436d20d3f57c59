import type { Visit } from './after-handling-rules.ts';
import type { Complaint, ComplaintContactForm, ComplaintRemedy, ComplaintRepair } from './complaint.ts';
import type { RecurringProblem } from './recurring-problem.ts';

/** What the events of a complaint tell: ids, codes and figures, never a name, a phone or a word of anybody. */

export const idFact = ({ id }: Complaint) => ({ complaintId: id });

export const registeredFact = (complaint: Complaint) => ({
  complaintId: complaint.id,
  number: complaint.number,
  nature: complaint.nature,
  grade: complaint.grade,
  channelCode: complaint.channelCode,
  categoryCode: complaint.categoryCode,
  departmentCode: complaint.departmentCode,
  departmentCodes: complaint.departmentCodes,
  placeId: complaint.placeId,
  unitId: complaint.unitId,
  buildingId: complaint.buildingId,
  householdId: complaint.householdId,
  isHarmOngoing: complaint.isHarmOngoing,
  receivedAt: complaint.receivedAt.toISOString(),
  source:
    complaint.sourceSystem === null || complaint.sourceKey === null
      ? null
      : { system: complaint.sourceSystem, key: complaint.sourceKey },
});

export const routedFact = (complaint: Complaint, forms: readonly ComplaintContactForm[]) => ({
  complaintId: complaint.id,
  forms: forms.map(({ id, departmentCode, round }) => ({ formId: id, departmentCode, round })),
});

export const remedyFact = (complaint: Complaint, { id, costAmount, currency }: ComplaintRemedy) => ({
  complaintId: complaint.id,
  remedyId: id,
  cost: { amount: costAmount, currency },
  householdId: complaint.householdId,
});

export const repairRequestedFact = (complaint: Complaint, repair: ComplaintRepair) => ({
  complaintId: complaint.id,
  number: complaint.number,
  requestId: repair.id,
  placeId: repair.placeId,
  householdId: complaint.householdId,
  tradeCode: repair.tradeCode,
  problemCode: repair.problemCode,
  isEmergency: repair.isEmergency,
});

export const resolvedFact = (complaint: Complaint, resolvedAt: Date) => ({
  complaintId: complaint.id,
  householdId: complaint.householdId,
  resolvedAt: resolvedAt.toISOString(),
  isInTime: complaint.dueAt !== null && resolvedAt <= complaint.dueAt,
  round: complaint.reopenCount + 1,
});

export const returnVisitedFact = (complaint: Complaint, { outcome, rating, at }: Visit) => ({
  complaintId: complaint.id,
  householdId: complaint.householdId,
  visitedAt: at.toISOString(),
  outcome,
  rating: rating ?? null,
  isFinal: outcome === 'UNSATISFIED' || complaint.returnVisitOutcome !== null,
});

export const problemFact = ({ id, categoryCode, buildingId }: RecurringProblem) => ({
  problemId: id,
  categoryCode,
  buildingId,
});
