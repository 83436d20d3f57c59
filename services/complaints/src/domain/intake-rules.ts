import { refuseAll, type Violation } from '@steward/core';

import type { Catalog, Channel } from './complaint-catalog.ts';
import type { Source } from './complaint.ts';
import type { PlaceReference } from './references.ts';

const phonePattern = /^\+?\d{5,20}$/;
const longest = { summary: 200, words: 4000 };

const compact = (phone: string): string => phone.replace(/[\s-]/g, '');

export const isPhone = (text: string): boolean => phonePattern.test(compact(text));

export const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

/** A complaint as typed. */
export type Intake = {
  channelCode: string;
  categoryCode: string;
  contactName?: string | null;
  contactPhone?: string | null;
  hasPlace: boolean;
  locationText?: string | null;
  summary: string;
  course?: string | null;
  demand?: string | null;
  source?: { system: string; key: string } | null;
};

const required = (field: string, reason: string, rule: string): Violation => ({ path: `input.${field}`, reason, rule });

export function phoneViolations(phone: string | null | undefined): Violation[] {
  return isBlank(phone) || isPhone(phone ?? '') ? [] : [required('contactPhone', 'PHONE_MALFORMED', 'A033')];
}

function lengthViolations(field: string, text: string | null | undefined, most: number): Violation[] {
  const isTooLong = [...(text ?? '')].length > most;
  return isTooLong ? [{ path: `input.${field}`, reason: 'TEXT_TOO_LONG', rule: 'A033', params: { most } }] : [];
}

/** Name, course and demand in the person's own words (A033, A090). */
function recordViolations(intake: Intake): Violation[] {
  const violations: Violation[] = [];
  if (isBlank(intake.contactName)) violations.push(required('contactName', 'CONTACT_NAME_REQUIRED', 'A033'));
  if (isBlank(intake.course)) violations.push(required('course', 'COURSE_REQUIRED', 'A090'));
  if (isBlank(intake.demand)) violations.push(required('demand', 'DEMAND_REQUIRED', 'A090'));
  return violations;
}

function sourceViolations(channel: Channel, source: Intake['source']): Violation[] {
  if (channel.isSourceRequired) {
    const isGiven = !isBlank(source?.system) && !isBlank(source?.key);
    return isGiven ? [] : [required('source', 'SOURCE_REQUIRED', 'A032')];
  }
  return source == null ? [] : [required('source', 'SOURCE_NOT_ALLOWED', 'A032')];
}

/** Everything that is wrong with a complaint's record (A033, A090): its fields, codes and source. */
export function intakeViolations(intake: Intake, catalog: Catalog): Violation[] {
  const channel = catalog.channels.get(intake.channelCode);
  const violations = [
    ...phoneViolations(intake.contactPhone),
    ...lengthViolations('summary', intake.summary, longest.summary),
    ...lengthViolations('course', intake.course, longest.words),
    ...lengthViolations('demand', intake.demand, longest.words),
    ...lengthViolations('locationText', intake.locationText, longest.summary),
  ];
  if (!catalog.categories.has(intake.categoryCode)) {
    const params = { code: intake.categoryCode };
    violations.push({ path: 'input.categoryCode', reason: 'CATEGORY_UNKNOWN', params });
  }
  if (isBlank(intake.summary)) violations.push(required('summary', 'SUMMARY_REQUIRED', 'A033'));
  if (!intake.hasPlace && isBlank(intake.locationText)) {
    violations.push(required('placeId', 'PLACE_REQUIRED', 'A090'));
  }
  if (channel === undefined) {
    const params = { code: intake.channelCode };
    return [...violations, { path: 'input.channelCode', reason: 'CHANNEL_UNKNOWN', params }];
  }
  violations.push(...sourceViolations(channel, intake.source));
  if (channel.isRecordRequired) violations.push(...recordViolations(intake));
  return violations;
}

/** What the desk says of a complaint and a resident in the app does not: how serious it is, and when it was made. */
export const residentViolations = (sent: { grade?: unknown; receivedAt?: unknown }): Violation[] =>
  (['grade', 'receivedAt'] as const)
    .filter((field) => sent[field] != null)
    .map((field) => required(field, 'NOT_FOR_RESIDENTS', 'A032'));

type Correction = {
  contactName?: string | null;
  contactPhone?: string | null;
  summary?: string | null;
  course?: string | null;
  demand?: string | null;
};

const kept = [
  ['contactName', 'CONTACT_NAME_REQUIRED', 'A033'],
  ['summary', 'SUMMARY_REQUIRED', 'A033'],
  ['course', 'COURSE_REQUIRED', 'A090'],
  ['demand', 'DEMAND_REQUIRED', 'A090'],
] as const;

/** What is wrong with a correction: what the record needs can be changed, not cleared. */
export function correctionViolations(correction: Correction): Violation[] {
  const cleared = kept
    .filter(([field]) => correction[field] !== undefined && isBlank(correction[field]))
    .map(([field, reason, rule]) => required(field, reason, rule));
  return [
    ...cleared,
    ...phoneViolations(correction.contactPhone),
    ...lengthViolations('summary', correction.summary, longest.summary),
    ...lengthViolations('course', correction.course, longest.words),
    ...lengthViolations('demand', correction.demand, longest.words),
  ];
}

/** A place that is named is one of the community. */
export const placeViolations = (
  said: string | null | undefined,
  place: PlaceReference | undefined,
  communityId: string,
): Violation[] =>
  said == null || place?.communityId === communityId
    ? []
    : [{ path: 'input.placeId', reason: 'PLACE_UNKNOWN', rule: 'A090' }];

/** Departments that are named work in the community (A033). */
export const departmentViolations = (
  codes: readonly string[],
  known: ReadonlySet<string>,
  rule = 'A033',
  path = 'input.departmentCodes',
): Violation[] =>
  codes
    .filter((code) => !known.has(code))
    .map((code) => ({ path, reason: 'DEPARTMENT_UNKNOWN', rule, params: { code } }));

/**
 * Whose complaint it is: as said if that household lives in the community, else the only one that holds the unit. Where
 * several hold it somebody has to say: nobody else could be told the result.
 */
export function householdOf(
  said: string | null | undefined,
  { ofCommunity, holders }: { ofCommunity: boolean; holders: readonly string[] },
): string | null {
  const path = 'input.householdId';
  if (said != null && !ofCommunity) refuseAll([{ path, reason: 'HOUSEHOLD_UNKNOWN', rule: 'A033' }]);
  return said ?? (holders.length === 1 ? (holders[0] ?? null) : null);
}

type SourceInput = {
  system: string;
  key: string;
  status?: string | null;
  createdAt?: Date | null;
  closedAt?: Date | null;
};

/** The source fields as they are kept. */
export const sourceOf = (source: SourceInput | null | undefined): Source => ({
  sourceSystem: source?.system.trim() ?? null,
  sourceKey: source?.key.trim() ?? null,
  sourceStatus: source?.status ?? null,
  sourceCreatedAt: source?.createdAt ?? null,
  sourceClosedAt: source?.closedAt ?? null,
});

/** What is odd about a source and taken in all the same. */
export const sourceWarnings = ({ createdAt, closedAt }: SourceInput): string[] =>
  createdAt != null && closedAt != null && closedAt < createdAt ? ['CLOSED_BEFORE_CREATED'] : [];
