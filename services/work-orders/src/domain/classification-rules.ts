import { DomainError, refuseAll } from '@steward/core';

import { codeViolations } from './intake-rules.ts';
import type { OrganisationReference, PlaceReference } from './references.ts';
import { decidedResponsibility, decideResponsibility, organisationKindOf } from './responsibility-rules.ts';
import { stay } from './transition-rules.ts';
import type { WarrantyValues } from './warranty-policy.ts';
import { usualPart, type Catalog, type Problem } from './work-order-catalog.ts';
import type { ResponsibleParty, WorkOrder, WorkOrderPart } from './work-order.ts';

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

/** The order under another trade, problem or part (A067). */
export function reclassify(
  order: WorkOrder,
  classes: Classes,
  catalog: Catalog,
  deciding: Omit<Deciding, 'problem'>,
): WorkOrder {
  stay(order, 'reclassifyWorkOrder');
  refuseAll(codeViolations(classes, catalog));
  const { tradeCode, problemCode, part } = classes;
  refuseSame(tradeCode === order.tradeCode && problemCode === order.problemCode && part === order.part, 'A067');
  const problem = catalog.problems.get(problemCode) as Problem;
  const changed: WorkOrder = {
    ...order,
    tradeCode,
    problemCode,
    part,
    departmentCode: catalog.trades.get(tradeCode)?.departmentCode ?? order.departmentCode,
    returnVisitKind: problem.returnVisitKind,
  };
  return withAgreementIf(withResponsibility(changed, { ...deciding, problem }), problemCode === order.problemCode);
}

/** The order at another place of its community, for the household that holds it. */
export function locate(order: WorkOrder, householdId: string | null, deciding: Deciding): WorkOrder {
  stay(order, 'locateWorkOrder');
  const { place, problem } = deciding;
  refuseSame(place.id === order.placeId && householdId === order.householdId, 'A066');
  const isUsual = order.part === 'COMMON' || order.part === 'AS_DELIVERED';
  const changed: WorkOrder = {
    ...order,
    placeId: place.id,
    unitId: place.kind === 'UNIT' ? place.id : null,
    buildingId: place.buildingId,
    householdId,
    part: isUsual ? usualPart(problem, place.kind) : order.part,
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
