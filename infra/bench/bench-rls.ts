import { parseArgs } from 'node:util';

import pg from 'pg';

import { benchTenant, fillWorkOrders } from './list-data.ts';
import { startListService, type ListService } from './list-service.ts';
import { listFilters, pageSize, rareFilter } from './list-workloads.ts';
import { machine, measure, type Workload } from './measure.ts';

const usage = 'npm run bench:rls -- [--orders 200000] [--rounds 15] [--requests 40] [--json]';

/** What row-level security may cost, as a share of the 95th percentile of the same statement with the condition in it. */
const limit = 1.1;

const serviceRole = 'steward_work_orders_service';

const columns = `w.id, w.number, w.status, w.priority, w.received_at, w.due_at, w.trade_code, w.problem_code,
  w.community_id, w.place_id, w.household_id, w.assignee_id, w.contact_name_masked`;

/** A statement whose conditions on `w` take `params`. */
type Statement = { name: string; text: (conditions: string) => string; conditions: string; params: unknown[] };

const list = ({ name, sql, params }: (typeof listFilters)[number]): Statement => ({
  name: `list by ${name}`,
  text: (conditions) => `select ${columns} from work_order w where ${conditions}
    order by w.received_at desc, w.id desc limit ${pageSize + 1}`,
  conditions: sql,
  params,
});

const counted = ({ name, sql, params }: (typeof listFilters)[number]): Statement => ({
  name: `count by ${name}`,
  text: (conditions) => `select count(*)::text as id from work_order w where ${conditions}`,
  conditions: sql,
  params,
});

const one = (id: string): Statement => ({
  name: 'one order',
  text: (conditions) => `select w.* from work_order w where ${conditions}`,
  conditions: 'w.id = $1',
  params: [id],
});

/** A connection of a role with the same rights, to which no policy applies. */
async function withoutPolicies({ admin }: ListService): Promise<pg.Client> {
  const role = 'bench_without_policies';
  await admin.query(`create role ${role} bypassrls in role ${serviceRole}`);
  const { host, port, database, user, password } = admin;
  const client = new pg.Client({ host, port, database, user, password, options: `-c role=${role}` });
  await client.connect();
  return client;
}

/** As a service asks: in a transaction of the tenant, so that both ways make the same journeys. */
async function ask(client: pg.Client, text: string, params: readonly unknown[]): Promise<string[]> {
  await client.query('begin');
  await client.query(`select set_config('app.tenant_id', $1, true)`, [benchTenant]);
  const { rows } = await client.query<{ id: string }>(text, [...params]);
  await client.query('commit');
  return rows.map(({ id }) => id);
}

const warmUp = 5;

/** Both ways through one statement; they have to answer the same rows before anything is measured. */
async function workloadOf(service: ListService, free: pg.Client, statement: Statement): Promise<Workload> {
  const { name, text, conditions, params } = statement;
  const explicit = text(`w.tenant_id = $${params.length + 1} and ${conditions}`);
  const ways = {
    policy: () => ask(service.asService, text(conditions), params),
    explicit: () => ask(free, explicit, [...params, benchTenant]),
  };
  const [bound, unbound] = [await ways.policy(), await ways.explicit()];
  if (bound.length === 0 || bound.join() !== unbound.join()) throw new Error(`${name}: the two answer differently`);
  const contenders = Object.entries(ways).map(([way, run]) => ({
    name: way,
    run: async () => void (await run()),
    before: async () => {
      for (let call = 0; call < warmUp; call += 1) await run();
    },
  }));
  return { name, contenders };
}

async function workloadsOf(service: ListService, free: pg.Client): Promise<Workload[]> {
  const { rows } = await service.admin.query<{ id: string }>('select id from work_order where tenant_id = $1 limit 1', [
    benchTenant,
  ]);
  const statements = [
    ...[...listFilters, rareFilter].map(list),
    ...listFilters.slice(0, 2).map(counted),
    one(rows[0]?.id ?? ''),
  ];
  const workloads: Workload[] = [];
  for (const statement of statements) workloads.push(await workloadOf(service, free, statement));
  return workloads;
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
    await service.admin.query('vacuum (analyze) work_order');
    const free = await withoutPolicies(service);
    const onRound = (round: number): void => say(round === 0 ? 'warm' : `round ${round} of ${rounds}`);
    const results = await measure(await workloadsOf(service, free), { rounds, requests, onRound });
    await free.end();
    const ratios = Object.fromEntries(
      Object.entries(results).map(([name, { policy, explicit }]) => [
        name,
        { p95: Math.round(((policy?.p95ms ?? 0) / (explicit?.p95ms ?? 1)) * 1_000) / 1_000 },
      ]),
    );
    const all = Object.values(ratios).map((ratio) => ratio.p95);
    const mean = Math.exp(all.reduce((sum, ratio) => sum + Math.log(ratio), 0) / all.length);
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
      for (const [name, { policy, explicit }] of Object.entries(results))
        console.log(
          `${name.padEnd(26)} p95 ${policy?.p95ms} ms by policy, ${explicit?.p95ms} ms explicit: ${ratios[name]?.p95}`,
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
