import type { Database } from '@steward/db';

/** A timer that was given up, as operators see it; `payload` has ids, codes and figures. */
export type FailedTimer = {
  id: string;
  tenantId: string;
  communityId: string | null;
  kind: string;
  aggregateId: string | null;
  dueAt: Date;
  attempts: number;
  /** Kind and place of the last error; never a value. */
  lastError: string | null;
  payload: Record<string, unknown>;
};

type Pool = Database['system'];

const columns = `id, tenant_id as "tenantId", community_id as "communityId", kind, aggregate_id as "aggregateId",
  due_at as "dueAt", attempts, last_error as "lastError", payload`;

/** The timers of all tenants that were given up, in the order in which they fell due. */
export const listFailedTimers = async (pool: Pool, limit = 1_000): Promise<FailedTimer[]> =>
  (
    await pool.query<FailedTimer>(`select ${columns} from timer where state = 'FAILED' order by due_at, id limit $1`, [
      limit,
    ])
  ).rows;

/** The timer of that id if it was given up. */
export const findFailedTimer = async (pool: Pool, id: string): Promise<FailedTimer | null> =>
  (await pool.query<FailedTimer>(`select ${columns} from timer where state = 'FAILED' and id = $1`, [id])).rows[0] ??
  null;

/** Gives a timer that was given up all its attempts again; it runs at once. False when no such timer was given up. */
export async function retryFailedTimer(pool: Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    `update timer set state = 'WAITING', attempts = 0, retry_at = null where state = 'FAILED' and id = $1`,
    [id],
  );
  return rowCount === 1;
}
