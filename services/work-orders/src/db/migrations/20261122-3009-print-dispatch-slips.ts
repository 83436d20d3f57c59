import { tenantTableSql, type Migration } from '@steward/db';

/** Slips on paper, and the number of staff that stands on them. */
export const migration: Migration = {
  name: '20261122-3009-print-dispatch-slips',
  up: `
    alter table staff_reference add column number text;

    create table work_order_dispatch_slip_print (
      id uuid primary key,
      tenant_id uuid not null,
      work_order_id uuid not null,
      number text not null,
      dispatch_count int not null check (dispatch_count > 0),
      copy int not null check (copy >= 0),
      file_id uuid not null,
      actor_kind text not null check (actor_kind in ('staff', 'person', 'system')),
      actor_id uuid,
      printed_at timestamptz not null,
      -- Also finds the prints of an order, and one original for each slip.
      unique (work_order_id, dispatch_count, copy),
      foreign key (tenant_id, work_order_id) references work_order (tenant_id, id)
    );
    ${tenantTableSql('work_order_dispatch_slip_print', { appendOnly: true })}`,
  down: `
    drop table work_order_dispatch_slip_print;
    alter table staff_reference drop column number;`,
};
