import { columnsAs } from '@steward/db';
import {
  approvalLoader,
  authorityLoader,
  byId,
  deadlineLoader,
  fileLoader,
  listBy,
  pagesByParent,
  returnVisitLoader,
  type Context,
} from '@steward/service-kit';

import type { ComplaintCode } from '../domain/complaint-catalog.ts';
import type {
  Complaint,
  ComplaintContactForm,
  ComplaintPhoto,
  ComplaintRemark,
  ComplaintRemedy,
  ComplaintRepair,
  ComplaintStep,
} from '../domain/complaint.ts';
import { complaintReportEntity, recurringProblemEntity } from './analysis-entities.ts';
import { complaintEntity } from './complaint-entities.ts';

const ofComplaints = (table: string, names: string, order: string): string =>
  `select ${columnsAs(`id tenantId complaintId ${names}`)} from ${table} where complaint_id = any($1::uuid[]) order by ${order}`;

const forms = ofComplaints(
  'complaint_contact_form',
  'round departmentCode contentSealed issuedAt state answeredAt answeredBy answerSealed',
  'issued_at, id',
);
const steps = ofComplaints(
  'complaint_step',
  'kind means departmentCodes occurredAt recordedBy noteSealed',
  'occurred_at, id',
);
const remedies = ofComplaints(
  'complaint_remedy',
  'descriptionSealed costAmount currency state approvalId proposedAt',
  'proposed_at, id',
).replace(' from ', ', planned_on::text as "plannedOn" from ');
const repairs = ofComplaints(
  'complaint_repair',
  'placeId tradeCode problemCode isEmergency state workOrderId requestedAt closedAt',
  'requested_at, id',
);
const remarks = ofComplaints('complaint_remark', 'action actorKind actorId madeAt textSealed', 'made_at desc, id desc');
const photos = ofComplaints('complaint_photo', 'fileId', 'id');

const codes = `
  select ${columnsAs('id tenantId communityId number version createdAt kind nameZh nameEn departmentCode grade retiredAt')}
    from complaint_code where community_id = any($1::uuid[]) order by number`;
const problemComplaints = `
  select c.id, l.problem_id as "problemId" from recurring_problem_complaint l join complaint c on c.id = l.complaint_id
   where l.problem_id = any($1::uuid[]) order by c.received_at, c.id`;

const ofComplaint = ({ complaintId }: { complaintId: string }): string => complaintId;
/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context) => ({
  complaint: byId(ctx, complaintEntity),
  problem: byId(ctx, recurringProblemEntity),
  report: byId(ctx, complaintReportEntity),
  complaintsBelow: pagesByParent<Complaint>(ctx),
  forms: listBy<ComplaintContactForm>(ctx, forms, ofComplaint),
  steps: listBy<ComplaintStep>(ctx, steps, ofComplaint),
  remedies: listBy<ComplaintRemedy>(ctx, remedies, ofComplaint),
  repairs: listBy<ComplaintRepair>(ctx, repairs, ofComplaint),
  remarks: listBy<ComplaintRemark>(ctx, remarks, ofComplaint),
  photos: listBy<ComplaintPhoto>(ctx, photos, ofComplaint),
  authority: authorityLoader(ctx),
  approvals: approvalLoader(ctx),
  returnVisits: returnVisitLoader(ctx),
  deadlines: deadlineLoader(ctx),
  codesOfCommunity: listBy<ComplaintCode>(ctx, codes, ({ communityId }) => communityId),
  complaintsOfProblem: listBy<{ id: string; problemId: string }>(ctx, problemComplaints, ({ problemId }) => problemId),
  file: fileLoader(ctx),
});

export type ComplaintContext = Context<ReturnType<typeof loaders>>;
