import type { DecorationInspection } from './decoration-inspection.ts';
import type { DecorationValues } from './decoration-policy.ts';
import { decorationFigures } from './decoration-policy.ts';
import type { DecorationViolation } from './decoration-violation.ts';
import type { Decoration, DecorationPapers } from './decoration.ts';

const identity = {
  id: '0197a1b2-0000-7000-8000-000000000001',
  tenantId: '0197a1b2-0000-7000-8000-000000000002',
  communityId: '0197a1b2-0000-7000-8000-000000000003',
  version: 1,
  createdAt: new Date('2026-03-02T01:00:00Z'),
  householdId: '0197a1b2-0000-7000-8000-000000000004',
};

/** An approved and paid application of an owner in person; for tests. */
export const aDecoration = (overrides: Partial<Decoration> = {}): Decoration => ({
  ...identity,
  number: 'ZX-20260302-0001',
  kind: 'DECORATION',
  status: 'APPROVED',
  unitId: '0197a1b2-0000-7000-8000-000000000005',
  applicantKind: 'OWNER',
  applicantId: '0197a1b2-0000-7000-8000-000000000006',
  contractorId: '0197a1b2-0000-7000-8000-000000000007',
  handlerId: null,
  descriptionSealed: '',
  isStructureChanged: false,
  isLoadIncreased: false,
  plannedFrom: '2026-03-09',
  plannedTo: '2026-04-09',
  agreementSignedAt: new Date('2026-03-02T02:00:00Z'),
  planSubmittedAt: null,
  planSubmittedBy: null,
  planDecision: 'APPROVED',
  planDecidedAt: null,
  planReasonSealed: null,
  authorityApprovalNumber: null,
  authorityName: null,
  authorityApprovedOn: null,
  permitNumber: null,
  permitFrom: null,
  permitTo: null,
  extensionCount: 0,
  currency: 'CNY',
  depositAmount: 200_000,
  depositState: 'SETTLED',
  depositChargeId: null,
  wasteFeeAmount: 30_000,
  wasteFeeState: 'SETTLED',
  wasteFeeChargeId: null,
  completionRequestedAt: null,
  completedAt: null,
  closedAt: null,
  cancelReasonCode: null,
  ...overrides,
});

/** Its papers, complete; for tests. */
export const somePapers = (overrides: Partial<DecorationPapers> = {}): DecorationPapers => ({
  scannedKinds: ['OWNER_IDENTITY_CARD', 'DECORATION_AGREEMENT'],
  acknowledgedBy: ['OWNER', 'CONTRACTOR'],
  openViolations: 0,
  ...overrides,
});

export const anInspection = (overrides: Partial<DecorationInspection> = {}): DecorationInspection => ({
  ...identity,
  number: 'XC-20260310-0001',
  decorationId: identity.id,
  origin: 'SAMPLE',
  status: 'OPEN',
  inspectedOn: '2026-03-10',
  inspectedAt: null,
  inspectorId: null,
  failedCodes: [],
  findingsSealed: null,
  ...overrides,
});

export const aViolation = (overrides: Partial<DecorationViolation> = {}): DecorationViolation => ({
  ...identity,
  number: 'WG-20260310-0001',
  decorationId: identity.id,
  inspectionId: null,
  kind: 'WASTE',
  status: 'REMEDIED',
  isStopOrder: false,
  foundAt: new Date('2026-03-10T01:00:00Z'),
  foundBy: null,
  noteSealed: '',
  remedyDueAt: new Date('2026-03-13T16:00:00Z'),
  remediedAt: new Date('2026-03-11T01:00:00Z'),
  remediedBy: null,
  resolvedAt: null,
  resolution: null,
  checkCount: 0,
  ...overrides,
});

/** The figures where no community has changed one. */
export const defaultFigures = Object.fromEntries(
  Object.entries(decorationFigures).map(([key, { value }]) => [key, value]),
) as DecorationValues;

/** Why a rule refuses, as `reason/rule`; empty if it does not. */
export function refusalsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    const { name, reason, rule, violations } = error as {
      name?: string;
      reason: string;
      rule?: string;
      violations: { reason: string; rule?: string }[];
    };
    if (name !== 'DomainError') throw error;
    return violations.length > 0 ? violations.map((one) => `${one.reason}/${one.rule}`) : [`${reason}/${rule}`];
  }
  return [];
}
