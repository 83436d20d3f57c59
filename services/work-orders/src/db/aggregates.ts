import { deadlineEvents } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import {
  paidServiceEntity,
  workOrderCodeEntity,
  workOrderEntity,
  workOrderMonthlyReportEntity,
  workOrderSampleEntity,
} from './entities.ts';

const inCommunity = ({ communityId }: { communityId: string | null }) => ({ communityId });

export const workOrderAggregate = defineAggregate({
  type: 'work-order',
  table: 'work_order',
  graphqlType: 'WorkOrder',
  entity: workOrderEntity,
  deadlines: deadlineEvents('work-orders', 'work-order'),
  sealed: [
    'contactNameSealed',
    'contactNameMasked',
    'contactPhoneSealed',
    'contactPhoneMasked',
    'contactPhoneIndex',
    'descriptionSealed',
    'completionNoteSealed',
    'opinionSealed',
  ],
  subject: (order) => ({
    communityId: order.communityId,
    householdIds: order.householdId === null ? [] : [order.householdId],
    personIds: order.requesterId === null ? [] : [order.requesterId],
    staffIds: order.assigneeId === null ? [] : [order.assigneeId],
  }),
});

export const paidServiceAggregate = defineAggregate({
  type: 'paid-service',
  table: 'paid_service',
  graphqlType: 'PaidService',
  entity: paidServiceEntity,
  subject: inCommunity,
});

export const workOrderCodeAggregate = defineAggregate({
  type: 'work-order-code',
  table: 'work_order_code',
  graphqlType: 'WorkOrderCode',
  entity: workOrderCodeEntity,
  subject: inCommunity,
});

export const workOrderSampleAggregate = defineAggregate({
  type: 'work-order-sample',
  table: 'work_order_sample',
  graphqlType: 'WorkOrderSample',
  entity: workOrderSampleEntity,
  subject: inCommunity,
});

export const workOrderMonthlyReportAggregate = defineAggregate({
  type: 'work-order-monthly-report',
  table: 'work_order_monthly_report',
  graphqlType: 'WorkOrderMonthlyReport',
  entity: workOrderMonthlyReportEntity,
  subject: inCommunity,
});

export const aggregates = [
  workOrderAggregate,
  paidServiceAggregate,
  workOrderCodeAggregate,
  workOrderSampleAggregate,
  workOrderMonthlyReportAggregate,
];
