import { z } from 'zod';

import { defineEvent } from '../define-event.ts';
import { deadlineEvents } from '../shared-events.ts';

const publisher = 'residents';
const id = z.guid();
const instant = z.iso.datetime();
const day = z.iso.date();
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/);

// ---- Mail item: letters and parcels at the front desk.

const mailItem = { publisher, aggregate: 'mail-item', version: 1 } as const;

export const mailItemRegistered = defineEvent({
  ...mailItem,
  fact: 'registered',
  description: 'A letter or parcel came to the front desk.',
  data: z.object({
    mailItemId: id,
    kind: z.enum(['LETTER', 'REGISTERED_LETTER', 'PARCEL', 'OFFICIAL_LETTER']),
    householdId: id.nullable().describe('null: for the property company itself'),
  }),
});

export const mailItemHandedOver = defineEvent({
  ...mailItem,
  fact: 'handed-over',
  description: 'It was handed to a leader, who says what becomes of it.',
  data: z.object({ mailItemId: id, leaderId: id }),
});

export const mailItemHandled = defineEvent({
  ...mailItem,
  fact: 'handled',
  description: 'The leader has said what becomes of it.',
  data: z.object({ mailItemId: id, disposition: z.enum(['DELIVER', 'FILE']) }),
});

export const mailItemCollected = defineEvent({
  ...mailItem,
  fact: 'collected',
  description: 'It was collected against a signature.',
  data: z.object({ mailItemId: id, collectedAt: instant }),
});

export const mailItemDeadlines = deadlineEvents(publisher, 'mail-item');

// ---- Resident registration: dogs, temporary residence, television, telephones, papers.

const registration = { publisher, aggregate: 'resident-registration', version: 1 } as const;
const ofRegistration = z.object({ registrationId: id });

export const residentRegistrationOpened = defineEvent({
  ...registration,
  fact: 'opened',
  description: 'A household asked the front desk to register or obtain something.',
  data: z.object({
    registrationId: id,
    kind: z.enum(['DOG', 'TEMPORARY_RESIDENCE', 'ENCRYPTED_TV', 'PHONE_INSTALLATION', 'PAPERS']),
    householdId: id,
    personId: id.nullable(),
  }),
});

export const residentRegistrationFiled = defineEvent({
  ...registration,
  fact: 'filed',
  description: 'A paper was handed in for it.',
  data: z.object({ registrationId: id, documentKindCode: code, missingKindCodes: z.array(code) }),
});

export const residentRegistrationSubmitted = defineEvent({
  ...registration,
  fact: 'submitted',
  description: 'Its papers are complete and went to whoever decides.',
  data: ofRegistration,
});

export const residentRegistrationGranted = defineEvent({
  ...registration,
  fact: 'granted',
  description: 'It was granted or done.',
  data: z.object({ registrationId: id, validTo: day.nullable().describe('first day no longer valid; null: for good') }),
});

export const residentRegistrationRefused = defineEvent({
  ...registration,
  fact: 'refused',
  description: 'Whoever decides refused it.',
  data: z.object({ registrationId: id, reasonCode: code }),
});

export const residentRegistrationWithdrawn = defineEvent({
  ...registration,
  fact: 'withdrawn',
  description: 'The household no longer wants it.',
  data: z.object({ registrationId: id, reasonCode: code }),
});

export const residentRegistrationReminded = defineEvent({
  ...registration,
  fact: 'reminded',
  description: 'The household was told that its certificate ends soon.',
  data: z.object({ registrationId: id, validTo: day }),
});

export const residentRegistrationExpired = defineEvent({
  ...registration,
  fact: 'expired',
  description: 'Its certificate no longer holds.',
  data: ofRegistration,
});

export const residentRegistrationDeadlines = deadlineEvents(publisher, 'resident-registration');

// ---- Escorted access: people in a show flat in company of the staff.

const access = { publisher, aggregate: 'escorted-access', version: 1 } as const;
const ofAccess = z.object({ escortedAccessId: id });

export const escortedAccessPlanned = defineEvent({
  ...access,
  fact: 'planned',
  description: 'Somebody is to be let into a show flat.',
  data: z.object({
    escortedAccessId: id,
    kind: z.enum(['WORK', 'FILMING', 'FURNISHING', 'VIEWING']),
    unitId: id,
    organisationId: id.nullable(),
    validFrom: instant,
    validTo: instant,
  }),
});

export const escortedAccessAssigned = defineEvent({
  ...access,
  fact: 'assigned',
  description: 'A member of staff escorts it.',
  data: z.object({ escortedAccessId: id, escortId: id }),
});

export const escortedAccessChecked = defineEvent({
  ...access,
  fact: 'checked',
  description: 'The protection of finished goods was looked at.',
  data: z.object({ escortedAccessId: id, list: z.enum(['BEFORE', 'AFTER']), failedItemCodes: z.array(code) }),
});

export const escortedAccessStarted = defineEvent({
  ...access,
  fact: 'started',
  description: 'They were let in.',
  data: ofAccess,
});

export const escortedAccessEnded = defineEvent({
  ...access,
  fact: 'ended',
  description: 'They left, and everything was looked at again.',
  data: z.object({ escortedAccessId: id, damagedItemCodes: z.array(code) }),
});

export const escortedAccessCancelled = defineEvent({
  ...access,
  fact: 'cancelled',
  description: 'Nobody will come.',
  data: z.object({ escortedAccessId: id, reasonCode: code }),
});
