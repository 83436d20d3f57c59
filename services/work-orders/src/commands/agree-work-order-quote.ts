import { txScope, type Tx } from '@steward/db';
import { workOrderQuoteAgreed } from '@steward/events';
import { invocationOf, lockAuthorized, publish, resolvePolicy, saveAggregate } from '@steward/service-kit';

import { workOrderAggregate } from '../db/aggregates.ts';
import { tellAssignee } from '../db/notices.ts';
import { decideQuote, latestQuote } from '../db/work-order-queries.ts';
import { completionDueAt } from '../domain/deadline-rules.ts';
import { agreeQuote, quoteStatement, requireOffered } from '../domain/quote-rules.ts';
import { signerOf } from '../domain/signing-rules.ts';
import { fieldTime } from '../domain/time-rules.ts';
import { requireAction } from '../domain/transition-rules.ts';
import { quoteFact } from '../domain/work-order-facts.ts';
import { workPolicy } from '../domain/work-order-policy.ts';
import type { AgreeWorkOrderQuoteInput } from '../graphql/generated.ts';
import { keepPlannedTime } from './keep-planned-time.ts';
import { maySign, recordSigner } from './record-signer.ts';

export async function agreeWorkOrderQuote(tx: Tx, input: AgreeWorkOrderQuoteInput): Promise<{ id: string }> {
  const order = await lockAuthorized(tx, workOrderAggregate, input);
  requireAction(order, 'agreeWorkOrderQuote');
  const { manner, signatureFileId = null } = input;
  const { now } = txScope(tx);
  const { viewer } = invocationOf(tx);
  const quote = requireOffered(await latestQuote(tx, order.id), input.quoteId);
  const figures = await resolvePolicy(tx, workPolicy, order.communityId);
  const bounds = { now, backdatingHours: figures.backdatingHours, notBefore: quote.quotedAt, rule: 'A108' };
  const decidedAt = fieldTime(input.occurredAt, bounds);
  const signer = signerOf(input, viewer);
  const signerIsMember = signer.personId === null || (await maySign(tx, order, signer.personId));
  const isSigned = signatureFileId !== null;
  const agreed = agreeQuote(order, quote, { manner, isSigned, naming: input, sender: viewer, signerIsMember, now });
  const isPlanned = agreed.appointmentAt?.getTime() !== order.appointmentAt?.getTime();
  const dueAt = isPlanned ? completionDueAt(quote.plannedAt, figures) : order.dueAt;
  const note = { action: 'agreeWorkOrderQuote', reasonCode: manner, rule: 'A108' };
  const saved = await saveAggregate(tx, workOrderAggregate, order, { ...agreed, dueAt }, note);
  await decideQuote(tx, quote.id, { state: 'AGREED', manner, decidedAt });
  if (signatureFileId !== null) {
    const statement = quoteStatement(saved, quote);
    await recordSigner(tx, saved, { role: 'CUSTOMER', signer, fileId: signatureFileId, statement });
  }
  publish(tx, saved, workOrderQuoteAgreed, { ...quoteFact(quote), manner });
  await tellAssignee(tx, saved, 'workOrderQuoteAgreed');
  if (isPlanned) await keepPlannedTime(tx, order, saved, quote.plannedAt, figures);
  return { id: saved.id };
}
