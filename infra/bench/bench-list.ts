import { parseArgs } from 'node:util';

import { benchTenant, fillWorkOrders } from './list-data.ts';
import { startListService, type ListService } from './list-service.ts';
import { deepPage, listFilters, pageSize, rareFilter, type ListFilter } from './list-workloads.ts';
import { machine, measure, type Results, type Workload } from './measure.ts';

const usage = 'npm run bench:list -- [--orders 1000000] [--rounds 7] [--requests 30] [--json]';

/** What the list has to stay under, in the 95th percentile. */
const limitMs = 50;

/** With fewer, the filters of `list-workloads.ts` have no thousandth page. */
const fewestOrders = 700_000;

const listQuery = /* GraphQL */ `
  query BenchList($first: Int!, $after: String, $filter: WorkOrderFilter) {
    workOrders(first: $first, after: $after, filter: $filter) {
      nodes {
        id
        number
        status
        priority
        receivedAt
        dueAt
        trade {
          code
          label
        }
        problem {
          code
          label
        }
        community {
          id
        }
        place {
          id
        }
        household {
          id
        }
        assignee {
          id
        }
        contactNameMasked
      }
      pageInfo {
        hasNextPage
        endCursor
      }
    }
  }
`;

type Page = {
  workOrders: {
    nodes: { id: string; receivedAt: string }[];
    pageInfo: { hasNextPage: boolean; endCursor: string | null };
  };
};

/** The last row of the page before: where the cursor stands, and the same place for the plain SQL. */
type Position = { cursor: string; receivedAt: string; id: string } | null;

const listed = (service: ListService, filter: ListFilter, first: number, after?: string | null): Promise<Page> =>
  service.ask<Page>(listQuery, { first, after, filter: filter.filter });

/** Walks through the list as a client does, page by page, to the end of the page before the deep one. */
async function walkTo(service: ListService, filter: ListFilter, page: number): Promise<Position> {
  let left = (page - 1) * pageSize;
  let position: Position = null;
  while (left > 0) {
    const first = Math.min(left, 100);
    const { workOrders } = await listed(service, filter, first, position?.cursor);
    const last = workOrders.nodes.at(-1);
    const { endCursor } = workOrders.pageInfo;
    if (last === undefined || endCursor === null || workOrders.nodes.length < first) {
      throw new Error(`the filter "${filter.name}" has no page ${page}`);
    }
    position = { cursor: endCursor, receivedAt: last.receivedAt, id: last.id };
    left -= first;
  }
  return position;
}

/** The same page by the statement that a person would write, in a transaction of the tenant as row-level security wants. */
function plainSql({ asService }: ListService, filter: ListFilter, position: Position): () => Promise<string[]> {
  const params = [...filter.params];
  const conditions = [filter.sql];
  if (position !== null) {
    conditions.push(`(w.received_at, w.id) < ($${params.length + 1}, $${params.length + 2})`);
    params.push(position.receivedAt, position.id);
  }
  const text = `select w.id, w.number, w.status, w.priority, w.received_at, w.due_at, w.trade_code, w.problem_code,
      w.community_id, w.place_id, w.household_id, w.assignee_id, w.contact_name_masked
    from work_order w where ${conditions.join(' and ')}
    order by w.received_at desc, w.id desc limit ${pageSize + 1}`;
  return async () => {
    await asService.query('begin');
    await asService.query(`select set_config('app.tenant_id', $1, true)`, [benchTenant]);
    const { rows } = await asService.query<{ id: string }>(text, params);
    await asService.query('commit');
    return rows.slice(0, pageSize).map(({ id }) => id);
  };
}

/** Both ways to one page; that they answer the same rows is checked before anything is measured. */
async function workloadOf(service: ListService, filter: ListFilter, page: number): Promise<Workload> {
  const position = await walkTo(service, filter, page);
  const sql = plainSql(service, filter, position);
  const graphql = async (): Promise<string[]> => {
    const { workOrders } = await listed(service, filter, pageSize, position?.cursor);
    return workOrders.nodes.map(({ id }) => id);
  };
  const [expected, found] = [await sql(), await graphql()];
  if (expected.length !== pageSize || expected.join() !== found.join()) {
    throw new Error(`"${filter.name}", page ${page}: the service and the plain SQL do not answer the same rows`);
  }
  return {
    name: `${filter.name}, page ${page}`,
    contenders: [
      { name: 'service', run: async () => void (await graphql()) },
      { name: 'sql', run: async () => void (await sql()) },
    ],
  };
}

async function workloadsOf(service: ListService): Promise<Workload[]> {
  const workloads: Workload[] = [];
  for (const filter of listFilters) {
    workloads.push(await workloadOf(service, filter, 1));
    workloads.push(await workloadOf(service, filter, deepPage));
  }
  return [...workloads, await workloadOf(service, rareFilter, 1)];
}

function printTable(results: Results): void {
  const lines = Object.entries(results).flatMap(([workload, contenders]) =>
    Object.entries(contenders).map(([contender, { p50ms, p95ms, rps }]) =>
      [workload.padEnd(26), contender.padEnd(8), ...[p50ms, p95ms, rps].map((one) => one.toFixed(2).padStart(9))].join(
        ' ',
      ),
    ),
  );
  console.log(
    [`${''.padEnd(35)} ${['p50 ms', 'p95 ms', 'per s'].map((one) => one.padStart(9)).join(' ')}`, ...lines].join('\n'),
  );
}

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [orders, rounds, requests] = [Number(values.orders), Number(values.rounds), Number(values.requests)];
  if (!(orders >= fewestOrders)) throw new RangeError(`--orders: a thousandth page needs ${fewestOrders} or more`);
  const service = await startListService(say);
  try {
    say(`inserting ${orders} work orders`);
    await fillWorkOrders(service.admin, orders);
    say('walking to the deep pages');
    const workloads = await workloadsOf(service);
    const onRound = (round: number): void => say(round === 0 ? 'warm' : `round ${round} of ${rounds}`);
    const results = await measure(workloads, { rounds, requests, onRound });
    const slow = Object.values(results).some((contenders) => (contenders.service?.p95ms ?? 0) >= limitMs);
    const ratios = Object.fromEntries(
      Object.entries(results).map(([name, { service: own, sql }]) => [
        name,
        { p95: Math.round(((own?.p95ms ?? 0) / (sql?.p95ms ?? 1)) * 100) / 100 },
      ]),
    );
    const document = {
      machine: machine(),
      versions: service.versions,
      orders,
      rounds,
      requests,
      limitMs,
      workloads: results,
      ratios,
    };
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else printTable(results);
    if (slow) say(`at least one page takes ${limitMs} ms or more in the 95th percentile`);
    process.exitCode = slow ? 1 : 0;
  } finally {
    await service.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
