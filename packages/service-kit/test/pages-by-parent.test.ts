import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId, type Log } from '@steward/core';
import { openDatabase, type Database } from '@steward/db';
import { aStaffViewer, createTestDatabase, type TestDatabase } from '@steward/test-kit';
import pg from 'pg';

import { createContext } from '../src/context.ts';
import { pagesByParent, type Connection, type PageOf } from '../src/index.ts';
import type { Running } from '../src/running.ts';
import { lampEntity, type LampRow } from './sample-lamps.ts';
import { sample } from './sample-service.ts';

const tenantId = newId();
const foreignTenant = newId();
const parents = Array.from({ length: 50 }, newId);
const lampsEach = 5;

let copy: TestDatabase;
let owner: pg.Pool;
let database: Database;
let statements = 0;
const log = { warn: () => undefined } as unknown as Log;

beforeAll(async () => {
  copy = await createTestDatabase(sample);
  owner = new pg.Pool({ connectionString: copy.url, max: 1 });
  owner.on('error', () => undefined);
  const onStatement = () => void (statements += 1);
  database = await openDatabase({ url: copy.url, service: 'sample', entities: [lampEntity], log, onStatement });
  for (const tenant of [tenantId, foreignTenant]) {
    await owner.query(
      `insert into lamp (id, tenant_id, community_id, number, version, created_at, watts, owner_name)
       select gen_random_uuid(), $1, c.id, 'L-' || n, 1, '2026-03-02T01:00:00.123Z'::timestamptz + n * interval '1 s', n, 's'
         from unnest($2::uuid[]) as c(id), generate_series(1, $3) as n`,
      [tenant, parents, lampsEach],
    );
  }
});
afterAll(async () => {
  await database?.close();
  await owner?.end();
  await copy?.drop();
});

const running = { ...sample, labels: {} } as unknown as Running;
const aRequest = (viewer: Viewer = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: 'all' })) => {
  const parts = { database, running, labels: { en: {}, 'zh-CN': {} }, loaders: () => ({}) };
  const facts = { viewer, now: new Date(), locale: 'en' as const, log, traceId: 'test' };
  return pagesByParent<LampRow>(createContext(parts, facts));
};

const lampsOf = (
  parentId: string,
  args: { first?: number; after?: string; leastWatts?: number } = {},
): PageOf<LampRow> => ({
  parentId,
  list: 'Community.lamps',
  args,
  order: { property: 'createdAt', direction: 'DESC' },
  query: (tx, parent) =>
    tx
      .createQueryBuilder(lampEntity, 'l')
      .where(`l.community_id = ${parent} and l.watts >= :least`, { least: args.leastWatts ?? 0 }),
});

const numbersOf = ({ nodes }: Connection<LampRow>): string[] => nodes.map(({ number }) => number);
const [first = '', second = ''] = parents;

describe('pages of lists below many parents', () => {
  it('cost as many statements for fifty parents as for one, totals included', async () => {
    const cost = async (ids: readonly string[]): Promise<number> => {
      const before = statements;
      const request = aRequest();
      const pages = await Promise.all(ids.map((id) => request.load(lampsOf(id, { first: 2 }))));
      expect(pages.every((page) => page.nodes.length === 2 && page.pageInfo.hasNextPage)).toBe(true);
      expect(await Promise.all(pages.map((page) => page.totalCount()))).toEqual(ids.map(() => lampsEach));
      return statements - before;
    };
    expect(await cost([first])).toBe(2);
    expect(await cost(parents)).toBe(2);
  });

  it('count nothing unless a total is asked for', async () => {
    const before = statements;
    await aRequest().load(lampsOf(first));
    expect(statements - before).toBe(1);
  });

  it('are those of their parent alone, in order, as rows of the entity, of the tenant alone', async () => {
    const request = aRequest();
    const pages = await request.loadMany([lampsOf(first), lampsOf(second)]);
    for (const [index, page] of pages.entries()) {
      if (page instanceof Error) throw page;
      expect(numbersOf(page)).toEqual(['L-5', 'L-4', 'L-3', 'L-2', 'L-1']);
      expect(page.nodes[0]).toEqual({
        id: expect.any(String),
        tenantId,
        communityId: parents[index],
        number: 'L-5',
        version: 1,
        createdAt: new Date('2026-03-02T01:00:05.123Z'),
        watts: 5,
        ownerName: 's',
        personId: null,
      });
    }
  });

  it('follow each other by cursor, none twice and none left out', async () => {
    const seen: string[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page: Connection<LampRow> = await aRequest().load(lampsOf(first, { first: 2, ...(after && { after }) }));
      expect(page.pageInfo.hasPreviousPage).toBe(seen.length > 0);
      seen.push(...numbersOf(page));
      after = page.pageInfo.endCursor ?? undefined;
      more = page.pageInfo.hasNextPage;
    }
    expect(seen).toEqual(['L-5', 'L-4', 'L-3', 'L-2', 'L-1']);
  });

  it('with other arguments are other pages of the same request', async () => {
    const request = aRequest();
    const [all, bright] = await Promise.all([
      request.load(lampsOf(first, { first: 1 })),
      request.load(lampsOf(first, { first: 1, leastWatts: 6 })),
    ]);
    expect([await all.totalCount(), await bright.totalCount()]).toEqual([lampsEach, 0]);
    expect(numbersOf(bright)).toEqual([]);
  });

  it('are empty for what is no id, and their neighbours whole', async () => {
    const request = aRequest();
    const [none, whole] = await Promise.all([request.load(lampsOf('lamp')), request.load(lampsOf(first))]);
    expect([none.nodes.length, await none.totalCount()]).toEqual([0, 0]);
    expect(whole.nodes).toHaveLength(lampsEach);
  });

  it('show nobody what the access table keeps from them', async () => {
    const elsewhere = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [second] });
    const request = aRequest(elsewhere);
    const [hidden, shown] = await Promise.all([request.load(lampsOf(first)), request.load(lampsOf(second))]);
    expect([hidden.nodes.length, await hidden.totalCount()]).toEqual([0, 0]);
    expect(shown.nodes).toHaveLength(lampsEach);
    const guard = aStaffViewer({ roles: ['guard'], tenantId, communityIds: 'all' });
    expect((await aRequest(guard).load(lampsOf(first))).nodes).toEqual([]);
  });

  it.each([
    [{ first: 0 }, 'PAGE_SIZE'],
    [{ first: 101 }, 'PAGE_SIZE'],
    [{ after: 'next' }, 'CURSOR_INVALID'],
  ])('refuse %j', async (args, reason) => {
    const request = aRequest();
    const [refused, neighbour] = await request.loadMany([lampsOf(first, args), lampsOf(first)]);
    expect(refused).toMatchObject({ reason });
    expect(neighbour).toMatchObject({ nodes: { length: lampsEach } });
  });
});
