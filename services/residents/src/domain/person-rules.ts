import type { Violation } from '@steward/core';

import { localeViolations, optionalTextViolations, phoneViolations, textViolations } from './text-rules.ts';

/** A person as typed. */
export type PersonDescription = {
  name?: string | null;
  phone?: string | null;
  identityNumber?: string | null;
  locale?: string | null;
};

export const personViolations = (person: PersonDescription, path: string): Violation[] => [
  ...textViolations(person.name, `${path}.name`),
  ...phoneViolations(person.phone, `${path}.phone`),
  ...optionalTextViolations(person.identityNumber, `${path}.identityNumber`),
  ...localeViolations(person.locale, `${path}.locale`),
];
