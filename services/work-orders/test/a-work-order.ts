import { newId } from '@steward/core';

import type { WorkOrder } from '../src/domain/work-order.ts';

const receivedAt = new Date('2026-03-02T01:00:00.000Z');

/** An order as the rules see it: received on a Monday morning, free and not urgent unless told otherwise. */
export const aWorkOrder = (overrides: Partial<WorkOrder> = {}): WorkOrder => ({
  id: newId(),
  tenantId: newId(),
  communityId: newId(),
  number: 'WX-20260302-0001',
  version: 1,
  createdAt: receivedAt,
  receivedAt,
  status: 'RECEIVED',
  priority: 'NORMAL',
  channelCode: 'PHONE',
  tradeCode: 'PLUMBING',
  problemCode: 'TAP_OR_VALVE',
  part: 'COMMON',
  departmentCode: 'MAINTENANCE',
  placeId: newId(),
  unitId: null,
  buildingId: null,
  householdId: newId(),
  requesterId: null,
  responsibleParty: 'OWN_STAFF',
  responsibilityBasis: 'NO_WARRANTY',
  warrantyEndsOn: null,
  isPaid: false,
  sourceSystem: null,
  sourceKey: null,
  sourceStatus: null,
  sourceCreatedAt: null,
  sourceClosedAt: null,
  contactNameSealed: null,
  contactNameMasked: null,
  contactPhoneSealed: null,
  contactPhoneMasked: null,
  contactPhoneIndex: null,
  descriptionSealed: '',
  convenientFrom: null,
  convenientTo: null,
  appointmentAt: null,
  assigneeId: null,
  contractorId: null,
  dispatchCount: 0,
  assignedAt: null,
  arrivedAt: null,
  completedAt: null,
  dueAt: null,
  completionNoteSealed: null,
  pausedAt: null,
  pausedUntil: null,
  pauseReasonCode: null,
  statusBeforePause: null,
  returnVisitKind: 'OTHER',
  waterTestedAt: null,
  acceptedAt: null,
  returnVisitOutcome: null,
  returnVisitedAt: null,
  returnVisitAttempts: 0,
  reworkCount: 0,
  agreedQuoteId: null,
  agreedFeeAmount: null,
  currency: 'CNY',
  chargeState: 'NONE',
  chargeId: null,
  opinionRating: null,
  opinionSealed: null,
  urgeCount: 0,
  urgedAt: null,
  closedAt: null,
  cancelledAt: null,
  cancelReasonCode: null,
  ...overrides,
});

type Figures<Values> = Readonly<Record<keyof Values, { value: unknown }>>;

/** The defaults of a policy, as they hold for a community that overrides none. */
export const defaultsOf = <Values>(figures: Figures<Values>): Values =>
  Object.fromEntries(Object.entries<{ value: unknown }>(figures).map(([key, { value }]) => [key, value])) as Values;

/** Why a rule refuses: every path and reason; empty if it does not. */
export function reasonsOf(work: () => unknown): string[] {
  try {
    work();
  } catch (error) {
    if (isRefusal(error)) return error.violations.length > 0 ? error.violations.map(({ reason }) => reason) : [error.reason];
    throw error;
  }
  return [];
}

const isRefusal = (error: unknown): error is { reason: string; violations: { reason: string }[] } =>
  error instanceof Error && error.name === 'DomainError';
