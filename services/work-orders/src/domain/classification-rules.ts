import { DomainError, refuseAll } from '@steward/core';

import { takeBack } from './dispatch-rules.ts';
import { endPause } from './field-work-rules.ts';
import { codeViolations } from './intake-rules.ts';
import { isPartOf, partViolations } from './part-rules.ts';
import type { OrganisationReference, PlaceReference } from './references.ts';
import { decidedResponsibility, decideResponsibility, organisationKindOf } from './responsibility-rules.ts';
import { moveTo, stay } from './transition-rules.ts';
import type { WarrantyValues } from './warranty-policy.ts';
import { usualPart, type Catalog, type Problem } from './work-order-catalog.ts';
import type { ResponsibleParty, WorkOrder, WorkOrderPart, WorkOrderPriority } from './work-order.ts';

type Deciding = { place: PlaceReference; problem: Problem; day: string; warranty: WarrantyValues };

/** Trade, problem and part as asked for; everything else as it was. */
type Classes = { tradeCode: string; problemCode: string; part: WorkOrderPart };

/** The order with the responsible party that content, part and period give; what a person decided stays. */
function withResponsibility(order: WorkOrder, { place, problem, day, warranty }: Deciding): WorkOrder {
  const decision = decideResponsibility(
    { part: order.part, problem, channelCode: order.channelCode, place, day },
    warranty,
  );
  if (order.responsibilityBasis !== 'DECIDED') return { ...order, ...decision };
  return { ...order, ...decidedResponsibility(order.responsibleParty, order.part, decision.warrantyEndsOn) };
}

const refuseSame = (isSame: boolean, rule: string): void => {
  if (isSame) throw new DomainError('CONFLICT', 'NOTHING_CHANGED', { rule });
};

/** A price agreed for other work does not hold for this; one whose work has become free is not asked for. */
const withAgreementIf = (order: WorkOrder, holds: boolean): WorkOrder =>
  holds && order.isPaid ? order : { ...order, agreedQuoteId: null, agreedFeeAmount: null };

/**
 * How urgent the order is once it is found to be about something else: an emergency's problem makes it one; what was one
 * for its problem alone is one no longer. What a person decided about the same problem stays.
 */
function priorityAfter(order: WorkOrder, before: Problem, after: Problem): WorkOrderPriority {
  if (before.code === after.code) return order.priority;
  if (after.isEmergency) return 'EMERGENCY';
  return before.isEmergency ? 'NORMAL' : order.priority;
}

type Reclassifying = Omit<Deciding, 'problem'> & { before: Problem; mayNameCommonInUnit: boolean };

/** The order under another trade, problem or part (A067), with the priority that this gives it. */
export function reclassify(
  order: WorkOrder,
  classes: Classes,
  catalog: Catalog,
  { before, mayNameCommonInUnit, ...deciding }: Reclassifying,
): WorkOrder {
  stay(order, 'reclassifyWorkOrder');
  const named = classes.part === order.part ? null : classes.part;
  refuseAll([...codeViolations(classes, catalog), ...partViolations(named, deciding.place.kind, mayNameCommonInUnit)]);
  const { tradeCode, problemCode, part } = classes;
  refuseSame(tradeCode === order.tradeCode && problemCode === order.problemCode && part === order.part, 'A067');
  const problem = catalog.problems.get(problemCode) as Problem;
  const priority = priorityAfter(order, before, problem);
  const changed: WorkOrder = {
    ...order,
    tradeCode,
    problemCode,
    part,
    priority,
    appointmentAt: priority === 'EMERGENCY' ? null : order.appointmentAt,
    departmentCode: catalog.trades.get(tradeCode)?.departmentCode ?? order.departmentCode,
    returnVisitKind: problem.returnVisitKind,
  };
  return withAgreementIf(withResponsibility(changed, { ...deciding, problem }), problemCode === order.problemCode);
}

/** Where a reclassified order stands, and with whom: it leaves whoever is not fit for it, and an emergency does not pause. */
export function settle(before: WorkOrder, changed: WorkOrder, isFit: boolean, now: Date): WorkOrder {
  if (before.assigneeId !== null && !isFit) return { ...takeBack(changed, now), status: leadTo(before, 'RECEIVED') };
  if (before.status !== 'PAUSED' || changed.priority === before.priority || changed.priority === 'NORMAL')
    return changed;
  return { ...endPause(changed, now), status: leadTo(before, before.statusBeforePause ?? 'ASSIGNED') };
}

const leadTo = (order: WorkOrder, status: WorkOrder['status']): WorkOrder['status'] =>
  moveTo(order, 'reclassifyWorkOrder', status).status;

/** The part at another place: as usual where the kind of place changes, else as it was. */
function partAt(order: WorkOrder, place: PlaceReference, problem: Problem): WorkOrderPart {
  const staysUnit = order.unitId !== null && place.kind === 'UNIT';
  const isUsual = order.part === 'COMMON' || order.part === 'AS_DELIVERED';
  const part = isUsual && !staysUnit ? usualPart(problem, place.kind) : order.part;
  if (!isPartOf(part, place.kind))
    refuseAll([{ path: 'input.placeId', reason: 'PART_NOT_OF_PLACE', rule: 'A067', params: { part } }]);
  return part;
}

/** The order at another place of its community, for the household that holds it. */
export function locate(order: WorkOrder, householdId: string | null, deciding: Deciding): WorkOrder {
  stay(order, 'locateWorkOrder');
  const { place, problem } = deciding;
  refuseSame(place.id === order.placeId && householdId === order.householdId, 'A066');
  const changed: WorkOrder = {
    ...order,
    placeId: place.id,
    unitId: place.kind === 'UNIT' ? place.id : null,
    buildingId: place.buildingId,
    householdId,
    part: partAt(order, place, problem),
  };
  return withAgreementIf(withResponsibility(changed, deciding), true);
}

/** The order as a person decides about it (B014); an organisation has to be of the party's kind. */
export function decideParty(
  order: WorkOrder,
  party: ResponsibleParty,
  contractor: { id: string; found: OrganisationReference | null } | null,
): WorkOrder {
  stay(order, 'changeWorkOrderResponsibleParty');
  const path = 'input.contractorId';
  if (contractor !== null) {
    if (contractor.found === null) refuseAll([{ path, reason: 'ORGANISATION_UNKNOWN', rule: 'B014' }]);
    if (contractor.found?.kind !== organisationKindOf[party])
      refuseAll([{ path, reason: 'ORGANISATION_KIND', rule: 'B014' }]);
  }
  const contractorId = contractor?.id ?? null;
  refuseSame(party === order.responsibleParty && contractorId === order.contractorId, 'B014');
  const decided = decidedResponsibility(party, order.part, order.warrantyEndsOn);
  return withAgreementIf({ ...order, ...decided, contractorId }, true);
}
