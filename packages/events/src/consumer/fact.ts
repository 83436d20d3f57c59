import { z } from 'zod';

import { envelopeSchema } from '../envelope.ts';
import type { Plan, Subscriptions } from '../subscriptions.ts';

/** A message that says which aggregate it belongs to and where among its facts. */
export type Fact = {
  tenantId: string;
  aggregateType: string;
  aggregateId: string;
  version: number;
  eventId: string | null;
  type: string | null;
  traceparent: string | undefined;
  plan: Plan;
};

/** As received: the text is kept, because a parked event is read again from it. */
export type Received = { text: string; streamSeq: number; fact: Fact | null };

const addressSchema = envelopeSchema.pick({
  tenantid: true,
  subject: true,
  aggregatetype: true,
  aggregateversion: true,
});
const identitySchema = z.object({ id: z.guid().catch('').optional(), type: z.string().catch('').optional() });

/** Reads a message. `fact` is null when not even its place can be read; anything else wrong with it is its plan. */
export function readFact(text: string, streamSeq: number, publisher: string, subscriptions: Subscriptions): Received {
  const json = parseJson(text);
  const address = addressSchema.safeParse(json);
  if (!address.success) return { text, streamSeq, fact: null };
  const { id, type } = identitySchema.parse(json);
  const envelope = envelopeSchema.safeParse(json);
  const fact: Fact = {
    tenantId: address.data.tenantid,
    aggregateType: address.data.aggregatetype,
    aggregateId: address.data.subject,
    version: address.data.aggregateversion,
    eventId: id || null,
    type: type || null,
    traceparent: envelope.data?.traceparent,
    plan: { kind: 'refuse', reason: 'ENVELOPE_INVALID', detail: {} },
  };
  if (!envelope.success) return { text, streamSeq, fact };
  const { aggregatetype, data, ...attributes } = envelope.data;
  const belongs = attributes.type.startsWith(`steward.${publisher}.${aggregatetype}.`);
  if (belongs) fact.plan = subscriptions.plan({ ...attributes, aggregatetype, data });
  return { text, streamSeq, fact };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
