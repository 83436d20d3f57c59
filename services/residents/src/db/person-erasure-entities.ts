import { aggregateColumns, column, defineEntity } from '@steward/db';
import { personErasureDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { PersonErasure } from '../domain/person-erasure.ts';

const nullable = { nullable: true };

export const personErasureEntity = defineEntity<PersonErasure>({
  name: 'PersonErasure',
  table: 'person_erasure',
  columns: {
    ...aggregateColumns,
    personId: column.uuid(),
    status: column.text(),
    reason: column.text(),
    requestedBy: column.text(),
    decidedAt: column.instant(nullable),
    decidedBy: column.text(nullable),
    noteSealed: column.text(nullable),
  },
});

export const personErasureAggregate = defineAggregate<PersonErasure>({
  type: 'person-erasure',
  table: 'person_erasure',
  graphqlType: 'PersonErasure',
  entity: personErasureEntity,
  deadlines: personErasureDeadlines,
  sealed: ['noteSealed'],
  subject: ({ communityId, personId }) => ({ communityId, personIds: [personId] }),
  listSubject: { person: ({ row }, id) => `${row}.person_id = ${id}` },
});
