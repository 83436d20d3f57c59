import { rows, type Database, type Tx } from '@steward/db';

/**
 * - ALTERED: an entry, or the one before it, is not what was written;
 * - MISSING: the entry before it is gone;
 * - CUT: the chain does not reach its head: the newest entries, or the head itself, are gone;
 * - UNWITNESSED: an earlier head, kept elsewhere, is not in the chain: it was written anew from some place on.
 */
export type ChainFault = { seq: number; fault: 'ALTERED' | 'MISSING' | 'CUT' | 'UNWITNESSED' };

/** How a tenant's log of revealed values stands; `seq` and `hash` of the last entry are worth keeping elsewhere. */
export type ChainReport = { tenantId: string; seq: number; hash: string | null; faults: ChainFault[] };

/** What an earlier report said of a tenant. */
export type ChainWitness = Pick<ChainReport, 'tenantId' | 'seq' | 'hash'>;

const brokenLinks = `
  select seq, case when seq <> seq_before + 1 then 'MISSING' else 'ALTERED' end as fault
    from (select entry as kept, seq, hash, lag(seq, 1, 0::bigint) over by_seq as seq_before,
                 lag(hash, 1, reveal_genesis(tenant_id)) over by_seq as hash_before
            from reveal_log entry window by_seq as (order by seq)) as linked
   where seq <> seq_before + 1 or hash <> reveal_hash(kept, hash_before)
   order by seq limit 100`;

const ends = `
  select coalesce(last.seq, 0) as seq, encode(last.hash, 'hex') as hash,
         (head.seq, head.hash) is distinct from (last.seq, last.hash) as "isCut"
    from (select 1) as one
    left join (select seq, hash from reveal_log order by seq desc limit 1) as last on true
    left join reveal_chain head on true`;

type Ends = { seq: number; hash: string | null; isCut: boolean };

async function faultsOf(tx: Tx, end: Ends, witness: ChainWitness | undefined): Promise<ChainFault[]> {
  const faults = await rows<ChainFault>(tx, brokenLinks);
  if (end.isCut) faults.push({ seq: end.seq, fault: 'CUT' });
  if (witness === undefined || witness.hash === null) return faults;
  const seen = await rows(tx, `select 1 from reveal_log where seq = $1 and hash = decode($2, 'hex')`, [
    witness.seq,
    witness.hash,
  ]);
  return seen.length > 0 ? faults : [...faults, { seq: witness.seq, fault: 'UNWITNESSED' }];
}

/** Recomputes every tenant's chain of a service, in the database and under its row-level security. */
export async function verifyRevealChains(
  database: Pick<Database, 'system' | 'read'>,
  witnesses: readonly ChainWitness[] = [],
): Promise<ChainReport[]> {
  const { rows: found } = await database.system.query<{ tenantId: string }>(
    `select tenant_id as "tenantId" from reveal_log union select tenant_id from reveal_chain`,
  );
  const tenants = new Set([...found, ...witnesses].map(({ tenantId }) => tenantId));
  const reports: ChainReport[] = [];
  for (const tenantId of [...tenants].toSorted()) {
    const scope = { tenantId, now: new Date(), actor: { kind: 'system' as const, id: null, sub: 'verify-reveals' } };
    const witness = witnesses.find((each) => each.tenantId === tenantId);
    const report = await database.read(scope, async (tx) => {
      const [end = { seq: 0, hash: null, isCut: false }] = await rows<Ends>(tx, ends);
      return { tenantId, seq: end.seq, hash: end.hash, faults: await faultsOf(tx, end, witness) };
    });
    reports.push(report);
  }
  return reports;
}
