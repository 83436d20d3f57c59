import { complaintDeadlines, complaintReportDeadlines, recurringProblemDeadlines } from '@steward/events';
import { defineAggregate } from '@steward/service-kit';

import { complaintCodeEntity, complaintReportEntity, recurringProblemEntity } from './analysis-entities.ts';
import { complaintEntity } from './complaint-entities.ts';
import { complaintListSubject, complaintSubject } from './complaint-subject-queries.ts';

export const complaintAggregate = defineAggregate({
  type: 'complaint',
  table: 'complaint',
  graphqlType: 'Complaint',
  entity: complaintEntity,
  deadlines: complaintDeadlines,
  sealed: [
    'contactNameSealed',
    'contactNameMasked',
    'contactPhoneSealed',
    'contactPhoneMasked',
    'contactPhoneIndex',
    'respondentSealed',
    'locationSealed',
    'summarySealed',
    'courseSealed',
    'demandSealed',
    'helpSealed',
    'resultSealed',
  ],
  subject: complaintSubject,
  listSubject: complaintListSubject,
});

export const recurringProblemAggregate = defineAggregate({
  type: 'recurring-problem',
  table: 'recurring_problem',
  graphqlType: 'RecurringProblem',
  entity: recurringProblemEntity,
  deadlines: recurringProblemDeadlines,
  sealed: ['causeSealed', 'preventionSealed'],
  subject: ({ communityId }) => ({ communityId }),
});

export const complaintReportAggregate = defineAggregate({
  type: 'complaint-report',
  table: 'complaint_report',
  graphqlType: 'ComplaintReport',
  entity: complaintReportEntity,
  deadlines: complaintReportDeadlines,
  sealed: ['conclusionSealed'],
  subject: ({ communityId }) => ({ communityId }),
});

export const complaintCodeAggregate = defineAggregate({
  type: 'complaint-code',
  table: 'complaint_code',
  graphqlType: 'ComplaintCode',
  entity: complaintCodeEntity,
  subject: ({ communityId }) => ({ communityId }),
});

export const aggregates = [
  complaintAggregate,
  recurringProblemAggregate,
  complaintReportAggregate,
  complaintCodeAggregate,
];
