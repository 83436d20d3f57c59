import type { ServiceRig } from './service-rig.ts';

/**
 * A checksum of each table's rows and of the transactions that wrote them: equal only when no row was added, changed,
 * removed or even written again as it was.
 */
export async function tableChecksums(service: ServiceRig): Promise<Record<string, string>> {
  const tables = await service.sql<{ name: string }>(
    `select oid::regclass::text as name from pg_class
     where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  );
  const sums: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await service.sql<{ sum: string }>(
      `select md5(coalesce(string_agg(written, ',' order by written), '')) as sum
       from (select xmin::text || t::text as written from ${name} t) each`,
    );
    sums[name] = row?.sum ?? '';
  }
  return sums;
}
