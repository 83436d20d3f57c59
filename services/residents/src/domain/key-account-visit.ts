import type { HouseholdSegment } from './household.ts';

export type KeyAccountVisitStatus = 'DUE' | 'COMPLAINT_AWAITED' | 'DONE' | 'CANCELLED';
export type KeyAccountVisitOutcome = 'SATISFIED' | 'UNSATISFIED' | 'UNREACHABLE';
export type KeyAccountVisitMeans = 'IN_PERSON' | 'PHONE' | 'MESSAGE';

/** A periodic return visit of a key account (A204). */
export type KeyAccountVisit = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  householdId: string;
  segment: HouseholdSegment;
  status: KeyAccountVisitStatus;
  dueOn: string;
  attemptCount: number;
  outcome: KeyAccountVisitOutcome | null;
  means: KeyAccountVisitMeans | null;
  opinionSealed: string | null;
  visitedAt: Date | null;
  visitedById: string | null;
  complaintId: string | null;
};
