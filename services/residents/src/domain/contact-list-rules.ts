import { DomainError, type Violation } from '@steward/core';

import type { ContactEntry } from './contact-list.ts';

/** The list of a community has one number, because there is one. */
export const contactListNumber = 'CONTACTS';

/** The timer of a weekly or monthly report. */
export const contactReportTimer = 'contact-list-report';

type Typed = { name?: string | null; phone?: string | null; duty?: string | null };

const isBlank = (text: string | null | undefined): boolean => text != null && text.trim() === '';

/** What is wrong with an entry as typed; what is absent is kept. */
export function contactViolations({ name, phone, duty }: Typed): Violation[] {
  const violations: Violation[] = [];
  if (isBlank(name)) violations.push({ path: 'input.name', reason: 'TEXT_REQUIRED', rule: 'B020' });
  if (isBlank(duty)) violations.push({ path: 'input.duty', reason: 'TEXT_REQUIRED', rule: 'B020' });
  if (phone != null && !/^\+?[\d\s-]{5,25}$/.test(phone)) {
    violations.push({ path: 'input.phone', reason: 'PHONE_MALFORMED', rule: 'B020' });
  }
  return violations;
}

/** The entry of that id, unless it was removed. */
export function requireEntry(entry: ContactEntry | null): ContactEntry {
  if (entry === null || entry.removedAt !== null) {
    throw new DomainError('NOT_FOUND', 'CONTACT_UNKNOWN', { path: 'input.entryId', rule: 'B020' });
  }
  return entry;
}
