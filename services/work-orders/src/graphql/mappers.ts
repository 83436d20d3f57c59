import type { FileView } from '@steward/files';
import type {
  ChangeRow,
  Connection,
  DeadlineRow,
  NotificationRow,
  PolicyFigureInForce,
  RefusalValue,
  ReturnVisitRow,
  SignatureRow,
  CodeValue,
} from '@steward/service-kit';

import type { PaidService as OfferedService } from '../domain/quote-rules.ts';
import type {
  WorkOrderDamage as Damage,
  WorkOrderMonthlyReport as MonthlyReport,
  WorkOrderSample as Sample,
  WorkOrderTradeStatistics as TradeStatistics,
} from '../domain/review.ts';
import type { Channel, Problem, Trade } from '../domain/work-order-catalog.ts';
import type { WorkOrder as Order } from '../domain/work-order.ts';
import type { QuoteLine } from './work-order-part-resolvers.ts';

/** What stands behind a type of the graph where that is not the domain's row. */
export type WorkOrderConnection = Connection<Order>;
export type WorkOrderSampleConnection = Connection<Sample>;
export type WorkOrderMonthlyReportConnection = Connection<MonthlyReport>;
export type PaidServiceConnection = Connection<OfferedService>;
export type ChangeConnection = Connection<ChangeRow>;
export type Deadline = DeadlineRow;
export type Signature = SignatureRow;
export type WorkOrderReturnVisit = ReturnVisitRow;
export type WorkOrderQuoteLine = QuoteLine;
export type { WorkOrderDispatchSlipPrint } from '../domain/work-order.ts';
export type { WorkOrderSigner } from '../domain/signing-rules.ts';
export type File = FileView;
export type NotificationConnection = Connection<NotificationRow>;
export type Code = CodeValue;
export type Actor = { kind: 'staff' | 'person' | 'system'; id: string | null };
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
export type WorkOrderImport = { index: number; isNew: boolean; id: string | null; refusal: RefusalValue | null };
export type WorkOrderAssignment = { id: string; workOrderId: string | null; refusal: RefusalValue | null };
export type PrintDispatchSlipPayload = { workOrder: Order; printId: string };
export type RecordWorkOrderSampleVisitPayload = Loaded<'workOrderSample'>;
export type CheckWorkOrderMonthlyReportPayload = Loaded<'workOrderMonthlyReport'>;
export type ProposeStaffMeasurePayload = Loaded<'workOrderMonthlyReport'>;
export type PublishPaidServicePayload = Loaded<'paidService'>;
export type RetirePaidServicePayload = Loaded<'paidService'>;
export type SetWorkOrderPolicyPayload = InCommunity;
