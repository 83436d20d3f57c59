import { parseArgs } from 'node:util';

import { fillRegister, samplesOf, type Sample } from './callers-data.ts';
import { startBenchService, type BenchService } from './callers-service.ts';
import { machine, measure, type Results, type Workload } from './measure.ts';

const usage = 'npm run bench:callers -- [--households 100000] [--rounds 7] [--requests 30] [--json]';

/** What the search has to stay under, in the 95th percentile. */
const limitMs = 50;

const query = /* GraphQL */ `
  query BenchCallers($text: String!) {
    callers(text: $text, first: 20) {
      matchedBy
      household {
        id
        number
        units {
          number
        }
      }
      person {
        id
        nameMasked
        phoneMasked
      }
      reference {
        kind
        id
        number
      }
    }
  }
`;

type Answer = { callers: { household: { id: string } | null }[] };

const householdIds = async (service: BenchService, text: string): Promise<string[]> => {
  const { callers } = await service.ask<Answer>(query, { text });
  return callers.flatMap(({ household }) => household?.id ?? []);
};

/** The look-up that a person would write who knew which kind of key it is, in a transaction of the tenant. */
function plainSql({ asService, tenantId }: BenchService, { key, kind }: Sample): () => Promise<string[]> {
  const text = `select distinct coalesce(k.household_id, t.household_id, m.household_id) as id, h.number
      from (select * from caller_key where key = $1 and kind = $2 limit 100) k
      left join household_holding t on k.subject_type = 'UNIT' and t.unit_id = k.subject_id
      left join household_membership m on k.subject_type = 'PERSON' and m.person_id = k.subject_id
      join household h on h.id = coalesce(k.household_id, t.household_id, m.household_id) limit 20`;
  return async () => {
    await asService.query('begin');
    await asService.query(`select set_config('app.tenant_id', $1, true)`, [tenantId]);
    const { rows } = await asService.query<{ id: string }>(text, [key, kind]);
    await asService.query('commit');
    return rows.map(({ id }) => id);
  };
}

/** Both ways in turn through the samples of one kind, each of which has to find its household before anything is measured. */
async function workloadOf(service: BenchService, name: string, samples: readonly Sample[]): Promise<Workload> {
  for (const sample of samples) {
    const [found, plain] = [await householdIds(service, sample.text), await plainSql(service, sample)()];
    const isFound =
      sample.householdId === null || (found.includes(sample.householdId) && plain.includes(sample.householdId));
    if (!isFound || found.length === 0 || plain.length === 0)
      throw new Error(`"${sample.text}" (${name}) was not found`);
  }
  let turn = 0;
  const next = (): Sample => samples[(turn += 1) % samples.length] as Sample;
  return {
    name,
    contenders: [
      { name: 'service', run: async () => void (await householdIds(service, next().text)) },
      { name: 'sql', run: async () => void (await plainSql(service, next())()) },
    ],
  };
}

function printTable(results: Results): void {
  for (const [workload, contenders] of Object.entries(results)) {
    for (const [contender, { p50ms, p95ms, rps }] of Object.entries(contenders)) {
      const figures = [p50ms, p95ms, rps].map((one) => one.toFixed(2).padStart(9)).join(' ');
      console.log(`${workload.padEnd(26)} ${contender.padEnd(8)} ${figures}`);
    }
  }
}

const { values } = parseArgs({
  options: {
    households: { type: 'string', default: '100000' },
    rounds: { type: 'string', default: '7' },
    requests: { type: 'string', default: '30' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [households, rounds, requests] = [Number(values.households), Number(values.rounds), Number(values.requests)];
  if (!(households >= 1000)) throw new RangeError('--households: 1000 or more');
  const service = await startBenchService(say);
  try {
    say(`inserting ${households} households with their units, owners, orders and plates`);
    await fillRegister(service, households);
    const workloads: Workload[] = [];
    for (const [name, samples] of Object.entries(samplesOf(service, households))) {
      workloads.push(await workloadOf(service, name, samples));
    }
    const onRound = (round: number): void => say(round === 0 ? 'warm' : `round ${round} of ${rounds}`);
    const results = await measure(workloads, { rounds, requests, onRound });
    const slow = Object.values(results).some((contenders) => (contenders['service']?.p95ms ?? 0) >= limitMs);
    const ratios = Object.fromEntries(
      Object.entries(results).map(([name, { service: own, sql }]) => [
        name,
        { p95: Math.round(((own?.p95ms ?? 0) / (sql?.p95ms ?? 1)) * 100) / 100 },
      ]),
    );
    const { versions } = service;
    const document = {
      machine: machine(),
      versions,
      households,
      rounds,
      requests,
      limitMs,
      workloads: results,
      ratios,
    };
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else printTable(results);
    if (slow) say(`at least one search takes ${limitMs} ms or more in the 95th percentile`);
    process.exitCode = slow ? 1 : 0;
  } finally {
    await service.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
