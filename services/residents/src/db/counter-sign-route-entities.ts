import { aggregateColumns, column, defineEntity } from '@steward/db';
import { counterSignRouteDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import type { CounterSignRoute, CounterSignStep } from '../domain/counter-sign-route.ts';

const nullable = { nullable: true };

export const counterSignRouteEntity = defineEntity<CounterSignRoute>({
  name: 'CounterSignRoute',
  table: 'counter_sign_route',
  columns: {
    ...aggregateColumns,
    kind: column.text(),
    status: column.text(),
    subjectId: column.uuid(nullable),
    titleSealed: column.text(),
    departmentCodes: column.texts(),
    position: column.int(),
    round: column.int(),
    openedById: column.uuid(nullable),
    openedBy: column.text(),
    reasonCode: column.text(nullable),
  },
});

export const counterSignStepEntity = defineEntity<CounterSignStep>({
  name: 'CounterSignStep',
  table: 'counter_sign_step',
  columns: {
    id: column.id(),
    tenantId: column.uuid(),
    routeId: column.uuid(),
    round: column.int(),
    departmentCode: column.text(),
    decision: column.text(),
    decidedAt: column.instant(),
    decidedById: column.uuid(nullable),
    reasonSealed: column.text(nullable),
  },
});

export const counterSignRouteAggregate = defineAggregate<CounterSignRoute>({
  type: 'counter-sign-route',
  table: 'counter_sign_route',
  graphqlType: 'CounterSignRoute',
  entity: counterSignRouteEntity,
  deadlines: counterSignRouteDeadlines,
  sealed: ['titleSealed'],
  subject: ({ communityId }) => ({ communityId }),
});
