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
  const envelope = envelopeSchema.safeParse(json);
  if (!envelope.success) return { text, streamSeq, fact: readPlace(json) };
  const { aggregatetype, data, ...attributes } = envelope.data;
  const belongs = attributes.type.startsWith(`steward.${publisher}.${aggregatetype}.`);
  const plan = belongs ? subscriptions.plan({ ...attributes, aggregatetype, data }) : invalid;
  const { id: eventId, type, traceparent } = attributes;
  return { text, streamSeq, fact: { ...placeOf(envelope.data), eventId, type: type || null, traceparent, plan } };
}

const invalid: Plan = { kind: 'refuse', reason: 'ENVELOPE_INVALID', detail: {} };

function placeOf(
  event: z.infer<typeof addressSchema>,
): Pick<Fact, 'tenantId' | 'aggregateType' | 'aggregateId' | 'version'> {
  const { tenantid, aggregatetype, subject, aggregateversion: version } = event;
  return {
    tenantId: tenantid.toLowerCase(),
    aggregateType: aggregatetype,
    aggregateId: subject.toLowerCase(),
    version,
  };
}

/** What can be read of a message that is no envelope. */
function readPlace(json: unknown): Fact | null {
  const address = addressSchema.safeParse(json);
  if (!address.success) return null;
  const { id, type } = identitySchema.parse(json);
  return { ...placeOf(address.data), eventId: id || null, type: type || null, traceparent: undefined, plan: invalid };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
