import type { Migration } from '@steward/db';

/** As `outbox_mark_sent`: a plan that sessions keep and that finds its rows by the key. */
const standingsSql = `
  create function consumer_standings(reader text, aggregates uuid[])
  returns table (id uuid, tenant_id uuid, version int, parked_from int) language plpgsql stable
  set enable_seqscan = off set enable_bitmapscan = off as $body$
  begin
    return query
    select asked.id, place.tenant_id, coalesce(place.version, 0),
           (select min(parked.aggregate_version) from parked_event parked
            where parked.aggregate_id = asked.id and parked.consumer = reader
              and (parked.state <> 'DROPPED' or parked.aggregate_version > coalesce(place.version, 0)))
    from unnest(aggregates) asked (id)
    left join lateral (
      select kept.tenant_id, kept.version from consumer_position kept
      where kept.aggregate_id = asked.id and kept.consumer = reader offset 0
    ) place on true;
  end $body$;
  revoke all on function consumer_standings(text, uuid[]) from public;
  grant execute on function consumer_standings(text, uuid[]) to {{system}};`;

/** Of the function that moves positions: one was not where it was believed to be. */
export const positionMoved = 'STE01';

/**
 * It fails unless all of them move, so that nobody has to wait for its answer. `before` is an object because a look-up in
 * it takes as long for the last aggregate as for the first.
 */
const moveSql = `
  create function consumer_move(reader text, tenant uuid, source text, aggregates uuid[], before jsonb, after int[],
                                events uuid[])
  returns void language plpgsql as $body$
  declare
    moved int;
  begin
    insert into consumer_position as place (consumer, aggregate_id, tenant_id, version, event_id, publisher)
    select reader, move.id, tenant, move.version, move.event_id, source
    from unnest(aggregates, after, events) move (id, version, event_id)
    on conflict (aggregate_id, consumer) do update
    set version = excluded.version, event_id = excluded.event_id, publisher = excluded.publisher
    where place.version = (before ->> place.aggregate_id::text)::int;
    get diagnostics moved = row_count;
    if moved <> cardinality(aggregates) then
      raise exception 'a position has moved' using errcode = '${positionMoved}';
    end if;
  end $body$;
  revoke all on function consumer_move(text, uuid, text, uuid[], jsonb, int[], uuid[]) from public;
  grant execute on function consumer_move(text, uuid, text, uuid[], jsonb, int[], uuid[]) to {{service}};`;

export const consumerFunctions: Migration = {
  name: '20261122-0012-events-consumer-functions',
  up: standingsSql + moveSql,
  down: `
    drop function consumer_move(text, uuid, text, uuid[], jsonb, int[], uuid[]);
    drop function consumer_standings(text, uuid[]);`,
};
