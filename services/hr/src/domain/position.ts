import type { standardAuthorities } from './authority-policy.ts';
import type { educationLevels, positionRanks } from './position-policy.ts';
import type { StaffRole } from './staff.ts';

export type Identity = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
};

/** What belongs to the company as a whole. */
export type CompanyIdentity = Omit<Identity, 'communityId'> & { communityId: null };

export type PositionRank = (typeof positionRanks)[number];
export type EducationLevel = (typeof educationLevels)[number];
export type DutyCycle = 'DAILY' | 'WEEKLY' | 'MONTHLY';

/** Labels are null where the code is one of the standard, which is told in the language of the reader. */
export type PositionDuty = { code: string; label: string | null; cycle: DutyCycle };
export type PositionPartner = { side: 'INTERNAL' | 'EXTERNAL'; code: string | null; label: string | null };
export type PositionKpi = { code: string; label: string | null; targetPercent: number };

export type Requirements = {
  minAge: number | null;
  education: EducationLevel | null;
  fieldCode: string | null;
  minExperienceYears: number | null;
  languageCodes: string[];
  certificateKinds: string[];
};

export type PositionTerms = Requirements & {
  label: string | null;
  rank: PositionRank;
  role: StaffRole;
  reportsToCode: string | null;
  weeklyWorkDays: number | null;
  plannedCount: number;
  probationMonths: number;
  rotationGroup: string | null;
  isHandoverRequired: boolean;
  duties: PositionDuty[];
  partners: PositionPartner[];
  kpis: PositionKpi[];
};

/** A position of the catalogue; its number is its code. */
export type Position = CompanyIdentity & PositionTerms & { rule: string | null; status: 'ACTIVE' | 'RETIRED' };

export type AuthorityAction = (typeof standardAuthorities)[number]['action'];

/** `role` as the signed identity spells it; a delegation has a delegate instead. */
export type AuthorityGrant = CompanyIdentity & {
  action: AuthorityAction;
  role: string | null;
  delegateId: string | null;
  delegatorId: string | null;
  scopeId: string | null;
  belowRank: PositionRank | null;
  limitAmount: number | null;
  currency: string | null;
  validFrom: string;
  validTo: string | null;
  status: 'ACTIVE' | 'REVOKED';
};

export type SpendingRequest = Identity & {
  kind: 'PAYMENT' | 'CLAIM';
  requesterId: string;
  amount: number;
  currency: string;
  purposeSealed: string;
  status: 'REQUESTED' | 'APPROVED' | 'REJECTED' | 'WITHDRAWN';
  decidedAt: Date | null;
};
