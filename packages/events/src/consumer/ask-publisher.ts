import { errorFacts } from '@steward/core';
import { reconcileAnswer } from '../relay/answer-reconcile.ts';
import type { RequeueAnswer, RequeueRequest } from '../relay/delivery-rows.ts';
import { reconcileSubject } from '../wire.ts';
import type { ConsumerContext } from './consumer-context.ts';

const answerMilliseconds = 1_000;

/** Asks for missing facts; null when nobody answers. By the time of the answer they are on their way. */
export async function askPublisher(context: ConsumerContext, request: RequeueRequest): Promise<RequeueAnswer | null> {
  const { nats, prefix, publisher, consumer, log } = context;
  try {
    const subject = reconcileSubject(prefix, publisher);
    const message = await nats.request(subject, JSON.stringify(request), { timeout: answerMilliseconds });
    return reconcileAnswer.parse(message.json());
  } catch (error) {
    log.warn({ consumer, publisher, ...request, ...errorFacts(error) }, 'the publisher does not answer');
    return null;
  }
}
