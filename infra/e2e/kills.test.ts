import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventually } from '@steward/test-kit';

import { demoTenants } from '../demo/accounts.ts';
import { smallPicture } from '../demo/small-picture.ts';
import { createGatewayClient } from '../import/gateway-client.ts';
import type { ImportSummary } from '../import/import-report.ts';
import { auditDelivery, type ServiceAudit } from './delivery-audit.ts';
import { openGraph, type GraphClient } from './graph-client.ts';
import { liveThrough, orderCommands, type Life, type Stage } from './insistent-life.ts';
import { startPlatform, type Platform } from './platform.ts';
import { directorOf, enterCommunity, enterCompany, hireWorkers, importRequests, settle } from './scene.ts';

const victims = ['work-orders', 'nats', 'postgres'];
/** Repairs under way at once. */
const atOnce = 4;
/** So many commands are acknowledged between two kills. */
const commandsBetween = 12;

const director = directorOf('a');
const tenantId = demoTenants.a.id;
const startsAt = '2026-03-06T14:00:00Z';

let platform: Platform;
let graph: GraphClient;
let acknowledged = 0;

async function setStage(): Promise<Stage> {
  await enterCompany(graph, director);
  const { communityId } = await enterCommunity(graph, director, 'KILLS');
  await settle(platform);
  const [workerId = ''] = await hireWorkers(graph, director, communityId);
  await settle(platform);
  const about = { communityId, fileName: 'picture.png' };
  const token = await platform.token(director);
  return {
    communityId,
    workerId,
    client: createGatewayClient({ url: `${platform.gatewayUrl}/graphql`, token: () => Promise.resolve(token) }),
    photoFileId: await graph.upload(director, { ...about, purpose: 'PHOTO' }, smallPicture(90)),
    signatureFileId: await graph.upload(director, { ...about, purpose: 'SIGNATURE' }, smallPicture(20)),
    onAcknowledged: () => void (acknowledged += 1),
  };
}

/** Kills each part in turn, every time once some more commands have been acknowledged. */
async function killInTurn(isOver: () => boolean): Promise<void> {
  for (const victim of victims) {
    const before = acknowledged;
    const hasWorked = async (): Promise<boolean> => isOver() || acknowledged >= before + commandsBetween;
    await eventually(hasWorked, { timeoutMs: 60_000, what: `work before ${victim} is killed` });
    if (!isOver()) await platform.kill(victim);
  }
}

/** Repairs one after the other, several at once, for as long as parts are killed; the first failure ends it all. */
async function repairUnderFire(stage: Stage): Promise<Life[]> {
  const lives: Life[] = [];
  let isOver = false;
  let begun = 0;
  const repairer = async (): Promise<void> => {
    while (!isOver) lives.push(await liveThrough(stage, `B-${(begun += 1)}`));
  };
  const ending = async (work: Promise<void>): Promise<void> => work.finally(() => void (isOver = true));
  const repairers = Array.from({ length: atOnce }, () => ending(repairer()));
  await Promise.all([ending(killInTurn(() => isOver)), ...repairers]);
  return lives;
}

type Order = { id: string; number: string; status: string; history: { nodes: { action: string }[] } };

async function ordersOf(communityId: string): Promise<Order[]> {
  const document = /* GraphQL */ `
    query ($communityId: ID!, $after: String) {
      workOrders(first: 100, after: $after, filter: { communityId: $communityId }) {
        pageInfo {
          hasNextPage
          endCursor
        }
        nodes {
          id
          number
          status
          history(first: 50) {
            nodes {
              action
            }
          }
        }
      }
    }
  `;
  type Page = { workOrders: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: Order[] } };
  const orders: Order[] = [];
  for (let after: string | null = null; ;) {
    const { workOrders }: Page = await graph.graphql<Page>(director, document, { communityId, after });
    orders.push(...workOrders.nodes);
    if (!workOrders.pageInfo.hasNextPage) return orders;
    after = workOrders.pageInfo.endCursor;
  }
}

const ids = (rows: readonly { id: string }[]): string[] => rows.map(({ id }) => id).toSorted();

describe('killing work-orders, nats-server and PostgreSQL in turn while repairs and an import go on', () => {
  let stage: Stage;
  let lives: Life[];
  let imported: ImportSummary;
  let audits: Record<string, ServiceAudit>;

  beforeAll(async () => {
    platform = await startPlatform({ servers: 'own', isMulti: true, startsAt });
    graph = openGraph(platform);
    stage = await setStage();
    [lives, imported] = await Promise.all([repairUnderFire(stage), importRequests(platform, director)]);
    await settle(platform);
    audits = await auditDelivery(platform, tenantId);
  }, 180_000);

  afterAll(() => platform?.stop());

  test('leaves every acknowledged repair there once, with each of its commands once', async () => {
    const orders = await ordersOf(stage.communityId);
    expect(ids(orders)).toEqual(lives.map(({ orderId }) => orderId).toSorted());
    expect(new Set(orders.map(({ number }) => number)).size).toBe(orders.length);
    for (const { status, history } of orders) {
      expect(status).toBe('CLOSED');
      expect(history.nodes.map(({ action }) => action).toReversed()).toEqual(orderCommands);
    }
  });

  test('leaves every imported request there once', async () => {
    expect(imported).toMatchObject({ rows: 1_000, added: 999, known: 0, failed: {}, stoppedBy: null });
    const sources = await platform.sql(
      'work-orders',
      tenantId,
      'select source_key from work_order where source_system is not null',
    );
    expect(sources).toHaveLength(158);
    expect(new Set(sources.map((row) => row['source_key'])).size).toBe(sources.length);
  });

  test('leaves nothing unsent, no version doubled or missing, and nothing parked', () => {
    for (const [service, { unsent, broken, parked }] of Object.entries(audits)) {
      expect({ service, unsent, broken, parked }).toEqual({ service, unsent: 0, broken: [], parked: [] });
    }
  });

  test('has every fact consumed once by each service that follows it', () => {
    expect(audits['work-orders']?.follows).toEqual(['community', 'complaint', 'household', 'place', 'staff']);
    expect(audits['hr']?.follows).toEqual(['community', 'complaint', 'work-order']);
    for (const [service, { behind }] of Object.entries(audits))
      expect({ service, behind }).toEqual({ service, behind: [] });
  });

  test.each([
    ['place', 'residents', 'place_reference', 'work-orders'],
    ['household', 'residents', 'household_reference', 'work-orders'],
    ['community', 'residents', 'community_reference', 'work-orders'],
    ['community', 'residents', 'community_reference', 'hr'],
    ['staff', 'hr', 'staff_reference', 'work-orders'],
  ])('leaves every %s of %s in %s of %s', async (table, owner, projection, follower) => {
    const rowsOf = (service: string, name: string) =>
      platform.sql<{ id: string }>(service, tenantId, `select id from ${name}`);
    expect(ids(await rowsOf(follower, projection))).toEqual(ids(await rowsOf(owner, table)));
  });
});
