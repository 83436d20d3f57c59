import { txScope, type Tx } from '@steward/db';
import { workOrderQuoteAgreed } from '@steward/events';
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
import { tellAssignee } from '../db/notices.ts';
import { decideQuote, latestQuote } from '../db/work-order-queries.ts';
import { agreeQuote, quoteStatement, requireOffered } from '../domain/quote-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { quoteFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { AgreeWorkOrderQuoteInput } from '../graphql/generated.ts';

export async function agreeWorkOrderQuote(tx: Tx, input: AgreeWorkOrderQuoteInput): Promise<{ id: string }> {
  const order = await lockAggregate(tx, workOrderAggregate, input.id, input.expectedVersion);
  await authorize(tx, workOrderAggregate.subject(order));
  requireAction(order, 'agreeWorkOrderQuote');
  const { manner, signatureFileId = null } = input;
  const quote = requireOffered(await latestQuote(tx, order.id), input.quoteId);
  const { backdatingHours } = await resolvePolicy(tx, workPolicy, order.communityId);
  const bounds = { now: txScope(tx).now, backdatingHours, notBefore: quote.quotedAt, rule: 'A108' };
  const decidedAt = fieldTime(input.occurredAt, bounds);
  const agreed = agreeQuote(order, quote, manner, signatureFileId !== null);
  const note = { action: 'agreeWorkOrderQuote', reason: manner, rule: 'A108' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, agreed, note);
  await decideQuote(tx, quote.id, { state: 'AGREED', manner, decidedAt });
  if (signatureFileId !== null) {
    await requireUploaded(tx, [signatureFileId], 'signature', 'input.signatureFileId');
    const personId = invocationOf(tx).viewer.personId ?? null;
    const statement = quoteStatement(saved, quote);
    await recordSignature(tx, workOrderAggregate, saved, {
      role: 'CUSTOMER',
      personId,
      imageFileId: signatureFileId,
      statement,
    });
  }
  publish(tx, saved, workOrderQuoteAgreed, { ...quoteFact(quote), manner });
  await tellAssignee(tx, saved, 'workOrderQuoteAgreed');
  return { id: saved.id };
}
