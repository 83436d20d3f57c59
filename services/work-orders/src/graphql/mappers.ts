import type { ChangeRow, Connection, DeadlineRow, RefusalValue } from '@steward/service-kit';

import type { PolicyFigureInForce } from '../db/policy-queries.ts';
import type {
  WorkOrderDamage as Damage,
  WorkOrderMonthlyReport as MonthlyReport,
  WorkOrderSample as Sample,
  WorkOrderTradeStatistics as TradeStatistics,
} from '../domain/review.ts';
import type { Channel, Problem, Trade } from '../domain/work-order-catalog.ts';
import type { WorkOrder as Order } from '../domain/work-order.ts';
import type { CodeValue } from './code-value.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type WorkOrderConnection = Connection<Order>;
export type WorkOrderSampleConnection = Connection<Sample>;
export type WorkOrderMonthlyReportConnection = Connection<MonthlyReport>;
export type ChangeConnection = Connection<ChangeRow>;
export type Deadline = DeadlineRow;
export type Code = CodeValue;
export type Refusal = RefusalValue;
export type WorkOrderPolicyFigure = PolicyFigureInForce;

/** Entities of other services, and our own where only the id is known. */
type Stub = { id: string };
export type Community = Stub;
export type Unit = Stub;
export type Household = Stub;
export type Staff = Stub;

/** Figures and codes carry their community along: the names of its own codes are found by it. */
type InCommunity = { communityId: string };
export type WorkOrderTrade = Trade & InCommunity & { problems: Problem[] };
export type WorkOrderProblem = Problem & InCommunity;
export type WorkOrderChannel = Channel & InCommunity;
export type WorkOrderTradeStatistics = TradeStatistics & InCommunity;
export type WorkOrderDamage = Damage & InCommunity;

type Loaded<Name extends string> = Record<Name, Stub>;

/** A command answers `{ id }`; the payload loads what a client selects. */
export type RegisterWorkOrderPayload = Loaded<'workOrder'>;
export type UpdateWorkOrderPayload = Loaded<'workOrder'>;
export type LocateWorkOrderPayload = Loaded<'workOrder'>;
export type ReclassifyWorkOrderPayload = Loaded<'workOrder'>;
export type ChangeWorkOrderPriorityPayload = Loaded<'workOrder'>;
export type ChangeWorkOrderResponsiblePartyPayload = Loaded<'workOrder'>;
export type DispatchWorkOrderPayload = Loaded<'workOrder'>;
export type AssignWorkOrderPayload = Loaded<'workOrder'>;
export type TakeWorkOrderPayload = Loaded<'workOrder'>;
export type TransferWorkOrderPayload = Loaded<'workOrder'>;
export type ReturnWorkOrderPayload = Loaded<'workOrder'>;
export type PauseWorkOrderPayload = Loaded<'workOrder'>;
export type ResumeWorkOrderPayload = Loaded<'workOrder'>;
export type MakeWorkOrderAppointmentPayload = Loaded<'workOrder'>;
export type RescheduleWorkOrderAppointmentPayload = Loaded<'workOrder'>;
export type ArriveOnSitePayload = Loaded<'workOrder'>;
export type QuoteWorkOrderPayload = Loaded<'workOrder'>;
export type AgreeWorkOrderQuotePayload = Loaded<'workOrder'>;
export type DeclineWorkOrderQuotePayload = Loaded<'workOrder'>;
export type RecordWorkOrderMaterialsPayload = Loaded<'workOrder'>;
export type CompleteWorkOrderPayload = Loaded<'workOrder'>;
export type RecordWorkOrderWaterTestPayload = Loaded<'workOrder'>;
export type AcceptWorkOrderPayload = Loaded<'workOrder'>;
export type RefuseWorkOrderAcceptancePayload = Loaded<'workOrder'>;
export type RecordWorkOrderReturnVisitPayload = Loaded<'workOrder'>;
export type RecordWorkOrderOpinionPayload = Loaded<'workOrder'>;
export type UrgeWorkOrderPayload = Loaded<'workOrder'>;
export type CancelWorkOrderPayload = Loaded<'workOrder'>;
export type RevealWorkOrderContactPayload = Loaded<'workOrder'> & { contactName: string | null; contactPhone: string | null };
export type WorkOrderImport = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };
export type WorkOrderAssignment = { id: string; isAssigned: boolean; refusal: RefusalValue | null };
export type RecordWorkOrderSampleVisitPayload = Loaded<'workOrderSample'>;
export type CheckWorkOrderMonthlyReportPayload = Loaded<'workOrderMonthlyReport'>;
export type ProposeStaffMeasurePayload = Loaded<'workOrderMonthlyReport'>;
export type PublishPaidServicePayload = Loaded<'paidService'>;
export type RetirePaidServicePayload = Loaded<'paidService'>;
export type SetWorkOrderPolicyPayload = InCommunity;
