import { lineAmount, newId } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { workOrderQuoted } from '@steward/events';
import { invocationOf, lockAuthorized, publish, resolvePolicy, saveAggregate, seal } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { offeredServices } from '../db/catalog-queries.ts';
import { tellHousehold } from '../db/notices.ts';
import { replaceQuote } from '../db/work-order-queries.ts';
import { authorityPolicy, hasAuthority } from '../domain/quote-policy.ts';
import { feeOf, quoteLines, withoutAgreement } from '../domain/quote-rules.ts';
import { quoteFact } from '../domain/work-order-facts.ts';
import type { QuoteWorkOrderInput } from '../graphql/generated.ts';

export async function quoteWorkOrder(tx: Tx, input: QuoteWorkOrderInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const { now } = txScope(tx);
  const { priceReductionRoles } = await resolvePolicy(tx, authorityPolicy, order.communityId);
  const services = await offeredServices(tx, order.communityId);
  const lines = quoteLines(order, input, {
    services: new Map(services.map((service) => [service.number, service])),
    mayReduce: hasAuthority(invocationOf(tx).viewer.roles, priceReductionRoles),
    now,
    amountOf: lineAmount,
  });
  const note = { action: 'quoteWorkOrder', rule: 'A108' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, withoutAgreement(order), note);
  const { currency } = order;
  const amount = feeOf(lines);
  const offer = { id: newId(), workOrderId: order.id, state: 'OFFERED' as const, lines, amount, currency };
  const terms = { plannedAt: input.plannedAt, effectSealed: seal(tx, input.effect.trim()), quotedAt: now };
  await replaceQuote(tx, { ...offer, ...terms, manner: null, decidedAt: null });
  publish(tx, saved, workOrderQuoted, quoteFact(offer));
  await tellHousehold(tx, saved, 'workOrderQuoted', { amount, currency });
  return { id: saved.id };
}
