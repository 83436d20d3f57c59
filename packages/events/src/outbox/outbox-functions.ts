import type { Migration } from '@steward/db';

/**
 * A function, whose plan a session keeps: to make it anew took longer than to carry it out. It is bound to the key, as
 * it outlives the statistics it was made with. The commit does not wait for the disk: marks that are lost with the
 * server are found again in the stream.
 */
const markSql = `
  create function outbox_mark_sent(stream uuid, sent bigint[], numbers bigint[]) returns void language plpgsql
  set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $body$
  begin
    perform set_config('synchronous_commit', 'off', true);
    update outbox_delivery delivery
    set published_at = clock_timestamp(), stream_id = stream, stream_seq = placed.number
    from unnest(sent, numbers) placed (seq, number)
    where delivery.seq = placed.seq;
  end $body$;
  revoke all on function outbox_mark_sent(uuid, bigint[], bigint[]) from public;
  grant execute on function outbox_mark_sent(uuid, bigint[], bigint[]) to {{system}};`;

export const outboxFunctions: Migration = {
  name: '20261122-0011-events-outbox-functions',
  up: markSql,
  down: 'drop function outbox_mark_sent(uuid, bigint[], bigint[]);',
};
