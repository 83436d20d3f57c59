export type TenantTableOptions = {
  /** Grants the system role the whole table over all tenants (relay, consumers, due timers: decision 7 allows no other). */
  system?: boolean;
  /** Rows are only ever added: no UPDATE, no DELETE for the service. */
  appendOnly?: boolean;
};

/**
 * Row-level security for a table with a `tenant_id`: enabled and forced, so that it binds the owner as well.
 * A transaction without a tenant fails on the cast of the empty setting instead of seeing nothing.
 */
export function tenantTableSql(table: string, options: TenantTableOptions = {}): string {
  const writes = options.appendOnly ? 'select, insert' : 'select, insert, update, delete';
  const tenant = `tenant_id = (select current_setting('app.tenant_id')::uuid)`;
  const system = `
    create policy system_all on ${table} to {{system}} using (true) with check (true);
    grant select, insert, update, delete on ${table} to {{system}};`;
  return `
    alter table ${table} enable row level security;
    alter table ${table} force row level security;
    create policy tenant_only on ${table} to {{service}} using (${tenant}) with check (${tenant});
    grant ${writes} on ${table} to {{service}};${options.system ? system : ''}`;
}
