import { parseArgs } from 'node:util';

import { benchTenant, fillWorkOrders } from './list-data.ts';
import { startListService, type ListService } from './list-service.ts';
import { listFilters, pageSize, rareFilter } from './list-workloads.ts';
import { machine, measure, type Workload } from './measure.ts';

const usage = 'npm run bench:rls -- [--orders 200000] [--rounds 15] [--requests 40] [--json]';

/** What row-level security may cost, as a share of the 95th percentile without it. */
const limit = 1.1;

const role = 'steward_work_orders_service';

const listQuery = `query ($filter: WorkOrderFilter) {
  workOrders(first: ${pageSize}, filter: $filter) {
    nodes { id number status receivedAt dueAt trade { code label } contactNameMasked } pageInfo { endCursor } } }`;

const lookUpQuery = `query ($id: ID!) {
  workOrder(id: $id) { id number status deadlines { kind state } history(first: 5) { nodes { action } } photos { __typename }
    availableActions { action allowed } } }`;

/** The same process, connections and statements: only whether the policies of the tables are applied changes. */
async function setBinding({ admin, asService }: ListService, isBound: boolean): Promise<void> {
  await admin.query(`alter role ${role} ${isBound ? 'nobypassrls' : 'bypassrls'}`);
  await asService.query(`select set_config('app.tenant_id', '00000000-0000-0000-0000-000000000000', false)`);
  const { rowCount } = await asService.query('select id from work_order limit 1');
  if ((rowCount === 0) !== isBound) throw new Error('row-level security is not as it was set');
}

const warmUp = 5;

function workloadOf(service: ListService, name: string, query: string, variables: Record<string, unknown>): Workload {
  const run = async (): Promise<void> => void (await service.ask(query, variables));
  const contender = (isBound: boolean): Workload['contenders'][number] => ({
    name: isBound ? 'with' : 'without',
    run,
    before: async () => {
      await setBinding(service, isBound);
      for (let call = 0; call < warmUp; call += 1) await run();
    },
  });
  return { name, contenders: [contender(true), contender(false)] };
}

async function workloadsOf(service: ListService): Promise<Workload[]> {
  const lists = [...listFilters, rareFilter].map(({ name, filter }) =>
    workloadOf(service, `list by ${name}`, listQuery, { filter }),
  );
  const { rows } = await service.admin.query<{ id: string }>('select id from work_order limit 1');
  return [...lists, workloadOf(service, 'one order', lookUpQuery, { id: rows[0]?.id })];
}

const { values } = parseArgs({
  options: {
    orders: { type: 'string', default: '200000' },
    rounds: { type: 'string', default: '15' },
    requests: { type: 'string', default: '40' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [orders, rounds, requests] = [Number(values.orders), Number(values.rounds), Number(values.requests)];
  const service = await startListService(say);
  try {
    say(`inserting ${orders} work orders`);
    await fillWorkOrders(service.admin, orders);
    // One company alone, so that both answer the same rows and the policies are nothing but their cost.
    await service.admin.query('delete from work_order where tenant_id <> $1', [benchTenant]);
    await service.admin.query('vacuum (analyze) work_order');
    const onRound = (round: number): void => say(round === 0 ? 'warm' : `round ${round} of ${rounds}`);
    const results = await measure(await workloadsOf(service), { rounds, requests, onRound });
    const ratios = Object.fromEntries(
      Object.entries(results).map(([name, { with: bound, without }]) => [
        name,
        { p95: Math.round(((bound?.p95ms ?? 0) / (without?.p95ms ?? 1)) * 1_000) / 1_000 },
      ]),
    );
    const all = Object.values(ratios).map(({ p95 }) => p95);
    const mean = Math.exp(all.reduce((sum, one) => sum + Math.log(one), 0) / all.length);
    const over = { p95: Math.round(mean * 1_000) / 1_000 };
    const { versions } = service;
    const document = {
      machine: machine(),
      versions,
      orders,
      rounds,
      requests,
      limit,
      workloads: results,
      ratios: { ...ratios, all: over },
    };
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else {
      for (const [name, { with: bound, without }] of Object.entries(results))
        console.log(
          `${name.padEnd(26)} p95 ${bound?.p95ms} ms with, ${without?.p95ms} ms without: ${ratios[name]?.p95}`,
        );
      console.log(`over all: ${over.p95}`);
    }
    process.exitCode = mean > limit ? 1 : 0;
  } finally {
    await service.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
