import { aStaffViewer, type TestService } from '@steward/test-kit';
import { isObjectType } from 'graphql';

import { isConnection, typeOf } from '../matrix/documents.ts';
import { rowDocument } from '../matrix/judge-reads.ts';
import { queriesOf } from '../matrix/judge-roots.ts';
import type { Judged } from '../matrix/tally.ts';
import type { Sent } from '../recording.ts';

/** What another company must neither be shown nor change. */
export type Victim = {
  judged: Judged;
  /** Everything that identifies a row of theirs. */
  ids: ReadonlySet<string>;
  /** Cursors of their lists, by root field. */
  cursors: ReadonlyMap<string, string>;
  fileLinks: readonly string[];
  /** What their people did, with their idempotency keys. */
  sent: readonly Sent[];
};

const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g;

export const idsIn = (text: string): string[] => text.toLowerCase().match(uuid) ?? [];

const tablesSql = `
  select relname as name from pg_class join pg_attribute on attrelid = pg_class.oid
   where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition and attname = 'tenant_id'
   order by relname`;

const tablesOf = async (service: TestService): Promise<string[]> =>
  (await service.sql<{ name: string }>(tablesSql)).map(({ name }) => name);

/** Every row of a company, table by table, as text. */
async function rowsOf(service: TestService, tenantId: string): Promise<[table: string, rows: string][]> {
  const found: [string, string][] = [];
  for (const table of await tablesOf(service)) {
    const [row] = await service.sql<{ text: string | null }>(
      `select string_agg(t::text, e'\\n' order by t::text) as text from "${table}" t where tenant_id = $1`,
      [tenantId],
    );
    found.push([table, row?.text ?? '']);
  }
  return found;
}

/** Tables in which a company's rows differ from what they were. */
export async function changedTables(service: TestService, tenantId: string, before: ReadonlyMap<string, string>) {
  await service.settle();
  const now = await rowsOf(service, tenantId);
  return now.filter(([table, text]) => before.get(table) !== text).map(([table]) => table);
}

export const stateOf = async (service: TestService, tenantId: string): Promise<Map<string, string>> => {
  await service.settle();
  return new Map(await rowsOf(service, tenantId));
};

async function cursorsOf({ service, home, ...judged }: Judged): Promise<Map<string, string>> {
  const director = aStaffViewer({ roles: ['director', 'operator'], tenantId: home.tenantId, communityIds: 'all' });
  const cursors = new Map<string, string>();
  for (const field of queriesOf({ service, home, ...judged })) {
    const type = typeOf(field.type);
    const isPlain = field.args.every(({ name }) => ['first', 'after', 'filter', 'orderBy'].includes(name));
    if (type === null || !isConnection(type) || !isPlain) continue;
    const document = `{ ${field.name}(first: 1) { pageInfo { endCursor } } }`;
    const { data } = await service.graphql<Record<string, { pageInfo: { endCursor: string | null } }> | null>(
      director,
      document,
    );
    const cursor = data?.[field.name]?.pageInfo.endCursor;
    if (typeof cursor === 'string') cursors.set(field.name, cursor);
  }
  return cursors;
}

async function fileLinksOf(judged: Judged): Promise<string[]> {
  const { home, service, schema } = judged;
  const director = aStaffViewer({ roles: ['director'], tenantId: home.tenantId, communityIds: [home.communityId] });
  const links: string[] = [];
  for (const { type: name, id } of home.rows) {
    const type = schema.getType(name);
    if (!isObjectType(type)) continue;
    const answer = await service.graphql(director, rowDocument(judged, type), { of: [{ __typename: name, id }] });
    links.push(...(JSON.stringify(answer).match(/\/files\/[\w./-]+/g) ?? []));
  }
  return [...new Set(links)];
}

export async function aVictim(judged: Judged, sent: readonly Sent[]): Promise<Victim> {
  const { service, home } = judged;
  const state = await stateOf(service, home.tenantId);
  return {
    judged,
    ids: new Set([...state.values()].flatMap(idsIn)),
    cursors: await cursorsOf(judged),
    fileLinks: await fileLinksOf(judged),
    sent: sent.filter(({ viewer }) => viewer.tenantId === home.tenantId),
  };
}
