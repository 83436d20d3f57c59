export type DecorationInspectionStatus = 'OPEN' | 'RECORDED';
export type DecorationInspectionOrigin = 'SAMPLE' | 'PATROL';

/** A look at a unit under way: drawn for the day (A238), or taken up on a patrol (A313). */
export type DecorationInspection = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  decorationId: string;
  householdId: string;
  origin: DecorationInspectionOrigin;
  status: DecorationInspectionStatus;
  /** The day it is for, in the zone of the community. */
  inspectedOn: string;
  inspectedAt: Date | null;
  inspectorId: string | null;
  failedCodes: string[];
  findingsSealed: string | null;
};
