import { refuseAll, type Violation } from '@steward/core';

import type { PlaceReference } from './references.ts';
import { rangeViolations } from './time-rules.ts';
import type { Catalog, Channel } from './work-order-catalog.ts';
import { externalAgencyChannel } from './work-order-policy.ts';
import type { Source } from './work-order.ts';

const phonePattern = /^\+?\d{5,20}$/;

/** The form a phone is kept and searched in: without spaces and hyphens. */
export const normalPhone = (phone: string): string => phone.replace(/[\s-]/g, '');

export const isBlank = (text: string | null | undefined): boolean => text == null || text.trim() === '';

/** A request as typed. */
export type Intake = {
  channelCode?: string | null;
  tradeCode: string;
  problemCode: string;
  contactName?: string | null;
  contactPhone?: string | null;
  description: string;
  convenientFrom?: Date | null;
  convenientTo?: Date | null;
  source?: { system: string; key: string } | null;
};

const required = (field: string, reason: string): Violation => ({ path: `input.${field}`, reason, rule: 'A066' });

export function phoneViolations(phone: string | null | undefined): Violation[] {
  if (isBlank(phone)) return [required('contactPhone', 'CONTACT_PHONE_REQUIRED')];
  return phonePattern.test(normalPhone(phone ?? '')) ? [] : [required('contactPhone', 'PHONE_MALFORMED')];
}

/** Name, contact and convenient time; the address is the place and the content is asked of every request. */
function contactViolations(intake: Intake): Violation[] {
  const violations = phoneViolations(intake.contactPhone);
  if (isBlank(intake.contactName)) violations.push(required('contactName', 'CONTACT_NAME_REQUIRED'));
  if (intake.convenientFrom == null && intake.convenientTo == null) {
    violations.push(required('convenientFrom', 'CONVENIENT_TIME_REQUIRED'));
  }
  return violations;
}

function sourceViolations(channel: Channel, source: Intake['source']): Violation[] {
  if (channel.isSourceRequired) {
    const isGiven = !isBlank(source?.system) && !isBlank(source?.key);
    return isGiven ? [] : [required('source', 'SOURCE_REQUIRED')];
  }
  return source == null ? [] : [required('source', 'SOURCE_NOT_ALLOWED')];
}

/** What is wrong with trade and problem. */
export function codeViolations(codes: Pick<Intake, 'tradeCode' | 'problemCode'>, catalog: Catalog): Violation[] {
  const { tradeCode, problemCode } = codes;
  // What is paid and by whom is decided by the content.
  const rule = 'A067';
  const violations: Violation[] = [];
  if (!catalog.trades.has(tradeCode)) {
    violations.push({ path: 'input.tradeCode', reason: 'TRADE_UNKNOWN', rule, params: { code: tradeCode } });
  } else if (catalog.problems.get(problemCode)?.tradeCode !== tradeCode) {
    violations.push({ path: 'input.problemCode', reason: 'PROBLEM_UNKNOWN', rule, params: { code: problemCode } });
  }
  return violations;
}

/** Everything that is wrong with a request (A066): the five fields, its codes and its source. */
export function intakeViolations(intake: Intake, catalog: Catalog): Violation[] {
  const { channelCode } = intake;
  const channel = catalog.channels.get(channelCode ?? '');
  const violations = codeViolations(intake, catalog);
  if (isBlank(intake.description)) violations.push(required('description', 'DESCRIPTION_REQUIRED'));
  violations.push(...rangeViolations(intake.convenientFrom, intake.convenientTo, 'input.convenientTo'));
  if (channelCode == null) return [...violations, required('channelCode', 'CHANNEL_REQUIRED')];
  if (channel === undefined) {
    return [...violations, { ...required('channelCode', 'CHANNEL_UNKNOWN'), params: { code: channelCode } }];
  }
  violations.push(...sourceViolations(channel, intake.source));
  if (channel.isContactRequired) violations.push(...contactViolations(intake));
  return violations;
}

/** A request of another agency comes in with its source by the import, which takes each of them once. */
export const importOnlyViolations = ({ channelCode }: Pick<Intake, 'channelCode'>): Violation[] =>
  channelCode === externalAgencyChannel ? [required('channelCode', 'CHANNEL_NOT_ALLOWED')] : [];

type Chosen = Record<'channelCode' | 'part' | 'priority' | 'receivedAt', unknown>;

/**
 * What residents leave out, because it decides who pays, who is called out at night and by when: the channel is the app's,
 * part and priority follow from place and problem, and the request is made when it is sent.
 */
export function residentViolations(chosen: Partial<Chosen>): Violation[] {
  const fields = ['channelCode', 'part', 'priority', 'receivedAt'] as const;
  const rules = { channelCode: 'A066', part: 'A067', priority: 'B013', receivedAt: 'A066' };
  return fields
    .filter((field) => chosen[field] != null)
    .map((field) => ({ path: `input.${field}`, reason: 'NOT_FOR_RESIDENTS', rule: rules[field] }));
}

type Correction = {
  contactName?: string | null;
  contactPhone?: string | null;
  description?: string | null;
  convenientFrom?: Date | null;
  convenientTo?: Date | null;
};

/** What is wrong with a correction: the five fields can be changed, not cleared (A066). */
export function correctionViolations(correction: Correction): Violation[] {
  const { contactName, contactPhone, description, convenientFrom, convenientTo } = correction;
  const violations = rangeViolations(convenientFrom, convenientTo, 'input.convenientTo');
  if (contactName !== undefined && isBlank(contactName)) {
    violations.push(required('contactName', 'CONTACT_NAME_REQUIRED'));
  }
  if (description !== undefined && isBlank(description)) {
    violations.push(required('description', 'DESCRIPTION_REQUIRED'));
  }
  if (convenientFrom === null || convenientTo === null) {
    violations.push(required('convenientFrom', 'CONVENIENT_TIME_REQUIRED'));
  }
  return contactPhone === undefined ? violations : [...violations, ...phoneViolations(contactPhone)];
}

/** The address is the fifth field: a place of the community. */
export function placeViolations(
  place: PlaceReference | undefined,
  communityId: string,
  path = 'input.placeId',
): Violation[] {
  return place?.communityId === communityId ? [] : [{ path, reason: 'PLACE_UNKNOWN', rule: 'A066' }];
}

/**
 * For whom the work is done: as said if that household holds the unit, else the only one that does. Where several hold it,
 * an owner's and a renter's, somebody has to say: nobody of the flat could see or sign the order otherwise.
 */
export function householdAt(said: string | null | undefined, holders: readonly string[]): string | null {
  if (said == null && holders.length > 1) {
    refuseAll([{ path: 'input.householdId', reason: 'HOUSEHOLD_REQUIRED', rule: 'A066' }]);
  }
  if (said == null) return holders[0] ?? null;
  if (!holders.includes(said)) {
    refuseAll([{ path: 'input.householdId', reason: 'HOUSEHOLD_NOT_AT_PLACE', rule: 'A066' }]);
  }
  return said;
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
