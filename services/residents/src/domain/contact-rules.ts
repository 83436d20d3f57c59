import type { Violation } from '@steward/core';

/** Digits, with spaces and hyphens between them and perhaps a country code in front. */
const phonePattern = /^\+?\d(?:[\s-]?\d){4,19}$/;

export const locales: readonly string[] = ['zh-CN', 'en'];

type Typed = {
  name?: string | null;
  phone?: string | null;
  locale?: string | null;
  contactName?: string | null;
  contactPhone?: string | null;
};

/** Names, phones and languages as typed; `path` is where they stand in the input. What is absent or null is in order. */
export function contactViolations(typed: Typed, path: string): Violation[] {
  const violations: Violation[] = [];
  for (const field of ['name', 'contactName'] as const) {
    if (typed[field]?.trim() === '') violations.push({ path: `${path}.${field}`, reason: 'TEXT_REQUIRED' });
  }
  for (const field of ['phone', 'contactPhone'] as const) {
    const phone = typed[field];
    if (phone != null && !phonePattern.test(phone.trim())) {
      violations.push({ path: `${path}.${field}`, reason: 'PHONE_MALFORMED' });
    }
  }
  if (typed.locale != null && !locales.includes(typed.locale)) {
    violations.push({ path: `${path}.locale`, reason: 'LOCALE_UNKNOWN' });
  }
  return violations;
}
