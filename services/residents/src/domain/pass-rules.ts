import { DomainError, type Violation } from '@steward/core';

import { passItemLimit, passKinds, passTransitions, validityFigures, type passPolicy } from './pass-policy.ts';
import type { Pass, PassCause, PassDirection, PassItem, PassKind, VehicleCondition } from './pass.ts';
import { procedureRules } from './procedure.ts';
import { phoneViolations } from './text-rules.ts';

export const passRules = procedureRules(passTransitions);

/** What is asked for. */
export type PassRequest = {
  kind: PassKind;
  holderName: string | null;
  holderPhone: string | null;
  holderCount: number;
  plate: string | null;
  items: readonly PassItem[];
  photoCount: number;
  validFrom: Date;
  validTo: Date;
};

type Figures = Record<keyof typeof passPolicy.figures, number>;

const isBlank = (text: string | null): boolean => text === null || text.trim() === '';

const hours = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 3_600_000;

/** The longest that a kind holds, in hours; null for kinds whose procedure says how long. */
export function longestValidity(kind: PassKind, figures: Figures): number | null {
  const key = (validityFigures as Partial<Record<PassKind, keyof Figures>>)[kind];
  return key === undefined ? null : figures[key];
}

function itemViolations(items: readonly PassItem[], photoCount: number): Violation[] {
  const violations: Violation[] = items.flatMap(({ name, quantity }, index) => {
    const path = `input.items.${index}`;
    return [
      ...(isBlank(name) ? [{ path: `${path}.name`, reason: 'TEXT_REQUIRED', rule: 'A065' }] : []),
      ...(quantity < 1 ? [{ path: `${path}.quantity`, reason: 'PASS_QUANTITY', rule: 'A065' }] : []),
    ];
  });
  if (items.length > passItemLimit.value) violations.push({ path: 'input.items', reason: 'PASS_ITEMS', rule: 'A065' });
  if (items.some(({ isLarge }) => isLarge) && photoCount === 0) {
    violations.push({ path: 'input.photoFileIds', reason: 'PASS_ITEM_PHOTOS_REQUIRED', rule: 'A312' });
  }
  return violations;
}

function neededViolations({ kind, holderName, plate, items, holderCount }: PassRequest): Violation[] {
  const { needs, rule } = passKinds[kind];
  const wanted: readonly string[] = needs;
  const violations: Violation[] = [];
  if (wanted.includes('HOLDER') && isBlank(holderName)) {
    violations.push({ path: 'input.holderName', reason: 'PASS_HOLDER_REQUIRED', rule });
  }
  if (wanted.includes('PLATE') && isBlank(plate)) {
    violations.push({ path: 'input.plate', reason: 'PASS_PLATE_REQUIRED', rule });
  }
  if (wanted.includes('ITEMS') && items.length === 0) {
    violations.push({ path: 'input.items', reason: 'PASS_ITEMS_REQUIRED', rule });
  }
  if (holderCount < 1) violations.push({ path: 'input.holderCount', reason: 'PASS_QUANTITY', rule });
  return violations;
}

/** Everything that a request lacks; passes of a procedure are issued by that alone. */
export function requestViolations(request: PassRequest, figures: Figures): Violation[] {
  const { kind, validFrom, validTo, items, photoCount, holderPhone } = request;
  const { rule } = passKinds[kind];
  const longest = longestValidity(kind, figures);
  if (longest === null) return [{ path: 'input.kind', reason: 'PASS_OF_PROCEDURE', rule, params: { kind } }];
  const violations = [
    ...neededViolations(request),
    ...itemViolations(items, photoCount),
    ...phoneViolations(holderPhone, 'input.holderPhone'),
  ];
  if (validTo <= validFrom) violations.push({ path: 'input.validTo', reason: 'RANGE_EMPTY', rule });
  if (hours(validFrom, validTo) > longest) {
    violations.push({ path: 'input.validTo', reason: 'PASS_VALIDITY_TOO_LONG', rule, params: { hours: longest } });
  }
  return violations;
}

/** Whether a resident's request holds at once or waits for the desk; refuses what residents cannot ask for. */
export function statusOfRequest(kind: PassKind, sender: { isStaff: boolean; roles: readonly string[] }) {
  const { application, issuers, rule } = passKinds[kind];
  if (!sender.isStaff) return application === 'AT_ONCE' ? 'VALID' : 'REQUESTED';
  const may: readonly string[] = issuers;
  if (!sender.roles.some((role) => may.includes(role))) throw new DomainError('FORBIDDEN', 'ACCESS_DENIED', { rule });
  return 'VALID';
}

/** What is presented at the gate. */
export type Presentation = {
  isGateKnown: boolean;
  direction: PassDirection;
  /** What the guard saw is what the pass says. */
  isMatching: boolean;
  arePapersShown: boolean;
  condition: VehicleCondition | null;
  photoCount: number;
};

export type PassCheck = 'HOLDER' | 'ITEMS' | 'PAPERS' | 'PLATE' | 'CONDITION';

/** What the guard has to look at. */
export function checksOf({ kind, plateMasked, items, holderNameMasked }: Pass): PassCheck[] {
  const checks: PassCheck[] = [];
  if (holderNameMasked !== null) checks.push('HOLDER');
  if (kind === 'ITEM_RELEASE') checks.push('ITEMS');
  if (items.some(({ isLarge }) => isLarge)) checks.push('PAPERS');
  if (plateMasked !== null) checks.push('PLATE', 'CONDITION');
  return checks;
}

type Refused = { reason: string; params?: Record<string, string> };

/** Why the pass opens no gate at that time, whatever is presented; its own state with the figures that go with it. */
function holdRefusal(pass: Pass, at: Date, gateNumber: string | null): Refused | null {
  const { status, usedAt, validFrom, validTo } = pass;
  if (status === 'USED') {
    return { reason: 'PASS_USED', params: { usedAt: usedAt?.toISOString() ?? '', gate: gateNumber ?? '' } };
  }
  if (status === 'REQUESTED') return { reason: 'PASS_NOT_ISSUED' };
  if (status === 'SUSPENDED') return { reason: 'PASS_SUSPENDED' };
  if (status === 'WITHDRAWN') return { reason: 'PASS_WITHDRAWN' };
  if (status === 'EXPIRED' || at >= validTo) {
    return { reason: 'PASS_EXPIRED', params: { validTo: validTo.toISOString() } };
  }
  if (at < validFrom) return { reason: 'PASS_NOT_YET_VALID', params: { validFrom: validFrom.toISOString() } };
  return null;
}

/** Refuses a pass that does not hold; one that was used says when and at which gate. */
export function requireHolding(pass: Pass, at: Date, usedGateNumber: string | null): void {
  const refused = holdRefusal(pass, at, usedGateNumber);
  if (refused === null) return;
  const { rule } = passKinds[pass.kind];
  throw new DomainError('CONFLICT', refused.reason, { rule, ...(refused.params ? { params: refused.params } : {}) });
}

/** Everything that is missing or wrong at the gate. */
export function presentationViolations(pass: Pass, presented: Presentation): Violation[] {
  const { rule } = passKinds[pass.kind];
  const checks = checksOf(pass);
  const violations: Violation[] = [];
  if (!presented.isGateKnown) violations.push({ path: 'input.gateId', reason: 'PASS_GATE_UNKNOWN', rule });
  if (!presented.isMatching) violations.push({ path: 'input.isMatching', reason: 'PASS_NOT_MATCHING', rule });
  if (checks.includes('PAPERS') && !presented.arePapersShown) {
    violations.push({ path: 'input.isShowingPapers', reason: 'PASS_PAPERS_NOT_SHOWN', rule: 'A312' });
  }
  const { condition } = presented;
  if (checks.includes('CONDITION') && presented.direction === 'ENTRY') {
    if (condition === null) {
      violations.push({ path: 'input.condition', reason: 'PASS_CONDITION_REQUIRED', rule: 'A314' });
    } else if ((condition.isDamaged || !condition.isLocked) && presented.photoCount === 0) {
      violations.push({ path: 'input.photoFileIds', reason: 'PASS_CONDITION_PHOTO_REQUIRED', rule: 'A314' });
    }
  }
  return violations;
}

/** The pass after a presentation that was judged before. */
export function presentPass(pass: Pass, use: { at: Date; gateId: string }): Pass {
  const status = passKinds[pass.kind].isSingleUse ? 'USED' : pass.status;
  return { ...passRules.moveTo(pass, 'verifyPass', status), usedAt: use.at, usedGateId: use.gateId };
}

/** Whether an unfinished pass has reached its end. */
export const isOver = ({ status, validTo }: Pass, now: Date): boolean =>
  ['REQUESTED', 'VALID', 'SUSPENDED'].includes(status) && validTo <= now;

/** A reason is a code, because events carry it. */
export const isReasonCode = (code: string): boolean => /^[A-Z][A-Z0-9_]{1,59}$/.test(code);

export const causeOf = ({ causeType, causeId }: Pass): PassCause | null =>
  causeType === null || causeId === null ? null : { type: causeType, id: causeId };

/** What a procedure suspended goes on with the procedure alone: nobody opens the gate to a stopped decoration by hand. */
export function requireSuspendedByHand({ kind, suspendedBy }: Pass): void {
  if (suspendedBy !== 'PROCEDURE') return;
  throw new DomainError('CONFLICT', 'PASS_OF_PROCEDURE', { rule: passKinds[kind].rule, params: { kind } });
}
