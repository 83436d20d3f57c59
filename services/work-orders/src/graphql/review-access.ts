import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';

const directors: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor'];
const supervisors: Role[] = [...directors, 'supervisor'];
const desk: Role[] = [...supervisors, 'clerk'];
const workers: Role[] = [...desk, 'cashier', 'maintenance', 'environment', 'guard', 'trainer', 'analyst', 'operator'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
const everybody = near([...workers, 'committee', 'resident']);
const readers = near([...desk, 'analyst', 'operator']);

/** Who may see and do what with catalogues, figures, samples and reports. */
export const reviewAccess: AccessPolicy = {
  'Query.paidServices': everybody,
  'Query.workOrderTrades': everybody,
  'Query.workOrderChannels': near(workers),
  'Query.workOrderPolicies': near(workers),
  'Query.workOrderMonthlyStatistics': near([...desk, 'analyst', 'operator', 'committee']),
  'Query.workOrderDamageSummary': near([...desk, 'maintenance', 'analyst', 'operator', 'committee']),
  'Query.workOrderMonthlyReports': readers,
  'Query.workOrderSamples': readers,

  'Mutation.publishPaidService': near(directors),
  'Mutation.retirePaidService': near(directors),
  'Mutation.setWorkOrderCode': near(directors),
  'Mutation.setWorkOrderPolicy': near(['director', 'deputyDirector']),
  'Mutation.recordWorkOrderSampleVisit': near(desk),
  'Mutation.checkWorkOrderMonthlyReport': near(supervisors),
  'Mutation.proposeStaffMeasure': near(supervisors),

  PaidService: everybody,
  'PaidService.history': readers,
  WorkOrderSample: readers,
  WorkOrderMonthlyReport: readers,
  'WorkOrderMonthlyReport.proposals': near(supervisors),

  WorkOrderTrade: 'inherit',
  WorkOrderProblem: 'inherit',
  WorkOrderChannel: 'inherit',
  WorkOrderPolicyFigure: 'inherit',
  WorkOrderMonthlyStatistics: 'inherit',
  WorkOrderTradeStatistics: 'inherit',
  WorkOrderPartyStatistics: 'inherit',
  WorkOrderDamage: 'inherit',
  StaffMeasureProposal: 'inherit',
  WorkOrderSampleEntry: 'inherit',
  WorkOrderMonthlyReportConnection: 'inherit',
  WorkOrderMonthlyReportEdge: 'inherit',
  PaidServiceConnection: 'inherit',
  PaidServiceEdge: 'inherit',
  WorkOrderSampleConnection: 'inherit',
  WorkOrderSampleEdge: 'inherit',
  RecordWorkOrderSampleVisitPayload: 'inherit',
  CheckWorkOrderMonthlyReportPayload: 'inherit',
  ProposeStaffMeasurePayload: 'inherit',
  PublishPaidServicePayload: 'inherit',
  RetirePaidServicePayload: 'inherit',
  SetWorkOrderCodePayload: 'inherit',
  SetWorkOrderPolicyPayload: 'inherit',
};

const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

/** On what `community` is judged. */
export const reviewSubjects: SubjectOf = {
  PaidService: inCommunity,
  WorkOrderSample: inCommunity,
  WorkOrderMonthlyReport: inCommunity,
};
