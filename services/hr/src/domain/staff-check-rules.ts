import { DomainError, refuseAll, type Violation } from '@steward/core';

import { conductLimits, departmentHeads, headsOfAll, staffCheckLists } from './conduct-policy.ts';
import type { StaffCheck, StaffCheckForm, StaffCheckFormEntry, StaffCheckKind } from './conduct.ts';
import { staffRoles } from './staff-policy.ts';
import type { StaffRole } from './staff.ts';

const codePattern = /^[A-Z][A-Z0-9_]{0,39}$/;

/** What is wrong with points that a community adds; those of the standard are looked at anyway. */
export function formViolations(kind: StaffCheckKind, name: string, entries: readonly StaffCheckFormEntry[]) {
  const { value: most } = conductLimits.entries;
  const taken = new Set<string>(staffCheckLists[kind].codes);
  const violations: Violation[] = [];
  if (name.trim() === '') violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED' });
  if (entries.length < 1 || entries.length > most)
    violations.push({ path: 'input.entries', reason: 'TOO_MANY_ROWS', params: { most } });
  entries.forEach((entry, index) => {
    const path = `input.entries.${index}`;
    if (!codePattern.test(entry.code)) violations.push({ path: `${path}.code`, reason: 'CODE_MALFORMED' });
    if (entry.name.trim() === '') violations.push({ path: `${path}.name`, reason: 'TEXT_REQUIRED' });
    if (taken.has(entry.code))
      violations.push({ path: `${path}.code`, reason: 'CHECK_CODE_TAKEN', params: { code: entry.code } });
    taken.add(entry.code);
  });
  return violations;
}

/** The points of a check of somebody with these roles; a room has none, so that every form of its kind fits. */
export function pointsOfCheck(
  kind: StaffCheckKind,
  forms: readonly Pick<StaffCheckForm, 'roles' | 'entries'>[],
  roles: readonly StaffRole[] | null,
): { code: string; rule: string }[] {
  const { codes, rule } = staffCheckLists[kind];
  const fits = (form: Pick<StaffCheckForm, 'roles'>): boolean =>
    roles === null || form.roles.length === 0 || form.roles.some((role) => roles.includes(role));
  const added = forms.filter(fits).flatMap(({ entries }) => entries.map(({ code }) => code));
  return [...new Set<string>([...codes, ...added])].map((code) => ({ code, rule }));
}

/** A check is of a staff member or, in a dormitory, of a room. */
export function requireSubject(
  kind: StaffCheckKind,
  { staffId, roomId }: { staffId: string | null; roomId: string | null },
): void {
  const isOfRoom = kind === 'DORMITORY';
  if ((roomId !== null) === isOfRoom && (staffId !== null) === !isOfRoom) return;
  throw new DomainError('BAD_USER_INPUT', 'CHECK_SUBJECT', { path: 'input.kind', rule: staffCheckLists[kind].rule });
}

type WriteUp = {
  kind: StaffCheckKind;
  unchecked: readonly string[];
  failed: readonly string[];
  findings: string;
  samples: readonly string[];
};

/** Everything that is missing in the write-up of a check, at once. */
export function requireWriteUp({ kind, unchecked, failed, findings, samples }: WriteUp): void {
  const { rule } = staffCheckLists[kind];
  const { value: most } = conductLimits.samples;
  const violations: Violation[] = unchecked.map((code) => ({
    path: 'input.results',
    reason: 'CHECK_MISSING',
    rule,
    params: { code },
  }));
  if (failed.length > 0 && findings === '') violations.push({ path: 'input.findings', reason: 'TEXT_REQUIRED', rule });
  if (kind === 'SPOT_CHECK' && !samples.some((sample) => sample.trim() !== ''))
    violations.push({ path: 'input.sampleNumbers', reason: 'CHECK_SAMPLE_MISSING', rule });
  if (samples.length > most)
    violations.push({ path: 'input.sampleNumbers', reason: 'TOO_MANY_ROWS', params: { most } });
  refuseAll(violations);
}

/** A check has some pictures, not an album. */
export function requireFewPhotos(photoFileIds: readonly string[]): void {
  const { value: most } = conductLimits.photos;
  if (photoFileIds.length > most)
    throw new DomainError('BAD_USER_INPUT', 'TOO_MANY_ROWS', { path: 'input.photoFileIds', params: { most } });
}

type HeldPost = { departmentId: string; role: StaffRole };

/** The head of one of the departments (of any where there is none to name), or who stands above all of them. */
export function isHeadOf(posts: readonly HeldPost[], departmentIds: readonly string[]): boolean {
  return posts.some(({ departmentId, role }) => {
    const name = staffRoles[role];
    if (headsOfAll.roles.some((one) => one === name)) return true;
    const isOfDepartment = departmentIds.length === 0 || departmentIds.includes(departmentId);
    return isOfDepartment && departmentHeads.roles.some((one) => one === name);
  });
}

/** A rectification is agreed with the head of the department (B005). */
export function requireHead(posts: readonly HeldPost[], departmentIds: readonly string[]): void {
  if (isHeadOf(posts, departmentIds)) return;
  throw new DomainError('BAD_USER_INPUT', 'HEAD_OF_OTHER', { path: 'input.agreedWithId', rule: 'B005' });
}

/** Nobody checks themselves. */
export function requireOthersCheck({ staffId }: Pick<StaffCheck, 'staffId'>, viewerId: string | null): void {
  if (staffId !== null && staffId === viewerId) throw new DomainError('FORBIDDEN', 'OWN_REQUEST', { rule: 'A308' });
}

/** Roles of posts by their names in the signed identity. */
export const rolesNamed = (names: readonly string[]): StaffRole[] =>
  (Object.keys(staffRoles) as StaffRole[]).filter((role) => names.includes(staffRoles[role]));
