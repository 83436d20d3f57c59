import { txScope, type Tx } from '@steward/db';
import { workOrderQuoteDeclined } from '@steward/events';
import { lockAuthorized, publish, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee } from '../db/notices.ts';
import { decideQuote, insertRemark, latestQuote } from '../db/work-order-queries.ts';
import { requireReason } from '../domain/after-work-rules.ts';
import { requireOffered } from '../domain/quote-rules.ts';
import { stay } from '../domain/transition-rules.ts';
import { quoteFact } from '../domain/work-order-facts.ts';
import type { DeclineWorkOrderQuoteInput } from '../graphql/generated.ts';

export async function declineWorkOrderQuote(tx: Tx, input: DeclineWorkOrderQuoteInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  const kept = stay(order, 'declineWorkOrderQuote');
  const quote = requireOffered(await latestQuote(tx, order.id), input.quoteId);
  requireReason(input.reason, 'A108');
  const note = { action: 'declineWorkOrderQuote', rule: 'A108' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, kept, note);
  await decideQuote(tx, quote.id, { state: 'DECLINED', manner: null, decidedAt: txScope(tx).now });
  publish(tx, saved, workOrderQuoteDeclined, quoteFact(quote));
  await insertRemark(tx, saved.id, 'declineWorkOrderQuote', input.reason);
  await tellAssignee(tx, saved, 'workOrderQuoteDeclined');
  return { id: saved.id };
}
