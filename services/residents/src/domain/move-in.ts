import type { meters, MoveInStatus } from './move-in-policy.ts';

export type MoveInApplicantKind = 'OWNER' | 'AGENT' | 'COMPANY';
export type ProcedureChargeState = 'NONE' | 'REQUESTED' | 'RAISED' | 'SETTLED' | 'REVERSED';
export type MeterKind = keyof typeof meters;

/** The moving in of a household into one unit, from the papers to the owner's signature. */
export type MoveIn = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: MoveInStatus;
  householdId: string;
  unitId: string;
  applicantKind: MoveInApplicantKind;
  /** Who answers for it. */
  coordinatorId: string;
  agreementsSignedAt: Date | null;
  handedOverAt: Date | null;
  keyCount: number | null;
  chargeState: ProcedureChargeState;
  chargeId: string | null;
  inspectedAt: Date | null;
  waterReading: string | null;
  electricityReading: string | null;
  gasReading: string | null;
  readAt: Date | null;
  reacceptanceAt: Date | null;
  acceptedAt: Date | null;
  closedAt: Date | null;
  cancelledAt: Date | null;
  cancelReasonCode: string | null;
};

/**
 * How far the repair of a defect is. FOUND: no order yet. ORDERED: an order is under way. DONE: it was accepted or is
 * over. PASSED, FAILED: what maintenance found when re-checking; a failed one is followed by another.
 */
export type RepairState = 'FOUND' | 'ORDERED' | 'DONE' | 'PASSED' | 'FAILED';

/** A defect of the acceptance form; one that fails again is another of the next round. */
export type MoveInDefect = {
  id: string;
  tenantId: string;
  moveInId: string;
  itemCode: string;
  tradeCode: string;
  problemCode: string;
  round: number;
  noteSealed: string | null;
  foundAt: Date;
  state: RepairState;
  workOrderId: string | null;
  recheckedAt: Date | null;
};

/** A paper handed in for a move-in; the paper itself is in the household's file. */
export type MoveInPaper = { id: string; tenantId: string; moveInId: string; kindCode: string; documentId: string };
