import type { EscortedAccessStatus } from './escorted-access.ts';
import type { MailItemStatus } from './mail-item.ts';
import type { Transition } from './procedure.ts';
import type { RegistrationKind, ResidentRegistrationStatus } from './resident-registration.ts';

/** Time limits of the front desk's registers; the standard gives none, so these are the platform's defaults. */
export const registerPolicy = {
  name: 'registers',
  figures: {
    mailHandlingDays: { value: 1, unit: 'working day', rule: 'A223', least: 1 },
    registrationDays: { value: 5, unit: 'working day', rule: 'A224', least: 1 },
    /** Before the last day of a certificate. */
    reminderDays: { value: 30, unit: 'day', rule: 'A224', least: 1 },
  },
} as const;

const paper = 'document kind';

/** Papers by what is registered; the standard names none. */
export const registrationPapersPolicy = {
  name: 'registration-papers',
  figures: {
    dog: { value: ['IDENTITY_CARD', 'DOG_VACCINATION', 'DOG_PHOTO'], unit: paper, rule: 'A224' },
    temporaryResidence: { value: ['IDENTITY_CARD', 'LEASE_CONTRACT'], unit: paper, rule: 'A224' },
    encryptedTv: { value: ['IDENTITY_CARD'], unit: paper, rule: 'A224' },
    phoneInstallation: { value: ['IDENTITY_CARD', 'PROPERTY_CERTIFICATE'], unit: paper, rule: 'A224' },
    papers: { value: ['IDENTITY_CARD'], unit: paper, rule: 'A224' },
  },
} as const;

/** Which figure says what papers a kind needs. */
export const papersOfKind = {
  DOG: 'dog',
  TEMPORARY_RESIDENCE: 'temporaryResidence',
  ENCRYPTED_TV: 'encryptedTv',
  PHONE_INSTALLATION: 'phoneInstallation',
  PAPERS: 'papers',
} as const satisfies Record<RegistrationKind, keyof typeof registrationPapersPolicy.figures>;

/** Everything that can be handed in for a registration. */
export const registrationDocumentKinds: readonly string[] = [
  'IDENTITY_CARD',
  'DOG_VACCINATION',
  'DOG_PHOTO',
  'LEASE_CONTRACT',
  'PROPERTY_CERTIFICATE',
  'APPLICATION_FORM',
  'OTHER',
];

/** The only table of transitions of mail: registered, then to the leader (A223), then to whom it is for. */
export const mailItemTransitions = {
  registerMailItem: {
    from: [],
    to: ['REGISTERED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'guard'],
    own: [],
    rule: 'A223',
  },
  handMailToLeader: {
    from: ['REGISTERED'],
    to: ['WITH_LEADER'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A223',
  },
  handleMailItem: {
    from: ['WITH_LEADER'],
    to: ['READY', 'FILED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    own: [],
    rule: 'A223',
  },
  collectMailItem: {
    from: ['READY'],
    to: ['COLLECTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'guard'],
    own: [],
    rule: 'A223',
  },
} as const satisfies Record<string, Transition<MailItemStatus>>;

/** The only table of transitions of what residents register at the front desk. */
export const residentRegistrationTransitions = {
  openResidentRegistration: {
    from: [],
    to: ['OPEN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A224',
  },
  fileRegistrationDocument: {
    from: ['OPEN'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A224',
  },
  submitResidentRegistration: {
    from: ['OPEN'],
    to: ['SUBMITTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A224',
  },
  grantResidentRegistration: {
    from: ['SUBMITTED'],
    to: ['GRANTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A224',
  },
  refuseResidentRegistration: {
    from: ['SUBMITTED'],
    to: ['REFUSED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A224',
  },
  withdrawResidentRegistration: {
    from: ['OPEN', 'SUBMITTED'],
    to: ['WITHDRAWN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A224',
  },
} as const satisfies Record<string, Transition<ResidentRegistrationStatus>>;

/** The only table of transitions of an escorted access; `own` is the escort. */
export const escortedAccessTransitions = {
  planEscortedAccess: {
    from: [],
    to: ['PLANNED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B006',
  },
  assignEscort: {
    from: ['PLANNED', 'STARTED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B006',
  },
  checkEscortedAccess: {
    from: ['PLANNED', 'STARTED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['guard', 'maintenance', 'environment'],
    rule: 'B006',
  },
  startEscortedAccess: {
    from: ['PLANNED'],
    to: ['STARTED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['guard', 'maintenance', 'environment'],
    rule: 'B006',
  },
  endEscortedAccess: {
    from: ['STARTED'],
    to: ['ENDED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['guard', 'maintenance', 'environment'],
    rule: 'B006',
  },
  cancelEscortedAccess: {
    from: ['PLANNED'],
    to: ['CANCELLED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'B006',
  },
} as const satisfies Record<string, Transition<EscortedAccessStatus>>;

/** What protects finished goods (成品保护), looked at before somebody is let in and after they left. */
export const protectionItems: readonly { code: string; rule: string }[] = [
  { code: 'FLOORS_COVERED', rule: 'B006' },
  { code: 'WALLS_AND_CORNERS', rule: 'B006' },
  { code: 'FURNITURE_COVERED', rule: 'B006' },
  { code: 'FITTINGS_COMPLETE', rule: 'B006' },
  { code: 'WATER_AND_POWER', rule: 'B006' },
];

/** Readable numbers begin with these. */
export const registerNumberPrefixes = { mailItem: 'YJ', residentRegistration: 'DJ', escortedAccess: 'YB' } as const;

/** Timers: the reminder before a certificate ends, and its end. */
export const registrationReminderTimer = 'registration-reminder';
export const registrationExpiryTimer = 'registration-expiry';
