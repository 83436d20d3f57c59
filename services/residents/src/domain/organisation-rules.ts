import type { Violation } from '@steward/core';

import { optionalTextViolations, phoneViolations, textViolations } from './text-rules.ts';

type OrganisationDescription = {
  name?: string | null;
  creditCode?: string | null;
  contactName?: string | null;
  contactPhone?: string | null;
};

export const organisationViolations = (organisation: OrganisationDescription): Violation[] => [
  ...textViolations(organisation.name, 'input.name'),
  ...optionalTextViolations(organisation.creditCode, 'input.creditCode'),
  ...optionalTextViolations(organisation.contactName, 'input.contactName'),
  ...phoneViolations(organisation.contactPhone, 'input.contactPhone'),
];
