import { DomainError, refuseAll, type Violation } from '@steward/core';

import type { AuthorityValues } from './complaint-policy.ts';
import type { Complaint, ComplaintRemedy } from './complaint.ts';
import { unique } from './handling-rules.ts';
import { isBlank } from './intake-rules.ts';
import { stay } from './transition-rules.ts';

type Drafted = { description: string; costAmount: number; plannedOn?: string | null };

/** What cannot be solved now: explained to the resident, reported up, remedies drafted with their cost (A093). */
export function proposeRemedies(
  complaint: Complaint,
  explanation: string,
  remedies: readonly Drafted[],
  today: string,
): Complaint {
  const kept = stay(complaint, 'proposeComplaintRemedies');
  const rule = 'A093';
  const violations: Violation[] = [];
  if (isBlank(explanation)) violations.push({ path: 'input.explanation', reason: 'EXPLANATION_REQUIRED', rule });
  if (remedies.length === 0) violations.push({ path: 'input.remedies', reason: 'REMEDY_REQUIRED', rule });
  remedies.forEach(({ description, costAmount, plannedOn }, index) => {
    const path = `input.remedies.${index}`;
    if (isBlank(description)) violations.push({ path: `${path}.description`, reason: 'TEXT_REQUIRED', rule });
    if (costAmount < 0) violations.push({ path: `${path}.costAmount`, reason: 'COST_NEGATIVE', rule });
    if (plannedOn != null && plannedOn < today) {
      violations.push({ path: `${path}.plannedOn`, reason: 'IN_THE_PAST', rule });
    }
  });
  refuseAll(violations);
  return { ...kept, doneSteps: unique([...complaint.doneSteps, 'EXPLANATION']) };
}

/**
 * What somebody may grant by themselves: the most that one of their roles allows, or the authority matrix in its place;
 * null without a limit (A207).
 */
export function remedyLimit(
  roles: readonly string[],
  figures: AuthorityValues,
  granted: readonly (number | null)[] = [],
): number | null {
  if (roles.includes('director') || granted.includes(null)) return null;
  const limits = roles.map((role) => {
    if (role === 'deputyDirector') return figures.deputyRemedyAmount;
    if (role === 'supervisor' || role === 'administrativeSupervisor') return figures.supervisorRemedyAmount;
    return role === 'clerk' ? figures.clerkRemedyAmount : 0;
  });
  return Math.max(0, ...limits, ...granted.filter((limit) => limit !== null));
}

export const isWithinAuthority = (costAmount: number, limit: number | null): boolean =>
  limit === null || costAmount <= limit;

/** A remedy is granted: what all granted ones cost together has to be within the authority, else the director decides. */
export function chooseRemedy(
  complaint: Complaint,
  remedy: ComplaintRemedy | null,
  limit: number | null,
): { complaint: Complaint; needsApproval: boolean } {
  const kept = stay(complaint, 'chooseComplaintRemedy');
  const path = 'input.remedyId';
  if (remedy === null) throw new DomainError('NOT_FOUND', 'REMEDY_UNKNOWN', { path, rule: 'A093' });
  if (remedy.state !== 'PROPOSED') throw new DomainError('CONFLICT', 'REMEDY_DECIDED', { path, rule: 'A093' });
  const remedyAmount = complaint.remedyAmount + remedy.costAmount;
  return isWithinAuthority(remedyAmount, limit)
    ? { complaint: { ...kept, remedyAmount }, needsApproval: false }
    : { complaint: { ...kept, openRemedyCount: complaint.openRemedyCount + 1 }, needsApproval: true };
}

/** The director grants it or does not (A207). */
export function decideRemedy(complaint: Complaint, remedy: ComplaintRemedy | null, isApproved: boolean): Complaint {
  const kept = stay(complaint, 'decideComplaintRemedy');
  const path = 'input.remedyId';
  if (remedy === null) throw new DomainError('NOT_FOUND', 'REMEDY_UNKNOWN', { path, rule: 'A207' });
  if (remedy.state !== 'AWAITING_APPROVAL') {
    throw new DomainError('CONFLICT', 'REMEDY_DECIDED', { path, rule: 'A207' });
  }
  return {
    ...kept,
    openRemedyCount: complaint.openRemedyCount - 1,
    remedyAmount: complaint.remedyAmount + (isApproved ? remedy.costAmount : 0),
  };
}
