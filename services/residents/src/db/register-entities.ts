import { aggregateColumns, column, defineEntity } from '@steward/db';
import { mailItemDeadlines, residentRegistrationDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { EscortedAccess } from '../domain/escorted-access.ts';
import type { MailItem } from '../domain/mail-item.ts';
import type { RegistrationDocument, ResidentRegistration } from '../domain/resident-registration.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';
import { ofEscort, ofMail } from './register-subject-queries.ts';

const nullable = { nullable: true };

export const mailItemEntity = defineEntity<MailItem>({
  name: 'MailItem',
  table: 'mail_item',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    householdId: column.uuid(nullable),
    recipientNameSealed: column.text(nullable),
    recipientNameMasked: column.text(nullable),
    senderSealed: column.text(nullable),
    trackingNumberSealed: column.text(nullable),
    leaderId: column.uuid(nullable),
    disposition: column.text(nullable),
    instructionSealed: column.text(nullable),
    handledAt: column.instant(nullable),
    collectedAt: column.instant(nullable),
  },
});

export const residentRegistrationEntity = defineEntity<ResidentRegistration>({
  name: 'ResidentRegistration',
  table: 'resident_registration',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    householdId: column.uuid(),
    personId: column.uuid(nullable),
    descriptionSealed: column.text(nullable),
    submittedAt: column.instant(nullable),
    decidedAt: column.instant(nullable),
    certificateNumberSealed: column.text(nullable),
    validTo: column.date(nullable),
    remindedAt: column.instant(nullable),
    reasonCode: column.text(nullable),
  },
});

export const registrationDocumentEntity = defineEntity<RegistrationDocument>({
  name: 'RegistrationDocument',
  table: 'registration_document',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    registrationId: column.uuid(),
    kindCode: column.text(),
    fileId: column.uuid(nullable),
    receivedAt: column.instant(),
  },
});

export const escortedAccessEntity = defineEntity<EscortedAccess>({
  name: 'EscortedAccess',
  table: 'escorted_access',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    unitId: column.uuid(),
    organisationId: column.uuid(nullable),
    visitorNameSealed: column.text(),
    visitorNameMasked: column.text(),
    visitorCount: column.int(),
    validFrom: column.instant(),
    validTo: column.instant(),
    escortId: column.uuid(nullable),
    photoFileIds: column.uuids(),
    startedAt: column.instant(nullable),
    endedAt: column.instant(nullable),
    reasonCode: column.text(nullable),
  },
});

export const registerEntities = [
  mailItemEntity,
  residentRegistrationEntity,
  registrationDocumentEntity,
  escortedAccessEntity,
];

export const mailItemAggregate = defineAggregate<MailItem>({
  type: 'mail-item',
  table: 'mail_item',
  graphqlType: 'MailItem',
  entity: mailItemEntity,
  deadlines: mailItemDeadlines,
  sealed: ['recipientNameSealed', 'senderSealed', 'instructionSealed', 'trackingNumberSealed'],
  subject: ofMail,
  listSubject: ofHouseholdInSql,
});

export const residentRegistrationAggregate = defineAggregate<ResidentRegistration>({
  type: 'resident-registration',
  table: 'resident_registration',
  graphqlType: 'ResidentRegistration',
  entity: residentRegistrationEntity,
  deadlines: residentRegistrationDeadlines,
  sealed: ['descriptionSealed', 'certificateNumberSealed'],
  subject: ofHousehold,
  listSubject: ofHouseholdInSql,
});

export const escortedAccessAggregate = defineAggregate<EscortedAccess>({
  type: 'escorted-access',
  table: 'escorted_access',
  graphqlType: 'EscortedAccess',
  entity: escortedAccessEntity,
  sealed: ['visitorNameSealed'],
  subject: ofEscort,
  listSubject: { staff: ({ row }, id) => `${row}.escort_id = ${id}` },
});

export const registerAggregates = [mailItemAggregate, residentRegistrationAggregate, escortedAccessAggregate];
