import type { staffActions, staffRoles } from './staff-policy.ts';

export type StaffStatus = keyof typeof staffActions;
export type StaffRole = keyof typeof staffRoles;
export type StaffAction = (typeof staffActions)['EMPLOYED'][number];

/** Someone who works or worked for the company. Personal data is sealed; what everyone may see is kept masked. */
export type Staff = {
  id: string;
  tenantId: string;
  /** Community that employs the staff member, and on which access is judged. */
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  nameSealed: string;
  nameMasked: string;
  phoneSealed: string | null;
  phoneMasked: string | null;
  /** Blind index: finds an equal phone without showing one. */
  phoneIndex: string | null;
  status: StaffStatus;
  employedOn: string;
  /** First day no longer employed. */
  leftOn: string | null;
  leavingReasonCode: string | null;
  tradeCodes: string[];
  dutyFrom: Date | null;
  /** Null while `dutyFrom` is set: until further notice. */
  dutyTo: Date | null;
};

/** What a post consists of; days are half-open `[validFrom, validTo)`. */
export type PostTerms = {
  communityId: string;
  departmentId: string;
  teamId: string | null;
  positionCode: string;
  role: StaffRole;
  validFrom: string;
  validTo: string | null;
};

export type StaffPost = PostTerms & { id: string; tenantId: string; staffId: string };
