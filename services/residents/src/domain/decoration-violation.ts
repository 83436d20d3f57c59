import type { violationKinds } from './decoration-violation-policy.ts';

export type DecorationViolationStatus = 'OPEN' | 'REMEDIED' | 'RESOLVED';
export type DecorationViolationKind = keyof typeof violationKinds;
export type DecorationViolationResolution = 'RESTORED' | 'APPROVED_AFTERWARDS';

/** Something found that breaks the agreement or the law (A250). */
export type DecorationViolation = {
  id: string;
  tenantId: string;
  communityId: string;
  number: string;
  version: number;
  createdAt: Date;
  decorationId: string;
  householdId: string;
  inspectionId: string | null;
  kind: DecorationViolationKind;
  status: DecorationViolationStatus;
  /** Work stands still until it is resolved. */
  isStopOrder: boolean;
  foundAt: Date;
  foundBy: string | null;
  noteSealed: string;
  remedyDueAt: Date;
  remediedAt: Date | null;
  remediedBy: string | null;
  resolvedAt: Date | null;
  resolution: DecorationViolationResolution | null;
  checkCount: number;
};

/** A photo of an inspection or a violation. */
export type DecorationPhoto = { id: string; tenantId: string; aboutId: string; fileId: string };
