import { aggregateColumns, column, defineEntity } from '@steward/db';
import { keyAccountVisitDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { KeyAccountVisit } from '../domain/key-account-visit.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';

const nullable = { nullable: true };

export const keyAccountVisitEntity = defineEntity<KeyAccountVisit>({
  name: 'KeyAccountVisit',
  table: 'key_account_visit',
  columns: {
    ...aggregateColumns,
    householdId: column.uuid(),
    segment: column.text(),
    status: column.text(),
    dueOn: column.date(),
    attemptCount: column.int(),
    outcome: column.text(nullable),
    means: column.text(nullable),
    opinionSealed: column.text(nullable),
    visitedAt: column.instant(nullable),
    visitedById: column.uuid(nullable),
    complaintId: column.uuid(nullable),
  },
});

export const keyAccountVisitAggregate = defineAggregate<KeyAccountVisit>({
  type: 'key-account-visit',
  table: 'key_account_visit',
  graphqlType: 'KeyAccountVisit',
  entity: keyAccountVisitEntity,
  deadlines: keyAccountVisitDeadlines,
  sealed: ['opinionSealed'],
  subject: ofHousehold,
  listSubject: ofHouseholdInSql,
});
