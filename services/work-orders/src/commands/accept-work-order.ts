import { txScope, type Tx } from '@steward/db';
import { workOrderAccepted, workOrderChargeRequested, workOrderClosed } from '@steward/events';
import { requireUploaded } from '@steward/files';
import {
  authorize,
  invocationOf,
  lockAggregate,
  publish,
  recordSignature,
  resolvePolicy,
  saveAggregate,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { householdsOf } from '../db/reference-queries.ts';
import { quoteById } from '../db/work-order-queries.ts';
import { accept, acceptanceStatement, isFeeDue } from '../domain/after-work-rules.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import type { WorkOrderQuote } from '../domain/quote-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { chargeRequestedFact, closedFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { AcceptWorkOrderInput } from '../graphql/generated.ts';

export async function acceptWorkOrder(tx: Tx, input: AcceptWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAggregate(tx, workOrderAggregate, input.id, input.expectedVersion);
  await authorize(tx, workOrderAggregate.subject(order));
  requireAction(order, 'acceptWorkOrder');
  const { now, actor } = txScope(tx);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, order.communityId);
  const { propertyAcceptanceRoles } = await resolvePolicy(tx, authorityPolicy, order.communityId);
  const { viewer } = invocationOf(tx);
  // Who accepts in the app signs in person; on site the assignee says who did.
  const signerId = viewer.personId ?? input.signerId ?? null;
  const accepted = accept(order, {
    at: fieldTime(input.occurredAt, { now, backdatingHours, notBefore: order.completedAt, rule: 'A110' }),
    isSigned: input.signatureFileId != null,
    signerIsMember: signerId === null || (await isSigner(tx, order, signerId, now)),
    mayAcceptForProperty: hasAuthority(viewer.roles, propertyAcceptanceRoles),
    actorId: actor.id,
  });
  const quote = order.agreedQuoteId === null ? null : await quoteById(tx, order.agreedQuoteId);
  const saved = await saveAggregate(tx, workOrderAggregate, order, accepted, {
    action: 'acceptWorkOrder',
    rule: 'A110',
  });
  await sign(tx, saved, { fileId: input.signatureFileId ?? null, signerId, quote });
  publishAcceptance(tx, order, saved, quote);
  return { id: saved.id };
}

const isSigner = async (tx: Tx, order: WorkOrder, personId: string, now: Date): Promise<boolean> =>
  order.householdId !== null && (await householdsOf(tx, personId, now)).includes(order.householdId);

type Signing = { fileId: string | null; signerId: string | null; quote: WorkOrderQuote | null };

/** The household signs for the work and, where it is paid, for the fee; a common area has nobody to sign. */
async function sign(tx: Tx, order: WorkOrder, { fileId, signerId, quote }: Signing): Promise<void> {
  if (fileId === null) return;
  await requireUploaded(tx, [fileId], 'signature', 'input.signatureFileId');
  await recordSignature(tx, workOrderAggregate, order, {
    role: order.householdId === null ? 'PROPERTY' : 'HOUSEHOLD',
    personId: order.householdId === null ? null : signerId,
    imageFileId: fileId,
    statement: acceptanceStatement(order, quote?.lines ?? []),
  });
}

/** Acceptance first, then the fee (A110); the last thing outstanding closes the order. */
function publishAcceptance(tx: Tx, before: WorkOrder, order: WorkOrder, quote: WorkOrderQuote | null): void {
  const acceptedAt = order.acceptedAt ?? txScope(tx).now;
  const acceptedBy = order.householdId === null ? 'PROPERTY' : 'HOUSEHOLD';
  publish(tx, order, workOrderAccepted, { workOrderId: order.id, acceptedAt: acceptedAt.toISOString(), acceptedBy });
  if (isFeeDue(before) && quote !== null)
    publish(tx, order, workOrderChargeRequested, chargeRequestedFact(order, quote));
  if (order.closedAt !== null) publish(tx, order, workOrderClosed, closedFact(order, order.closedAt));
}
