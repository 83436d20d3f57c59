import type { FileView } from '@steward/files';
import type {
  ApprovalRow,
  ChangeRow,
  Connection,
  DeadlineRow,
  NotificationRow,
  PolicyFigureInForce,
  RefusalValue,
  ReturnVisitRow,
  CodeValue,
} from '@steward/service-kit';

import type { ImportedRow } from '../commands/import-complaints.ts';
import type { Category, Channel, CodeKind } from '../domain/complaint-catalog.ts';
import type { Complaint as ComplaintRow } from '../domain/complaint.ts';
import type { ComplaintReport as Report, ComplaintStatistics as Statistics } from '../domain/complaint-report.ts';
import type { RecurringProblem as Problem } from '../domain/recurring-problem.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type ComplaintConnection = Connection<ComplaintRow>;
export type RecurringProblemConnection = Connection<Problem>;
export type ComplaintReportConnection = Connection<Report>;
export type ChangeConnection = Connection<ChangeRow>;
export type Deadline = DeadlineRow;
export type Approval = ApprovalRow;
export type ComplaintReturnVisit = ReturnVisitRow;
export type File = FileView;
export type NotificationConnection = Connection<NotificationRow>;
export type Code = CodeValue;
export type Actor = { kind: 'staff' | 'person' | 'system'; id: string | null };
export type Refusal = RefusalValue;
export type ComplaintPolicyFigure = PolicyFigureInForce;
export type ComplaintImport = ImportedRow;

/** Entities of other services, and our own where only the id is known. */
type Stub = { id: string };
export type Community = Stub;
export type Unit = Stub;
export type Household = Stub;
export type Staff = Stub;

/** Figures and codes carry their community along: the names of its own codes are found by it. */
type InCommunity = { communityId: string };
export type ComplaintCategory = Category & InCommunity;
export type ComplaintChannel = Channel & InCommunity;
export type ComplaintStatistics = Statistics & InCommunity;
export type ComplaintCodeStatistics = InCommunity & { kind: CodeKind; code: string; count: number };

type Loaded<Name extends string> = Record<Name, Stub>;

/** A command answers `{ id }`; the payload loads what a client selects. */
export type PlanRecurringProblemPreventionPayload = Loaded<'recurringProblem'>;
export type ReviewComplaintReportPayload = Loaded<'complaintReport'>;
export type SetComplaintPolicyPayload = InCommunity;
