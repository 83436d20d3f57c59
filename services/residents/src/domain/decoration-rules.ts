import { DomainError, refuseAll, type Violation } from '@steward/core';

import {
  agreementKind,
  applicantPapers,
  authorityKind,
  decorationCancelReasons,
  decorationParties,
  decorationRoutes,
  type DecorationValues,
} from './decoration-policy.ts';
import { decorationProcedure } from './decoration-transition-rules.ts';
import type { Decoration, DecorationChargeState, DecorationPapers, DecorationParty } from './decoration.ts';
import { textViolations } from './text-rules.ts';

const { moveTo, requireAction } = decorationProcedure;

/** Whether the authority has to approve: structure changed, load clearly increased (A085), or a temporary structure. */
export const needsAuthority = (
  decoration: Pick<Decoration, 'kind' | 'isStructureChanged' | 'isLoadIncreased'>,
): boolean =>
  decoration.isStructureChanged || decoration.isLoadIncreased || decorationRoutes[decoration.kind].needsAuthority;

const hasAuthorityPaper = ({ authorityApprovalNumber }: Decoration, { scannedKinds }: DecorationPapers): boolean =>
  authorityApprovalNumber !== null && scannedKinds.includes(authorityKind);

type Applied = {
  applicantKind: 'OWNER' | 'AGENT';
  isApplicantKnown: boolean;
  isApplicantOwner: boolean;
  /** In the app everybody applies for themselves. */
  mayNameApplicant: boolean;
  isUnitOwned: boolean;
  isContractor: boolean;
  description: string;
  plannedFrom: string;
  plannedTo: string;
  today: string;
};

/** What is wrong with an application (A083). */
export function applicationViolations(applied: Applied): Violation[] {
  const rule = 'A083';
  const violations: Violation[] = [];
  if (!applied.isUnitOwned) violations.push({ path: 'input.unitId', reason: 'UNIT_NOT_OWNED', rule });
  if (!applied.isApplicantKnown) violations.push({ path: 'input.applicantId', reason: 'PERSON_UNKNOWN', rule });
  else if (applied.applicantKind === 'OWNER' && !applied.isApplicantOwner)
    violations.push({ path: 'input.applicantId', reason: 'APPLICANT_NOT_OWNER', rule });
  if (!applied.mayNameApplicant) violations.push({ path: 'input.applicantId', reason: 'APPLICANT_IS_CALLER', rule });
  if (!applied.isContractor)
    violations.push({ path: 'input.contractorId', reason: 'CONTRACTOR_UNKNOWN', rule: 'A084' });
  violations.push(...textViolations(applied.description, 'input.description'));
  if (applied.plannedTo <= applied.plannedFrom || applied.plannedTo <= applied.today)
    violations.push({ path: 'input.plannedTo', reason: 'RANGE_EMPTY', rule: 'A086' });
  return violations;
}

/** Papers of the applicant that are not there yet (A083). */
export const missingApplicantPapers = (
  { applicantKind }: Pick<Decoration, 'applicantKind'>,
  { scannedKinds }: Pick<DecorationPapers, 'scannedKinds'>,
): string[] => applicantPapers[applicantKind].filter((code) => !scannedKinds.includes(code));

const paperViolations = (codes: readonly string[], rule: string): Violation[] =>
  codes.map((kindCode) => ({ path: 'input.id', reason: 'PAPER_MISSING', rule, params: { kindCode } }));

const unacknowledged = ({ acknowledgedBy }: DecorationPapers): DecorationParty[] =>
  decorationParties.filter((party) => !acknowledgedBy.includes(party));

const termsViolations = (papers: DecorationPapers): Violation[] =>
  unacknowledged(papers).map((party) => ({
    path: 'input.id',
    reason: 'TERMS_NOT_ACKNOWLEDGED',
    rule: 'A084',
    params: { party },
  }));

/** What stands in the way of the agreement: hours and prohibitions are made known to owner and contractor first (A084). */
export const agreementViolations = (papers: DecorationPapers): Violation[] => termsViolations(papers);

/** What is missing before the plan can be reviewed. */
export function planViolations(decoration: Decoration, papers: DecorationPapers): Violation[] {
  const violations = [
    ...paperViolations(missingApplicantPapers(decoration, papers), 'A083'),
    ...termsViolations(papers),
  ];
  if (decoration.agreementSignedAt === null)
    violations.push({ path: 'input.id', reason: 'AGREEMENT_NOT_SIGNED', rule: 'A084' });
  return violations;
}

const isPaid = (amount: number, state: DecorationChargeState): boolean => amount === 0 || state === 'SETTLED';

/**
 * Everything that is missing for the permit, at once (A083-A087, A225). The authority's approval of a change of structure
 * or a clear increase of load is asked for whoever issues the permit (A085).
 */
export function permitViolations(decoration: Decoration, papers: DecorationPapers): Violation[] {
  const path = 'input.id';
  const violations = planViolations(decoration, papers);
  if (decoration.planDecision !== 'APPROVED') violations.push({ path, reason: 'PLAN_NOT_APPROVED', rule: 'A225' });
  if (needsAuthority(decoration) && !hasAuthorityPaper(decoration, papers))
    violations.push({ path, reason: 'AUTHORITY_APPROVAL_MISSING', rule: 'A085' });
  if (!isPaid(decoration.wasteFeeAmount, decoration.wasteFeeState))
    violations.push({ path, reason: 'WASTE_FEE_NOT_PAID', rule: 'A087' });
  if (!isPaid(decoration.depositAmount, decoration.depositState))
    violations.push({ path, reason: 'DEPOSIT_NOT_PAID', rule: 'A225' });
  return violations;
}

/** The days of a permit; `latest` is the last first day after it that the policy allows, `days` how many those are. */
type Validity = { from: string; to: string; today: string; latest: string; days: number };

/** The longest that a permit of the kind may last. */
export const longestDays = ({ kind }: Pick<Decoration, 'kind'>, figures: DecorationValues): number =>
  figures[decorationRoutes[kind].longest];

/** What is wrong with the days of a permit. */
export function validityViolations({ from, to, today, latest, days }: Validity): Violation[] {
  const rule = 'A086';
  if (to <= from || to <= today) return [{ path: 'input.validTo', reason: 'RANGE_EMPTY', rule }];
  return to > latest ? [{ path: 'input.validTo', reason: 'PERMIT_TOO_LONG', rule, params: { days } }] : [];
}

/** The permit, once nothing is missing any more; whoever lacks something else reads of both at once. */
export function issuePermit(
  decoration: Decoration,
  papers: DecorationPapers,
  permit: { number: string; validity: Validity; otherViolations: Violation[] },
): Decoration {
  requireAction(decoration, 'issueDecorationPermit');
  refuseAll([
    ...permitViolations(decoration, papers),
    ...validityViolations(permit.validity),
    ...permit.otherViolations,
  ]);
  return {
    ...moveTo(decoration, 'issueDecorationPermit', 'PERMITTED'),
    permitNumber: permit.number,
    permitFrom: permit.validity.from,
    permitTo: permit.validity.to,
  };
}

/** A longer permit: later than now, by no more than an extension's days, and no more often than allowed. */
export function extendPermit(
  decoration: Decoration,
  { to, today, latest }: { to: string; today: string; latest: string },
  { longestExtensionDays, mostExtensions }: DecorationValues,
): Decoration {
  const extended = moveTo(decoration, 'extendDecorationPermit', 'PERMITTED');
  const { permitTo } = decoration;
  if (permitTo === null) throw new Error('what is permitted has a permit');
  const rule = 'A086';
  const violations: Violation[] = [];
  if (to <= permitTo || to <= today) violations.push({ path: 'input.validTo', reason: 'NOT_LONGER', rule });
  if (to > latest)
    violations.push({ path: 'input.validTo', reason: 'PERMIT_TOO_LONG', rule, params: { days: longestExtensionDays } });
  if (decoration.extensionCount >= mostExtensions)
    violations.push({ path: 'input.id', reason: 'EXTENSIONS_USED_UP', rule, params: { most: mostExtensions } });
  refuseAll(violations);
  return { ...extended, permitTo: to, extensionCount: decoration.extensionCount + 1 };
}

/** Whether the permit's days are over. */
export const isPermitOver = ({ permitTo }: Pick<Decoration, 'permitTo'>, today: string): boolean =>
  permitTo !== null && permitTo <= today;

/** The timer's step: what is permitted and over expires; what stands still or is finished stays as it is. */
export const expirePermit = (decoration: Decoration, today: string): Decoration =>
  decoration.status === 'PERMITTED' && isPermitOver(decoration, today)
    ? { ...decoration, status: 'EXPIRED' }
    : decoration;

/** A stop order holds until its violation is resolved; the permit's days went on meanwhile. */
export const liftStopOrder = (decoration: Decoration, today: string): Decoration =>
  decoration.status === 'STOPPED'
    ? { ...decoration, status: isPermitOver(decoration, today) ? 'EXPIRED' : 'PERMITTED' }
    : decoration;

/** From which day an extension counts: the end of the permit, or today once that is past. */
export const extendedFrom = ({ permitTo }: Pick<Decoration, 'permitTo'>, today: string): string =>
  permitTo !== null && permitTo > today ? permitTo : today;

/** Everything the archive of an application holds (A088), and what of it is missing. */
export function judgeArchive(
  decoration: Decoration,
  { scannedKinds }: Pick<DecorationPapers, 'scannedKinds'>,
): { requiredKindCodes: string[]; missingKindCodes: string[]; isComplete: boolean } {
  const requiredKindCodes = [
    ...(decoration.applicantKind === 'AGENT' ? applicantPapers.AGENT : []),
    agreementKind,
    ...(needsAuthority(decoration) ? [authorityKind] : []),
  ];
  const missingKindCodes = requiredKindCodes.filter((code) => !scannedKinds.includes(code));
  return { requiredKindCodes, missingKindCodes, isComplete: missingKindCodes.length === 0 };
}

/** Whether the deposit can be asked back: the check passed, nothing is unresolved, and it was paid (A225). */
export const isRefundDue = (
  decoration: Pick<Decoration, 'completedAt' | 'depositState'>,
  { openViolations }: Pick<DecorationPapers, 'openViolations'>,
): boolean => decoration.completedAt !== null && openViolations === 0 && decoration.depositState === 'SETTLED';

/** Everything that keeps an application from being closed, at once (A088, A225). */
export function closingViolations(decoration: Decoration, papers: DecorationPapers): Violation[] {
  const path = 'input.id';
  const violations = paperViolations(judgeArchive(decoration, papers).missingKindCodes, 'A088');
  if (papers.openViolations > 0)
    violations.push({ path, reason: 'VIOLATIONS_OPEN', rule: 'A250', params: { count: papers.openViolations } });
  const isRefunded = ['REFUND_REQUESTED', 'REFUNDED'].includes(decoration.depositState);
  if (decoration.depositAmount > 0 && !isRefunded) violations.push({ path, reason: 'REFUND_NOT_ASKED', rule: 'A225' });
  return violations;
}

const pending: readonly DecorationChargeState[] = ['REQUESTED', 'RAISED'];

/** An application given up before its permit; what was asked for and not paid is taken back by billing first. */
export function cancelDecorationRule(decoration: Decoration, reasonCode: string): Decoration {
  const cancelled = moveTo(decoration, 'cancelDecoration', 'CANCELLED');
  if (!decorationCancelReasons.includes(reasonCode)) {
    const params = { code: reasonCode };
    throw new DomainError('BAD_USER_INPUT', 'REASON_UNKNOWN', { path: 'input.reasonCode', rule: 'B010', params });
  }
  if (pending.includes(decoration.depositState) || pending.includes(decoration.wasteFeeState))
    throw new DomainError('CONFLICT', 'CHARGE_NOT_REVERSED', { rule: 'A225' });
  return { ...cancelled, cancelReasonCode: reasonCode };
}

type Fact = 'raised' | 'settled' | 'reversed';

/** How far a sum has come after a fact of billing; a charge that is taken back after the refund was asked is the refund. */
export function nextChargeState(state: DecorationChargeState, fact: Fact): DecorationChargeState {
  if (fact === 'reversed') return state === 'REFUND_REQUESTED' ? 'REFUNDED' : 'REVERSED';
  if (fact === 'settled') return 'SETTLED';
  return state === 'SETTLED' ? state : 'RAISED';
}
