import { workOrderDeadlines, workOrderMonthlyReportDeadlines, workOrderSampleDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import {
  paidServiceEntity,
  workOrderCodeEntity,
  workOrderMonthlyReportEntity,
  workOrderSampleEntity,
} from './review-entities.ts';
import { workOrderEntity } from './work-order-entities.ts';
import { workOrderListSubject, workOrderSubject } from './work-order-subject-queries.ts';

export const workOrderAggregate = defineAggregate({
  type: 'work-order',
  table: 'work_order',
  graphqlType: 'WorkOrder',
  entity: workOrderEntity,
  deadlines: workOrderDeadlines,
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
  subject: workOrderSubject,
  listSubject: workOrderListSubject,
});

export const paidServiceAggregate = defineAggregate({
  type: 'paid-service',
  table: 'paid_service',
  graphqlType: 'PaidService',
  entity: paidServiceEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const workOrderCodeAggregate = defineAggregate({
  type: 'work-order-code',
  table: 'work_order_code',
  graphqlType: 'WorkOrderCode',
  entity: workOrderCodeEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const workOrderSampleAggregate = defineAggregate({
  type: 'work-order-sample',
  table: 'work_order_sample',
  graphqlType: 'WorkOrderSample',
  entity: workOrderSampleEntity,
  deadlines: workOrderSampleDeadlines,
  subject: ({ communityId }) => ({ communityId }),
});

export const workOrderMonthlyReportAggregate = defineAggregate({
  type: 'work-order-monthly-report',
  table: 'work_order_monthly_report',
  graphqlType: 'WorkOrderMonthlyReport',
  entity: workOrderMonthlyReportEntity,
  deadlines: workOrderMonthlyReportDeadlines,
  subject: ({ communityId }) => ({ communityId }),
});

export const aggregates = [
  workOrderAggregate,
  paidServiceAggregate,
  workOrderCodeAggregate,
  workOrderSampleAggregate,
  workOrderMonthlyReportAggregate,
];
