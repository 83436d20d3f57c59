import type pg from 'pg';

/** The two roles that code runs as; the third, the owner, is the login of DATABASE_URL and runs migrations only. */
export type RoleNames = { service: string; system: string };

/** Roles belong to the whole cluster, so they carry the service's name and survive copies of its database. */
export function roleNames(service: string): RoleNames {
  const base = `steward_${service.replaceAll('-', '_')}`;
  return { service: `${base}_service`, system: `${base}_system` };
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

/** Creates what is missing of the two roles and lets the owner's login take them on; safe to run by several at once. */
export async function ensureRoles(client: pg.ClientBase, service: string): Promise<void> {
  for (const role of Object.values(roleNames(service))) {
    await client.query(`
      do $do$ begin
        create role ${quoted(role)} nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end $do$`);
    await client.query(`
      do $do$ begin
        grant ${quoted(role)} to current_user;
      exception when others then
        if not (select rolsuper from pg_roles where rolname = current_user) then raise; end if;
      end $do$`);
    await client.query(`grant usage on schema public to ${quoted(role)}`);
  }
}
