import type { Violation } from '@steward/core';

import type { EscortedAccess, ProtectionList } from './escorted-access.ts';
import { procedureRules } from './procedure.ts';
import {
  escortedAccessTransitions,
  mailItemTransitions,
  papersOfKind,
  registrationDocumentKinds,
  residentRegistrationTransitions,
  type registrationPapersPolicy,
} from './register-policy.ts';
import type { RegistrationKind, ResidentRegistration } from './resident-registration.ts';

export const mailItemRules = procedureRules(mailItemTransitions);
export const registrationRules = procedureRules(residentRegistrationTransitions);
export const escortedAccessRules = procedureRules(escortedAccessTransitions);

const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

/** Mail says who it is for: a household, or somebody by name. */
export const mailViolations = (mail: { householdId?: string | null; recipientName?: string | null }): Violation[] =>
  mail.householdId == null && isBlank(mail.recipientName)
    ? [{ path: 'input.recipientName', reason: 'MAIL_RECIPIENT_REQUIRED', rule: 'A223' }]
    : [];

type Papers = Record<keyof typeof registrationPapersPolicy.figures, readonly string[]>;

/** Papers that a registration of the kind still lacks. */
export const missingPapers = (kind: RegistrationKind, figures: Papers, filed: readonly string[]): string[] =>
  figures[papersOfKind[kind]].filter((code) => !filed.includes(code));

/** Every paper that is missing, each by its kind. */
export const submitViolations = (missing: readonly string[]): Violation[] =>
  missing.map((code) => ({
    path: 'input.id',
    reason: 'REGISTRATION_PAPER_MISSING',
    rule: 'A224',
    params: { paper: code },
  }));

export function documentViolations(document: { kindCode: string; receivedAt: Date }, now: Date): Violation[] {
  const { kindCode, receivedAt } = document;
  const rule = 'A224';
  const violations: Violation[] = [];
  if (!registrationDocumentKinds.includes(kindCode)) {
    const params = { code: kindCode };
    violations.push({ path: 'input.kindCode', reason: 'DOCUMENT_KIND_UNKNOWN', rule, params });
  }
  if (receivedAt > now) violations.push({ path: 'input.receivedAt', reason: 'IN_THE_FUTURE', rule });
  return violations;
}

/** A certificate ends after today, if it ends at all. */
export const grantViolations = (validTo: string | null, today: string): Violation[] =>
  validTo !== null && validTo <= today ? [{ path: 'input.validTo', reason: 'RANGE_EMPTY', rule: 'A224' }] : [];

/** Whether a certificate has reached its end. */
export const isCertificateOver = ({ status, validTo }: ResidentRegistration, today: string): boolean =>
  status === 'GRANTED' && validTo !== null && validTo <= today;

/** Who plans an access says who comes and until when. */
export function accessViolations(plan: {
  visitorName: string;
  visitorCount: number;
  validFrom: Date;
  validTo: Date;
  now: Date;
}): Violation[] {
  const rule = 'B006';
  const violations: Violation[] = [];
  if (isBlank(plan.visitorName)) violations.push({ path: 'input.visitorName', reason: 'TEXT_REQUIRED', rule });
  if (plan.visitorCount < 1) violations.push({ path: 'input.visitorCount', reason: 'PASS_QUANTITY', rule });
  if (plan.validTo <= plan.validFrom || plan.validTo <= plan.now)
    violations.push({ path: 'input.validTo', reason: 'RANGE_EMPTY', rule });
  return violations;
}

export type Check = { code: string; result: 'PASS' | 'FAIL' | null };

/** Nobody is let in without an escort and before everything is protected. */
export function startViolations({ escortId }: EscortedAccess, before: readonly Check[]): Violation[] {
  const rule = 'B006';
  const open = before.filter(({ result }) => result !== 'PASS');
  return [
    ...(escortId === null ? [{ path: 'input.id', reason: 'ESCORT_MISSING', rule }] : []),
    ...open.map(({ code }) => ({ path: 'input.id', reason: 'ESCORT_NOT_PROTECTED', rule, params: { item: code } })),
  ];
}

/** Everything is looked at again before they are let go; what is damaged is on record. */
export const endViolations = (after: readonly Check[]): Violation[] =>
  after
    .filter(({ result }) => result === null)
    .map(({ code }) => ({ path: 'input.id', reason: 'ESCORT_NOT_CHECKED', rule: 'B006', params: { item: code } }));

/** Each list has its time: before the beginning, and after it. What is damaged is photographed. */
export function checkViolations(
  access: EscortedAccess,
  list: ProtectionList,
  { results, photoCount }: { results: readonly Check[]; photoCount: number },
): Violation[] {
  const rule = 'B006';
  const violations: Violation[] = [];
  if ((list === 'BEFORE') !== (access.status === 'PLANNED'))
    violations.push({ path: 'input.list', reason: 'ESCORT_LIST_NOT_OPEN', rule, params: { list } });
  if (list === 'AFTER' && results.some(({ result }) => result === 'FAIL') && photoCount === 0)
    violations.push({ path: 'input.photoFileIds', reason: 'ESCORT_PHOTO_REQUIRED', rule });
  return violations;
}

export const unknownItems = (codes: readonly string[]): Violation[] =>
  codes.map((code) => ({ path: 'input.results', reason: 'ESCORT_ITEM_UNKNOWN', rule: 'B006', params: { code } }));
