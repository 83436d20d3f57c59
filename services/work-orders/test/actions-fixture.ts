import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { workOrderActions } from '../src/domain/transition-rules.ts';
import type { WorkOrderAction } from '../src/domain/transition-policy.ts';
import { quoteTerms } from './a-paid-order.ts';
import { anUpload, type Estate } from './work-orders-fixture.ts';

/** An order to act on: a copy, so that what one action changes no other one meets. */
export type Copy = { id: string; quoteId: string; priority: string; householdId: string | null };

/** Copies an order with its quotes, as it stands in the database. */
export async function copyOf(service: TestService, id: string): Promise<Copy> {
  const copy = newId();
  await service.sql(
    `insert into work_order
     select (jsonb_populate_record(w, jsonb_build_object('id', $2::uuid, 'number', 'WX-' || $2::text))).*
       from work_order w where id = $1`,
    [id, copy],
  );
  await service.sql(
    `insert into work_order_quote
     select (jsonb_populate_record(q, jsonb_build_object('id', gen_random_uuid(), 'work_order_id', $2::uuid))).*
       from work_order_quote q where work_order_id = $1`,
    [id, copy],
  );
  return found(service, copy);
}

/** An order as it stands, for actions that are to be refused and so leave it as it is. */
export async function found(service: TestService, id: string): Promise<Copy> {
  const [order] = await service.sql<{ priority: string; householdId: string | null; quoteId: string | null }>(
    `select priority, household_id as "householdId",
            (select q.id from work_order_quote q where q.work_order_id = w.id
              order by quoted_at desc, id desc limit 1) as "quoteId"
       from work_order w where w.id = $1`,
    [id],
  );
  if (order === undefined) throw new Error('there is no such order');
  return { ...order, id, quoteId: order.quoteId ?? newId() };
}

type Files = { photo: string; signature: string };

export async function filesOf(service: TestService, estate: Estate, viewer: Viewer): Promise<Files> {
  const photo = await anUpload(service, estate, viewer);
  return { photo, signature: await anUpload(service, estate, viewer, 'SIGNATURE') };
}

type Acting = { estate: Estate; viewer: Viewer; files: Files; colleagueId: string };

const reason = '情况有变';

/** The rest of an input that nothing but the order's state could refuse. */
export function inputFor(action: WorkOrderAction, copy: Copy, { estate, viewer, files, colleagueId }: Acting): object {
  const { quoteId, householdId } = copy;
  const isOnPaper = viewer.personId === undefined && householdId !== null;
  const signature = householdId === null ? {} : { signatureFileId: files.signature };
  const inputs: Partial<Record<WorkOrderAction, object>> = {
    updateWorkOrder: { contactName: '李四' },
    locateWorkOrder: { placeId: estate.buildingId },
    reclassifyWorkOrder: { tradeCode: 'PLUMBING', problemCode: 'TOILET' },
    changeWorkOrderPriority: { priority: copy.priority === 'NORMAL' ? 'EMERGENCY' : 'NORMAL' },
    changeWorkOrderResponsibleParty: { responsibleParty: 'OWN_FIT_OUT', reason },
    assignWorkOrder: { assigneeId: estate.plumber.staffId },
    transferWorkOrder: { assigneeId: colleagueId, reason },
    returnWorkOrder: { reason },
    pauseWorkOrder: { reasonCode: 'WEATHER', until: '2026-03-04T01:00:00.000Z' },
    makeWorkOrderAppointment: { appointmentAt: '2026-03-03T02:00:00.000Z' },
    rescheduleWorkOrderAppointment: { appointmentAt: '2026-03-03T02:30:00.000Z', reason },
    quoteWorkOrder: quoteTerms(copy.id),
    agreeWorkOrderQuote: { quoteId, manner: 'ORAL' },
    declineWorkOrderQuote: { quoteId, reason },
    recordWorkOrderMaterials: { materials: [{ name: '垫圈', quantity: '1', unit: 'piece' }] },
    completeWorkOrder: { photoFileIds: [files.photo] },
    recordWorkOrderWaterTest: { isPassed: true },
    acceptWorkOrder: { ...signature, ...(isOnPaper ? { signerId: estate.resident.personId } : {}) },
    refuseWorkOrderAcceptance: { reason },
    recordWorkOrderReturnVisit: { means: 'PHONE', outcome: 'SATISFIED', rating: 5 },
    recordWorkOrderOpinion: { rating: 5 },
    cancelWorkOrder: { reasonCode: 'WITHDRAWN_BY_CUSTOMER' },
  };
  return { id: copy.id, ...inputs[action] };
}

const capital = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** What a mutation on an order answers: null where it is done, the reason where it is refused. */
export async function outcome(
  service: TestService,
  viewer: Viewer,
  action: string,
  input: object,
): Promise<string | null> {
  const document = `mutation ($input: ${capital(action)}Input!) { ${action}(input: $input) { workOrder { id } } }`;
  const { errors = [] } = await service.graphql(viewer, document, { input });
  return errors[0]?.extensions.reason ?? null;
}

/** The refusals that `availableActions` tells a viewer, by action; null where the action is allowed. */
export async function toldOf(service: TestService, viewer: Viewer, id: string): Promise<Record<string, string | null>> {
  const query = `query ($id: ID!) { workOrder(id: $id) { availableActions { action allowed refusal { reason } } } }`;
  type Told = { action: string; allowed: boolean; refusal: { reason: string } | null };
  const { workOrder } = await service.ok<{ workOrder: { availableActions: Told[] } }>(viewer, query, { id });
  if (workOrder.availableActions.length !== workOrderActions.length) throw new Error('an action is missing');
  return Object.fromEntries(
    workOrder.availableActions.map(({ action, allowed, refusal }) => [
      action,
      allowed ? null : (refusal?.reason ?? '?'),
    ]),
  );
}
