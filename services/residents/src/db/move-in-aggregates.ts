import { moveInDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { MoveIn } from '../domain/move-in.ts';
import { moveInEntity } from './move-in-entities.ts';
import { ofHousehold, ofHouseholdInSql } from './procedure-subject-queries.ts';

export const moveInAggregate = defineAggregate<MoveIn>({
  type: 'move-in',
  table: 'move_in',
  graphqlType: 'MoveIn',
  entity: moveInEntity,
  deadlines: moveInDeadlines,
  subject: ofHousehold,
  listSubject: ofHouseholdInSql,
});

export const moveInAggregates = [moveInAggregate];
