import { txScope, type Tx } from '@steward/db';
import { workOrderAccepted, workOrderChargeRequested, workOrderClosed } from '@steward/events';
import {
  invocationOf,
  lockAuthorized,
  meetDeadline,
  publish,
  resolvePolicy,
  saveAggregate,
} from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { quoteById } from '../db/work-order-queries.ts';
import { accept, acceptanceStatement, isFeeDue } from '../domain/after-work-rules.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import type { WorkOrderQuote } from '../domain/quote-rules.ts';
import { signerOf } from '../domain/signing-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { chargeRequestedFact, closedFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { WorkOrder } from '../domain/work-order.ts';
import type { AcceptWorkOrderInput } from '../graphql/generated.ts';
import { maySign, recordSigner } from './record-signer.ts';

export async function acceptWorkOrder(tx: Tx, input: AcceptWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'acceptWorkOrder');
  const { now, actor } = txScope(tx);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, order.communityId);
  const { propertyAcceptanceRoles } = await resolvePolicy(tx, authorityPolicy, order.communityId);
  const { viewer } = invocationOf(tx);
  const signer = signerOf(input, viewer);
  const accepted = accept(order, {
    at: fieldTime(input.occurredAt, { now, backdatingHours, notBefore: order.completedAt, rule: 'A110' }),
    isSigned: input.signatureFileId != null,
    naming: input,
    sender: viewer,
    signerIsMember: signer.personId === null || (await maySign(tx, order, signer.personId)),
    mayAcceptForProperty: hasAuthority(viewer.roles, propertyAcceptanceRoles),
    actorId: actor.id,
  });
  const quote = order.agreedQuoteId === null ? null : await quoteById(tx, order.agreedQuoteId);
  const saved = await saveAggregate(tx, workOrderAggregate, order, accepted, {
    action: 'acceptWorkOrder',
    rule: 'A110',
  });
  if (input.signatureFileId != null) {
    // Of a common area it is the company's own signature, by whoever accepts it.
    const role = order.householdId === null ? 'PROPERTY' : 'HOUSEHOLD';
    const statement = acceptanceStatement(saved, quote?.lines ?? []);
    await recordSigner(tx, saved, { role, signer, fileId: input.signatureFileId, statement });
  }
  publishAcceptance(tx, order, saved, quote);
  await meetDeadline(tx, saved, 'ACCEPTANCE', accepted.acceptedAt ?? now);
  return { id: saved.id };
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
