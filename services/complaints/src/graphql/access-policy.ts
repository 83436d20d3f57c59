import type { AccessPolicy, Grant, Role, SubjectOf } from '@steward/auth';
import { grantable, parkedEventAccess } from '@steward/service-kit';

import { complaintGrants } from '../commands/complaint-grants.ts';
import { complaintSubject } from '../db/complaint-subject-queries.ts';
import type { ComplaintContext } from '../db/loaders.ts';
import type { Complaint } from '../domain/complaint.ts';

const directors: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor'];
const supervisors: Role[] = [...directors, 'supervisor'];
const desk: Role[] = [...supervisors, 'clerk'];
const readers: Role[] = [...desk, 'analyst', 'operator'];
const workers: Role[] = [...readers, 'cashier', 'maintenance', 'environment', 'guard', 'trainer'];

const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];

/** The household, the resident who complained, and the handler as long as the complaint is not over. */
const own: Grant = { roles: 'any', relation: 'own' };
/** Guards and workers stop harm, so they know of the complaints of their community; nobody else's words reach them. */
const seers: Grant[] = [...near([...readers, 'maintenance', 'guard']), own];
const byReaders: Grant[] = [...near(readers), own];
const byDesk: Grant[] = [...near(desk), own];

/** Who may see and do what; a field without a row has its type's. Transitions bring their own rows. */
export const access: AccessPolicy = {
  ...complaintGrants,
  ...grantable(complaintGrants, ['chooseComplaintRemedy', 'decideComplaintRemedy']),
  ...parkedEventAccess('complaint'),

  'Query.complaint': seers,
  'Query.complaints': seers,
  'Query.complaintCounts': seers,
  'Query.complaintStatistics': near([...readers, 'committee']),
  'Query.complaintReports': near([...readers, 'committee']),
  'Query.recurringProblem': near(readers),
  'Query.recurringProblems': near(readers),
  'Query.complaintCategories': near([...workers, 'committee', 'resident']),
  'Query.complaintChannels': near([...workers, 'committee', 'resident']),
  'Query.complaintPolicies': near(workers),
  'Query.complaintNotifications': 'authenticated',

  'Mutation.registerComplaint': [...near([...desk, 'guard', 'maintenance']), own],
  'Mutation.createComplaintUpload': [...near(workers), own],
  'Mutation.importComplaints': near([...desk, 'operator']),
  'Mutation.revealComplaintContact': near(desk),
  'Mutation.planRecurringProblemPrevention': near(supervisors),
  'Mutation.reviewComplaintReport': near(supervisors),
  'Mutation.setComplaintCode': near(directors),
  'Mutation.setComplaintPolicy': near(['director', 'deputyDirector']),

  Complaint: seers,
  'Complaint.contactName': [own],
  'Complaint.contactPhone': [own],
  'Complaint.respondent': byReaders,
  'Complaint.respondentName': byReaders,
  'Complaint.course': byReaders,
  'Complaint.demand': byReaders,
  'Complaint.help': byReaders,
  'Complaint.result': byReaders,
  'Complaint.contactForms': [...near(readers), { roles: workers, relation: 'own' }],
  'Complaint.steps': byReaders,
  'Complaint.remedies': byDesk,
  'Complaint.remedyCost': byDesk,
  'Complaint.approvals': near(desk),
  'Complaint.returnVisits': byReaders,
  'Complaint.remarks': near(desk),
  'Complaint.history': byDesk,
  RecurringProblem: near(readers),
  ComplaintReport: near([...readers, 'committee']),
  'ComplaintReport.history': near(readers),
  Community: 'inherit',
  'Community.complaints': [{ roles: 'any', relation: 'community' }],
  Unit: 'inherit',
  'Unit.complaints': 'authenticated',
  Household: 'inherit',
  'Household.complaints': 'authenticated',
  Staff: 'inherit',
  'Staff.handledComplaints': 'authenticated',

  ...inherited([
    'Place',
    'Person',
    'WorkOrder',
    'ComplaintSource',
    'ComplaintContactForm',
    'ComplaintStep',
    'ComplaintRemedy',
    'ComplaintRepair',
    'ComplaintPhoto',
    'ComplaintRemark',
    'ComplaintReturnVisit',
    'ComplaintCategory',
    'ComplaintChannel',
    'ComplaintPolicyFigure',
    'ComplaintCount',
    'ComplaintStatistics',
    'ComplaintGradeStatistics',
    'ComplaintCodeStatistics',
    'ComplaintDepartmentStatistics',
    'ComplaintConnection',
    'ComplaintEdge',
    'RecurringProblemConnection',
    'RecurringProblemEdge',
    'ComplaintReportConnection',
    'ComplaintReportEdge',
    'ComplaintImport',
    'RegisterComplaintPayload',
    'ImportComplaintsPayload',
    'RevealComplaintContactPayload',
    'CreateComplaintUploadPayload',
    'PlanRecurringProblemPreventionPayload',
    'ReviewComplaintReportPayload',
    'SetComplaintCodePayload',
    'SetComplaintPolicyPayload',
    ...Object.keys(complaintGrants).map(payloadOf),
  ]),
};

/** Value types are guarded by whatever field holds them. */
function inherited(types: readonly string[]): AccessPolicy {
  return Object.fromEntries(types.map((type) => [type, 'inherit' as const]));
}

/** `Mutation.routeComplaint` -> `RouteComplaintPayload`. */
function payloadOf(coordinate: string): string {
  const name = coordinate.replace('Mutation.', '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
}

const isRow = (complaint: Complaint | { id: string }): complaint is Complaint => 'status' in complaint;
const inCommunity = ({ communityId }: { communityId: string }) => ({ communityId });

/** On what `own` and `community` are judged. */
export const subjects: SubjectOf = {
  Complaint: async (complaint: Complaint | { id: string }, ctx: ComplaintContext) => {
    const row = isRow(complaint) ? complaint : await ctx.loaders.complaint.load(complaint.id);
    return row === null ? null : complaintSubject(row);
  },
  RecurringProblem: inCommunity,
  ComplaintReport: inCommunity,
  Community: ({ id }: { id: string }) => ({ communityId: id }),
};
