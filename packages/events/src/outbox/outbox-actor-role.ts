import type { Migration } from '@steward/db';

/** The look-up of unsent rows, see `outbox-tables.ts`; `role` is its newest column. */
const unsentSql = (role: { returned: string; read: string }): string => `
  create function outbox_unsent(batch int) returns table (
    seq bigint, generation int, id uuid, tenant_id uuid, community_id uuid, aggregate_type text, aggregate_id uuid,
    aggregate_version int, type text, occurred_at timestamptz, traceparent text, data jsonb${role.returned}
  ) language sql stable set enable_seqscan = off set enable_bitmapscan = off set enable_sort = off as $body$
    select unsent.seq, unsent.generation, logged.id, logged.tenant_id, logged.community_id, logged.aggregate_type,
           logged.aggregate_id, logged.aggregate_version, logged.type, logged.occurred_at, logged.traceparent,
           logged.data${role.read}
    from (select seq, recorded_at, generation from outbox_delivery
          where published_at is null order by seq limit batch) unsent
    cross join lateral (select * from outbox
                        where outbox.seq = unsent.seq and outbox.recorded_at = unsent.recorded_at offset 0) logged
    order by unsent.seq
  $body$;
  revoke all on function outbox_unsent(int) from public;
  grant execute on function outbox_unsent(int) to {{system}};`;

/** In which role somebody acted, so that whoever reads a fact knows whether staff, a resident or a timer made it. */
export const outboxActorRole: Migration = {
  name: '20261122-0005-events-actor-role',
  up: `
    drop function outbox_unsent(int);
    alter table outbox add column actor_role text;
    ${unsentSql({ returned: ', actor_role text', read: ', logged.actor_role' })}`,
  down: `
    drop function outbox_unsent(int);
    alter table outbox drop column actor_role;
    ${unsentSql({ returned: '', read: '' })}`,
};
