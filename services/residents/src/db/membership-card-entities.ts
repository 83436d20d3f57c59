import { aggregateColumns, column, defineEntity } from '@steward/db';
import { membershipCardDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { MembershipCard } from '../domain/membership-card.ts';
import { ofCard } from './membership-card-subject-queries.ts';

const nullable = { nullable: true };

export const membershipCardEntity = defineEntity<MembershipCard>({
  name: 'MembershipCard',
  table: 'membership_card',
  columns: {
    ...aggregateColumns,
    tier: column.text(),
    status: column.text(),
    personId: column.uuid(nullable),
    organisationId: column.uuid(nullable),
    issuedAt: column.instant(nullable),
    validTo: column.date(nullable),
    profileSealed: column.text(nullable),
    reasonCode: column.text(nullable),
  },
});

export const membershipCardAggregate = defineAggregate<MembershipCard>({
  type: 'membership-card',
  table: 'membership_card',
  graphqlType: 'MembershipCard',
  entity: membershipCardEntity,
  deadlines: membershipCardDeadlines,
  sealed: ['profileSealed'],
  subject: ofCard,
  listSubject: { person: ({ row }, id) => `${row}.person_id = ${id}` },
});
