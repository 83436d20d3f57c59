import type { Migration } from '@steward/db';

// A comparison that somebody asked for and that is larger than an answer may wait for: its row is there from the beginning
// and says how far it has come.
const up = `alter table book_reconciliation
  add column is_complete boolean not null default true,
  add column compared_posting_count bigint,
  add check (is_complete or not is_clean);
create index book_reconciliation_under_way on book_reconciliation (community_id) where not is_complete;
grant update on book_reconciliation to {{service}};

-- What was found stays as it was found.
create function refuse_comparison_change() returns trigger language plpgsql as $$
begin
  raise exception 'a comparison that is at its end stays as it is';
end $$;
create trigger book_reconciliation_stays before update on book_reconciliation for each row
  when (old.is_complete) execute function refuse_comparison_change();`;

const down = `drop trigger book_reconciliation_stays on book_reconciliation;
drop function refuse_comparison_change();
revoke update on book_reconciliation from {{service}};
drop index book_reconciliation_under_way;
delete from book_reconciliation where not is_complete;
alter table book_reconciliation drop column compared_posting_count, drop column is_complete;`;

export const migration: Migration = { name: '20261122-2902-let-comparisons-go-on', up, down };
