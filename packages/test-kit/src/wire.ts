import { jetstream } from '@nats-io/jetstream';
import { newId } from '@steward/core';
import { connectNats, ensureStream, subjectOf, toEnvelope, type EventDefinition } from '@steward/events';

import { testServers } from './test-database.ts';

export type Fact<T> = { tenantId: string; communityId?: string | null; aggregateId: string; data: T; at?: Date };

export type Wire = {
  /** Sends a fact as its publisher would: its stream, its next version for that aggregate. */
  send<T>(definition: EventDefinition<T>, fact: Fact<T>): Promise<void>;
  close(): Promise<void>;
};

/** The other services of a test: speaks on the same broker and prefix as they would. */
export async function openWire(prefix: string): Promise<Wire> {
  const nats = await connectNats(testServers().nats, { name: 'test-wire' });
  const versions = new Map<string, number>();
  return {
    send: async (definition, fact) => {
      const version = (versions.get(fact.aggregateId) ?? 0) + 1;
      versions.set(fact.aggregateId, version);
      await ensureStream(nats, prefix, definition.publisher);
      const event = toEnvelope(definition.publisher, {
        id: newId(),
        tenant_id: fact.tenantId,
        community_id: fact.communityId ?? null,
        aggregate_type: definition.aggregate,
        aggregate_id: fact.aggregateId,
        aggregate_version: version,
        type: definition.type,
        occurred_at: fact.at ?? new Date(),
        traceparent: null,
        data: definition.data.parse(fact.data),
      });
      await jetstream(nats).publish(subjectOf(prefix, definition.type), JSON.stringify(event), { msgID: event.id });
    },
    close: () => nats.close(),
  };
}
