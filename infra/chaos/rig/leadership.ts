import { insist } from './insist.ts';
import type { RigService } from '../services/parcel-events.ts';
import type { Rig } from './rig.ts';

/** `relay:chaos-depot`, `consumer:chaos-ledger`: what the instances of a service compete for. */
export type Work = { service: RigService; key: string };

/** A 64-bit advisory lock as pg_locks shows it, in two halves. */
const holderSql = `select pid from pg_locks
  where locktype = 'advisory' and granted and objsubid = 1
    and database = (select oid from pg_database where datname = current_database())
    and (classid::bigint << 32 | objid::bigint) = hashtextextended('steward:' || $1, 0)`;

/** The server's process behind the session of whoever leads; null while nobody does. */
export async function leadingSession(rig: Rig, { service, key }: Work): Promise<number | null> {
  const [holder] = await insist(() => rig.sql<{ pid: number }>(service, holderSql, [key]));
  return holder?.pid ?? null;
}

/**
 * Cuts the session of whoever leads, as a failing network does, without their noticing while they stand stopped:
 * another may lead from now on, and the old leader wakes up believing that it still does.
 */
export async function depose(rig: Rig, work: Work): Promise<number | null> {
  const session = await leadingSession(rig, work);
  if (session !== null) await insist(() => rig.sql(work.service, 'select pg_terminate_backend($1)', [session]));
  return session;
}
