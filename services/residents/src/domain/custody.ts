export type CustodyStatus = 'REQUESTED' | 'ACTIVE' | 'ENDED' | 'CANCELLED';
export type CustodyPatrolKind = 'WEEKLY' | 'BEFORE_RAIN' | 'AFTER_RAIN' | 'EXTRA';
export type CustodyPatrolStatus = 'DUE' | 'DONE' | 'MISSED' | 'CANCELLED';
export type CustodyMeter = 'WATER' | 'ELECTRICITY';

/** An empty flat that the property company looks after (托管房). Meters are exact decimals. */
export type Custody = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  status: CustodyStatus;
  householdId: string;
  unitId: string;
  /** The member of staff who answers for it. */
  coordinatorId: string | null;
  signedAt: Date | null;
  startsOn: string | null;
  /** First day no longer under custody. */
  endsOn: string | null;
  managementFeeShare: string | null;
  startWaterM3: string | null;
  startElectricityKwh: string | null;
  lastWaterM3: string | null;
  lastElectricityKwh: string | null;
  lastReadAt: Date | null;
  waterExceededAt: Date | null;
  electricityExceededAt: Date | null;
  reasonCode: string | null;
};

/** One reading of both meters; never changed. */
export type CustodyReading = {
  id: string;
  tenantId: string;
  custodyId: string;
  takenAt: Date;
  waterM3: string;
  electricityKwh: string;
  takenBy: string | null;
  photoFileIds: string[];
};

/** A walk round the flat from outside: due, done or missed. */
export type CustodyPatrol = {
  id: string;
  tenantId: string;
  custodyId: string;
  kind: CustodyPatrolKind;
  status: CustodyPatrolStatus;
  warningId: string | null;
  dueAt: Date | null;
  patrolledAt: Date | null;
  patrolledBy: string | null;
  findingCodes: string[];
  noteSealed: string | null;
  photoFileIds: string[];
};

/** A warning of heavy rain for a community, half-open like every range. */
export type HeavyRainWarning = {
  id: string;
  tenantId: string;
  communityId: string;
  rainFrom: Date;
  rainTo: Date;
  recordedAt: Date;
  recordedBy: string | null;
};
