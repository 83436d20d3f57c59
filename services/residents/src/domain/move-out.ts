import type { MoveOutStatus } from './move-out-policy.ts';
import type { ProcedureChargeState } from './move-in.ts';

/** The leaving of a household from one unit: return of the unit, settlement, counter-signing, signature. */
export type MoveOut = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: MoveOutStatus;
  householdId: string;
  unitId: string;
  holdingId: string;
  /** First day without the unit. */
  leavesOn: string;
  inspectedAt: Date | null;
  keyCount: number | null;
  waterReading: string | null;
  electricityReading: string | null;
  gasReading: string | null;
  chargeState: ProcedureChargeState;
  chargeId: string | null;
  /** Departments that have nothing against it. */
  counterSigned: string[];
  closedAt: Date | null;
  cancelledAt: Date | null;
  cancelReasonCode: string | null;
};
