import type { Migration } from '@steward/db';

const up = `
-- Who has the whole database can cut its end off or write all of it anew, each hash over the one before. What was told to
-- others he cannot: heads that somebody kept and that the chain contradicts.
create function verify_ledger_heads(p_community uuid, p_heights bigint[], p_hashes bytea[])
  returns table (finding text, height bigint)
language sql stable
begin atomic
  select 'HEAD_CONTRADICTED', told.height
    from unnest(p_heights, p_hashes) as told(height, hash)
    left join ledger_block b on b.community_id = p_community and b.height = told.height
   where told.height > 0 and b.hash is distinct from told.hash
   order by told.height;
end;
`;

const down = `drop function verify_ledger_heads(uuid, bigint[], bytea[]);`;

export const migration: Migration = { name: '20261122-1802-verify-published-heads', up, down };
