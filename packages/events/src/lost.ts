import type { Pool } from 'pg';

/** A fact that the stream had and the publisher's log, put back to an older state, has not. */
export type LostEvent = {
  id: string;
  type: string;
  aggregateType: string;
  aggregateId: string;
  aggregateVersion: number;
  tenantId: string;
  occurredAt: Date;
  foundAt: Date;
  envelope: unknown;
};

/** What was lost, in the order in which it had happened. */
export async function listLost(pool: Pool, limit = 1_000): Promise<LostEvent[]> {
  const { rows } = await pool.query<LostEvent>(
    `select id, type, aggregate_type as "aggregateType", aggregate_id as "aggregateId",
            aggregate_version as "aggregateVersion", tenant_id as "tenantId", occurred_at as "occurredAt",
            found_at as "foundAt", envelope
     from lost_event order by found_at, stream_seq limit $1`,
    [limit],
  );
  return rows;
}
