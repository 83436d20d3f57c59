import type pg from 'pg';

/** The two roles that code runs as; the third, the owner, is the login of DATABASE_URL and runs migrations only. */
export type RoleNames = { service: string; system: string };

/** Roles belong to the whole cluster, so they carry the service's name and survive copies of its database. */
export function roleNames(service: string): RoleNames {
  const base = `steward_${service.replaceAll('-', '_')}`;
  return { service: `${base}_service`, system: `${base}_system` };
}

const quoted = (identifier: string): string => `"${identifier.replaceAll('"', '""')}"`;

const insufficientPrivilege = '42501';

/** What an administrator has to run once where the login of DATABASE_URL may not make roles; see the README. */
function rolesSql(service: string, owner: string): string {
  return Object.values(roleNames(service))
    .map(
      (role) =>
        `create role ${quoted(role)} nologin nosuperuser nobypassrls; grant ${quoted(role)} to ${quoted(owner)};`,
    )
    .join(' ');
}

type State = { isSuperuser: boolean; isThere: boolean; isOurs: boolean };

/** A role that is missing belongs to nobody; `SET` is what taking a role on needs. */
const stateSql = `
  select (select rolsuper from pg_roles where rolname = current_user) as "isSuperuser",
         count(*) > 0 as "isThere", coalesce(bool_and(pg_has_role(current_user, oid, 'SET')), false) as "isOurs"
    from pg_roles where rolname = $1`;

async function ensureRole(client: pg.ClientBase, role: string): Promise<void> {
  const state = await client.query<State>(stateSql, [role]);
  const { isSuperuser, isThere, isOurs } = state.rows[0] as State;
  if (!isThere) {
    await client.query(`
      do $do$ begin
        create role ${quoted(role)} nologin nosuperuser nobypassrls;
      exception when duplicate_object or unique_violation then null;
      end $do$`);
  }
  // A superuser may take any role on, and needs no grant that several would write at once.
  if (!isOurs && !isSuperuser) await client.query(`grant ${quoted(role)} to current_user`);
}

/**
 * Creates what is missing of the two roles and lets the owner's login take them on; safe to run by several at once.
 * Asks for no right that it does not need: a login without CREATEROLE is enough where both are there and granted to it.
 */
export async function ensureRoles(client: pg.ClientBase, service: string): Promise<void> {
  try {
    for (const role of Object.values(roleNames(service))) await ensureRole(client, role);
  } catch (error) {
    if ((error as { code?: string }).code !== insufficientPrivilege) throw error;
    const { rows } = await client.query<{ owner: string }>('select current_user as owner');
    const owner = rows[0]?.owner ?? '';
    throw new Error(
      `the login "${owner}" of DATABASE_URL may not make the roles of ${service}; have an administrator run once: ${rolesSql(service, owner)}`,
      { cause: error },
    );
  }
  for (const role of Object.values(roleNames(service))) {
    await client.query(`grant usage on schema public to ${quoted(role)}`);
  }
}
