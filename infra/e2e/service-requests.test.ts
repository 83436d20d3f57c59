import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

import { inParallel } from '../demo/in-parallel.ts';
import type { ImportSummary } from '../import/import-report.ts';
import { openGraph, type GraphClient } from './graph-client.ts';
import { startPlatform, type Platform } from './platform.ts';
import { repairSteps, type Deadline } from './repair-story.ts';
import {
  castStory,
  friday,
  playWeek,
  sundayMidnight,
  tuesdayMidnight,
  type KnownRepair,
  type Seen,
  type Story,
} from './repair-week.ts';
import { directorOf, enterCompany, giveHomes, hireWorkers, importRequests, settle } from './scene.ts';

const rowsRead = 100;

type Listed = { id: string; problem: { code: string }; place: { number: string } };

const listed = /* GraphQL */ `
  query ($after: String) {
    workOrders(first: 100, after: $after, orderBy: RECEIVED_AT_ASC) {
      pageInfo {
        hasNextPage
        endCursor
      }
      nodes {
        id
        problem {
          code
        }
        place {
          number
        }
      }
    }
  }
`;

const readBack = /* GraphQL */ `
  query ($first: Int!, $isUnassigned: Boolean) {
    workOrders(first: $first, filter: { isUnassigned: $isUnassigned }) {
      nodes {
        id
        number
        status
        community {
          name
          timeZone
        }
        unit {
          number
          usage
          place {
            parent {
              name
            }
          }
        }
        household {
          number
          memberships {
            role
            person {
              nameMasked
            }
          }
        }
        assignee {
          number
          nameMasked
          isOnDuty
          trades {
            code
          }
        }
        deadlines {
          kind
          state
        }
        returnVisits {
          outcome
        }
      }
    }
  }
`;

type ReadOrder = {
  id: string;
  number: string;
  status: string;
  community: { name: string; timeZone: string };
  unit: { number: string; place: { parent: { name: string } } } | null;
  household: { number: string; memberships: { person: { nameMasked: string } }[] } | null;
  assignee: { number: string; isOnDuty: boolean } | null;
  returnVisits: { outcome: string }[];
};

const director = directorOf('a');

let platform: Platform;
let graph: GraphClient;
let communityId: string;
let repairsImported: ImportSummary;
let imported: ImportSummary;
let importedAgain: ImportSummary;
let repairs: KnownRepair[];

async function listAll(): Promise<Listed[]> {
  type Page = {
    workOrders: { pageInfo: { hasNextPage: boolean; endCursor: string }; nodes: Listed[] };
  };
  const nodes: Listed[] = [];
  for (let after: string | null = null; ;) {
    const { workOrders }: Page = await graph.graphql<Page>(director, listed, { after });
    nodes.push(...workOrders.nodes);
    if (!workOrders.pageInfo.hasNextPage) return nodes;
    after = workOrders.pageInfo.endCursor;
  }
}

/** Every order gets a home in the building it was reported for. */
async function houseAll(orders: readonly Listed[]): Promise<KnownRepair[]> {
  const buildings = orders.map(({ place }) => place.number);
  const homes = await giveHomes(graph, director, { communityId, buildings });
  return orders.flatMap(({ id, problem }, index) => {
    const home = homes[index];
    return home === undefined ? [] : [{ id, home, problemCode: problem.code }];
  });
}

describe('real service requests, from the import to the return visit', () => {
  let story: Story;
  let seen: Seen;

  beforeAll(async () => {
    platform = await startPlatform({ servers: 'shared', isMulti: false, startsAt: friday });
    graph = openGraph(platform);
    await enterCompany(graph, director);
    repairsImported = await importRequests(platform, director, 'HPD');
    const community = '{ communities(first: 1, filter: { number: "NYC-311" }) { nodes { id } } }';
    const found = await graph.graphql<{ communities: { nodes: [{ id: string }] } }>(director, community);
    communityId = found.communities.nodes[0].id;
    await settle(platform);
    repairs = await houseAll(await listAll());
    await hireWorkers(graph, director, communityId);
    await settle(platform);
    story = castStory(repairs);
    seen = await playWeek(platform, repairSteps(graph, communityId), story);
    // The complaints come last: a week of their deadlines would be most of the work.
    imported = await importRequests(platform, director);
    importedAgain = await importRequests(platform, director);
  }, 120_000);

  afterAll(() => platform?.stop());

  test('are imported once, as repairs and complaints, and a second import adds nothing', () => {
    expect(repairsImported).toMatchObject({ rows: 159, addedAs: { WorkOrder: 158 }, failed: {}, stoppedBy: null });
    expect(imported).toMatchObject({ rows: 1_000, added: 841, known: 158, failed: {}, stoppedBy: null });
    expect(imported.addedAs).toEqual({ Complaint: 841 });
    expect(imported.skipped).toEqual({ NOT_A_REPAIR: { 'HPD Literature Request': 1 } });
    expect(importedAgain).toMatchObject({ rows: 1_000, added: 0, known: 999, failed: {}, stoppedBy: null });
    expect(repairs).toHaveLength(158);
  });

  test('[A070] the return visit of a safety facility is due at the end of the second day and met until then', () => {
    const { atDue, after } = seen.stairs;
    expect(atDue).toMatchObject({ rule: 'A070', state: 'RUNNING', dueAt: sundayMidnight });
    expect(after.deadlines.find(({ kind }) => kind === 'RETURN_VISIT')).toMatchObject({ state: 'MET' });
  });

  test('[A071] the return visit of a leak is due three days after the water test, not after the repair', () => {
    expect(seen.leakUntested.deadlines.map(({ kind }) => kind)).toContain('WATER_TEST');
    expect(seen.leakUntested.deadlines.map(({ kind }) => kind)).not.toContain('RETURN_VISIT');
    expect(seen.leak.atDue).toMatchObject({ rule: 'A071', state: 'RUNNING', dueAt: tuesdayMidnight });
    expect(seen.leak.after.deadlines.find(({ kind }) => kind === 'RETURN_VISIT')).toMatchObject({ state: 'MET' });
  });

  test('[A072] the return visit of other repairs is due at the end of the second day and breached a moment later', () => {
    expect(seen.door.atDue).toMatchObject({ rule: 'A072', state: 'RUNNING', dueAt: sundayMidnight });
    expect(seen.forgottenDoor.atDue).toMatchObject({ rule: 'A072', state: 'RUNNING', dueAt: sundayMidnight });
    expect(seen.forgottenLate.deadlines.find(({ kind }) => kind === 'RETURN_VISIT')).toMatchObject({
      state: 'BREACHED',
      breachedAt: sundayMidnight,
    });
  });

  test('[A069] every repaired order gets a return visit, and an accepted one is not closed before it', () => {
    for (const name of ['stairs', 'door', 'forgottenDoor', 'leak'] as const) {
      expect(seen[name].before).toMatchObject({ status: 'ACCEPTED', closedAt: null });
    }
    expect(seen.forgottenLate.status).toBe('ACCEPTED');
    for (const name of ['stairs', 'door', 'leak'] as const) expect(seen[name].after.status).toBe('CLOSED');
  });

  test('[A073] an unsatisfied return visit reopens the order with the same worker, due at once', () => {
    const { before, after } = seen.badDoor;
    expect(after).toMatchObject({ status: 'ASSIGNED', reworkCount: 1, acceptedAt: null, assignee: before.assignee });
    expect(after.deadlines.findLast(({ kind }) => kind === 'ON_SITE')).toMatchObject({
      rule: 'A073',
      state: 'RUNNING',
      dueAt: '2026-03-09T04:30:00.000Z',
    });
    expect(seen.reworked).toMatchObject({ status: 'CLOSED', reworkCount: 1 });
  });

  test('[B013] what nobody dispatches is breached after half an hour, an emergency after a quarter', async () => {
    const document = `{ workOrders(first: 100, filter: { isUnassigned: true })
      { nodes { priority deadlines { kind rule state dueAt breachedAt } } } }`;
    type Waiting = { workOrders: { nodes: { priority: string; deadlines: Deadline[] }[] } };
    const { workOrders } = await graph.graphql<Waiting>(director, document);
    expect(new Set(workOrders.nodes.map(({ priority }) => priority))).toEqual(new Set(['NORMAL', 'EMERGENCY']));
    for (const { priority, deadlines } of workOrders.nodes) {
      const dueAt = priority === 'EMERGENCY' ? '2026-03-06T14:15:00.000Z' : '2026-03-06T14:30:00.000Z';
      const breach = { kind: 'DISPATCH', rule: 'B013', state: 'BREACHED', dueAt, breachedAt: dueAt };
      expect(deadlines.filter(({ kind }) => kind === 'DISPATCH')).toEqual([breach]);
    }
  });

  test('the month counts every completed repair as visited', async () => {
    const document = `query ($id: ID!) { workOrderMonthlyStatistics(communityId: $id, month: "2026-03")
      { receivedCount completedCount reworkedCount visitedCount returnVisitRate } }`;
    expect(await graph.graphql(director, document, { id: communityId })).toEqual({
      workOrderMonthlyStatistics: {
        receivedCount: 158,
        completedCount: 5,
        reworkedCount: 1,
        visitedCount: 5,
        returnVisitRate: '1.0000',
      },
    });
  });

  test('one federated query reads order, unit, household and staff back', async () => {
    type Read = { workOrders: { nodes: ReadOrder[] } };
    const { workOrders } = await graph.graphql<Read>(director, readBack, { first: rowsRead, isUnassigned: false });
    expect(workOrders.nodes).toHaveLength(5);
    const orders = new Map(workOrders.nodes.map((order) => [order.id, order]));
    for (const { id, home } of Object.values(story)) {
      const order = orders.get(id);
      expect(order).toMatchObject({
        status: 'CLOSED',
        community: { name: 'NYC 311', timeZone: 'America/New_York' },
        unit: { number: home.unitPath, usage: 'RESIDENTIAL' },
        household: { memberships: [{ role: 'OWNER', person: { nameMasked: expect.stringMatching(/^O\*+/) } }] },
        assignee: { number: expect.stringMatching(/^W-[12]$/), isOnDuty: true },
      });
      expect(order?.unit?.place.parent.name).toContain(home.unitPath.split(' ')[0]);
    }
    expect(orders.get(story.badDoor.id)?.returnVisits.map(({ outcome }) => outcome)).toEqual([
      'SATISFIED',
      'UNSATISFIED',
    ]);
  });

  describe('a hundred of them, each with its unit, household and worker', () => {
    beforeAll(async () => {
      const steps = repairSteps(graph, communityId);
      const known = new Set(Object.values(story).map(({ id }) => id));
      const others = repairs.filter(({ id }) => !known.has(id)).slice(0, rowsRead - known.size);
      await inParallel(others, 4, steps.locate);
      const ids = others.map(({ id }) => id);
      await graph.mutate(director, 'assignWorkOrders', { ids }, 'results { refusal { reason } }');
      await settle(platform);
    }, 60_000);

    async function statementsFor(first: number): Promise<{ orders: ReadOrder[]; made: Record<string, number> }> {
      const before = await platform.statements();
      type Read = { workOrders: { nodes: ReadOrder[] } };
      const { workOrders } = await graph.graphql<Read>(director, readBack, { first, isUnassigned: false });
      const after = await platform.statements();
      const made = Object.entries(after).map(([service, count]) => [service, count - (before[service] ?? 0)]);
      return { orders: workOrders.nodes, made: Object.fromEntries(made) as Record<string, number> };
    }

    test('cost every service as many SQL statements as one of them', async () => {
      const one = await statementsFor(1);
      const hundred = await statementsFor(rowsRead);
      expect(one.orders).toHaveLength(1);
      expect(hundred.orders).toHaveLength(rowsRead);
      const isWhole = ({ unit, household, assignee }: ReadOrder): boolean =>
        unit !== null && household !== null && household.memberships.length === 1 && assignee !== null;
      expect([...one.orders, ...hundred.orders].every(isWhole)).toBe(true);
      expect(hundred.made).toEqual(one.made);
      for (const service of ['residents', 'hr', 'work-orders']) expect(one.made[service]).toBeGreaterThan(0);
    });
  });
});
