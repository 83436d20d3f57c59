import { errorFacts, type Log } from '@steward/core';
import type { Database } from '@steward/db';
import type { Msg, NatsConnection, Subscription } from '@nats-io/transport-node';
import { z } from 'zod';

import { reconcileSubject } from '../wire.ts';
import { requeueAggregate } from './delivery-rows.ts';

export const reconcileRequest = z.object({
  aggregateId: z.guid(),
  fromVersion: z.int().min(1),
  /** Exclusive; absent: to the newest. */
  toVersion: z.int().min(2).optional(),
});

export const reconcileAnswer = z.object({
  /** The first version the log has in the asked range; null when it has none. */
  earliest: z.int().nullable(),
  requeued: z.int(),
});

type Answering = { database: Database; nats: NatsConnection; service: string; prefix: string; log: Log };

const newest = 2 ** 31 - 1;

/**
 * Consumers that miss facts of an aggregate ask here. Any instance may answer: it only makes the rows unsent again,
 * the leader publishes them. By the time of the answer they count as unsent, so nothing looks quiet in between.
 */
export function answerReconcileRequests(context: Answering): Subscription {
  const requests = context.nats.subscribe(reconcileSubject(context.prefix, context.service), { queue: 'relay' });
  void answerEach(context, requests);
  return requests;
}

async function answerEach(context: Answering, requests: Subscription): Promise<void> {
  for await (const message of requests) {
    try {
      await answer(context, message);
    } catch (error) {
      // The consumer asks again when it hears nothing.
      context.log.warn({ publisher: context.service, ...errorFacts(error) }, 'a request for events was not answered');
    }
  }
}

async function answer({ database, service, log }: Answering, message: Msg): Promise<void> {
  const request = reconcileRequest.safeParse(message.json());
  if (!request.success) return void message.respond(JSON.stringify({ error: 'REQUEST_INVALID' }));
  const { aggregateId, fromVersion, toVersion = newest } = request.data;
  const outcome = await requeueAggregate(database.system, { aggregateId, fromVersion, toVersion });
  if (outcome.requeued > 0) log.info({ publisher: service, aggregateId, ...outcome }, 'sending missing events again');
  message.respond(JSON.stringify(outcome));
}
