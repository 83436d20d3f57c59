import type { Visit } from './after-work-rules.ts';
import type { WorkOrderQuote } from './quote-rules.ts';
import type { WorkOrder } from './work-order.ts';

/** What the events of an order tell: ids, codes and figures, never a name, a phone or a word of anybody. */

const placed = ({ placeId, unitId, buildingId, householdId }: WorkOrder) => ({
  placeId,
  unitId,
  buildingId,
  householdId,
});

const classed = ({ tradeCode, problemCode, departmentCode }: WorkOrder) => ({ tradeCode, problemCode, departmentCode });

const answeredFor = ({ responsibleParty, isPaid }: WorkOrder) => ({ responsibleParty, isPaid });

export const idFact = (order: WorkOrder) => ({ workOrderId: order.id });

export const registeredFact = (order: WorkOrder) => ({
  workOrderId: order.id,
  number: order.number,
  channelCode: order.channelCode,
  ...placed(order),
  ...classed(order),
  ...answeredFor(order),
  priority: order.priority,
  receivedAt: order.receivedAt.toISOString(),
  source:
    order.sourceSystem === null || order.sourceKey === null
      ? null
      : { system: order.sourceSystem, key: order.sourceKey },
});

export const locatedFact = (order: WorkOrder) => ({ workOrderId: order.id, ...placed(order), ...answeredFor(order) });

export const reclassifiedFact = (order: WorkOrder) => ({
  workOrderId: order.id,
  ...classed(order),
  ...answeredFor(order),
});

export const partyFact = (order: WorkOrder) => ({
  workOrderId: order.id,
  ...answeredFor(order),
  contractorId: order.contractorId,
});

type Manner = 'ASSIGNED' | 'DISPATCHED' | 'TAKEN' | 'TRANSFERRED';

export const assignedFact = (before: WorkOrder, after: WorkOrder, manner: Manner) => ({
  workOrderId: after.id,
  assigneeId: after.assigneeId ?? '',
  formerAssigneeId: before.assigneeId,
  manner,
  dispatchCount: after.dispatchCount,
});

export const completedFact = (order: WorkOrder, completedAt: Date) => ({
  workOrderId: order.id,
  assigneeId: order.assigneeId,
  completedAt: completedAt.toISOString(),
  isInTime: order.dueAt !== null && completedAt <= order.dueAt,
  round: order.reworkCount + 1,
});

type Cause = 'WATER_TEST' | 'ACCEPTANCE' | 'RETURN_VISIT';

export const reopenedFact = (order: WorkOrder, cause: Cause) => ({
  workOrderId: order.id,
  cause,
  assigneeId: order.assigneeId,
  reworkCount: order.reworkCount,
});

export const closedFact = (order: WorkOrder, closedAt: Date) => ({
  workOrderId: order.id,
  householdId: order.householdId,
  closedAt: closedAt.toISOString(),
});

export const chargeRequestedFact = (order: WorkOrder, quote: WorkOrderQuote) => ({
  workOrderId: order.id,
  quoteId: quote.id,
  unitId: order.unitId,
  householdId: order.householdId,
  fee: { amount: quote.amount, currency: quote.currency },
  lines: quote.lines.map(({ serviceCode, quantity, unit, unitPriceAmount, amount }) => ({
    serviceCode,
    quantity,
    unit,
    unitPriceAmount,
    amount,
  })),
  rule: 'A110',
});

export const returnVisitedFact = (order: WorkOrder, { outcome, rating, at }: Visit) => ({
  workOrderId: order.id,
  householdId: order.householdId,
  visitedAt: at.toISOString(),
  outcome,
  rating: rating ?? null,
  isFinal: outcome === 'UNSATISFIED' || order.returnVisitOutcome !== null,
});

export const quoteFact = (quote: Pick<WorkOrderQuote, 'id' | 'workOrderId' | 'amount' | 'currency'>) => ({
  workOrderId: quote.workOrderId,
  quoteId: quote.id,
  fee: { amount: quote.amount, currency: quote.currency },
});
