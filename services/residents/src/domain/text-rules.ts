import type { Violation } from '@steward/core';

import { locales } from './community-policy.ts';

/** Digits, with spaces and hyphens between them and perhaps a country code in front. */
const phonePattern = /^\+?\d(?:[\s-]?\d){4,19}$/;

type Text = string | null | undefined;

/** A text that has to say something; absent is judged by the schema. */
export const textViolations = (text: Text, path: string): Violation[] =>
  text !== undefined && (text === null || text.trim() === '') ? [{ path, reason: 'TEXT_REQUIRED' }] : [];

/** A text that may be absent or cleared, but not blank. */
export const optionalTextViolations = (text: Text, path: string): Violation[] =>
  text === null ? [] : textViolations(text, path);

export const phoneViolations = (phone: Text, path: string): Violation[] =>
  phone != null && !phonePattern.test(phone.trim()) ? [{ path, reason: 'PHONE_MALFORMED' }] : [];

export const localeViolations = (locale: Text, path: string): Violation[] =>
  locale != null && !locales.includes(locale) ? [{ path, reason: 'LOCALE_UNKNOWN' }] : [];

/** Areas are exact decimals; the comparison with zero needs no exactness. */
export const areaViolations = (area: Text, path: string): Violation[] =>
  area != null && !(Number(area) > 0) ? [{ path, reason: 'AREA_NOT_POSITIVE' }] : [];
