import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';

import pg from 'pg';

import { enterCompanyItself } from '../demo/enter-company.ts';
import { createGatewayClient, type GatewayClient } from '../import/gateway-client.ts';
import { ImportReport } from '../import/import-report.ts';
import { kind } from '../import/kinds/property-register.ts';
import { cpuSpent, type Parts } from './events-cpu.ts';
import { copyAgain } from './import-copy.ts';
import { registerCsv } from './import-file.ts';
import { machine, median } from './measure.ts';
import { startOwnServers } from './own-servers.ts';
import { openPlatformRig } from './platform-rig.ts';

const usage = 'npm run bench:import -- [--rows 10000] [--rounds 3] [--service NAME ...] [--profile DIR] [--json]';

/** What an import of 10,000 rows may take through the gateway; other sizes in proportion. */
const limitSeconds = 30;

type Round = { seconds: number; cpu: [part: string, seconds: number][]; copySeconds: number };

async function enterCommunity(client: GatewayClient, code: string): Promise<void> {
  const document = `mutation ($input: RegisterCommunityInput!) { registerCommunity(input: $input) { community { id } } }`;
  await client(document, { input: { code, name: code } });
}

type Place = { file: string; code: string; database: string; parts: Parts };

/** One import into a community of its own, and the same rows copied once more by the database alone. */
async function round(client: GatewayClient, at: Place): Promise<Round> {
  await enterCommunity(client, at.code);
  const opened = await kind.open(at.file, { community: at.code, locale: 'en' });
  const report = new ImportReport(
    { kind: 'property-register', file: at.file, isDryRun: false, ignoredColumns: opened.ignoredColumns },
    { locale: 'en' },
  );
  const { seconds: cpu } = await cpuSpent(at.parts, () => opened.run(report, client));
  const { seconds, added, rows } = report.summary();
  if (added !== rows) throw new Error(`${rows - added} of ${rows} rows were not added`);
  return {
    seconds,
    cpu,
    copySeconds: await copyAgain(at.database, at.code),
  };
}

const { values } = parseArgs({
  options: {
    rows: { type: 'string', default: '10000' },
    rounds: { type: 'string', default: '3' },
    service: { type: 'string', multiple: true },
    profile: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

const over = (rounds: readonly Round[], pick: (one: Round) => number): number =>
  Math.round(median(rounds.map(pick)) * 100) / 100;

/** Medians over the rounds for each part, the most first. */
function cpuOf(rounds: readonly Round[]): Record<string, number> {
  const byPart = Map.groupBy(
    rounds.flatMap((one) => one.cpu),
    ([part]) => part,
  );
  const figures = [...byPart].map(([part, each]): [string, number] => [part, median(each.map(([, used]) => used))]);
  const told = figures.map(([part, seconds]): [string, number] => [part, Math.round(seconds * 10) / 10]);
  return Object.fromEntries(told.filter(([, seconds]) => seconds > 0).toSorted(([, a], [, b]) => b - a));
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [rows, rounds] = [Number(values.rows), Number(values.rounds)];
  const servers = await startOwnServers(say);
  const file = path.join(servers.directory, 'register.csv');
  await writeFile(file, registerCsv(rows));
  const rig = await openPlatformRig({
    directory: path.join(servers.directory, 'rig'),
    postgres: servers.postgres,
    nats: servers.nats,
    prefix: 'import',
    ...(values.profile === undefined ? {} : { env: { NODE_OPTIONS: `--cpu-prof --cpu-prof-dir=${values.profile}` } }),
    ...(values.service === undefined ? {} : { services: ['residents', ...values.service] }),
  });
  try {
    const client = createGatewayClient({
      url: `${rig.gatewayUrl}/graphql`,
      locale: 'en',
      token: () => Promise.resolve(rig.token),
    });
    await enterCompanyItself(client, 'a');
    const database = Object.assign(new URL(servers.postgres), { pathname: '/import_residents' }).href;
    const processes = Object.fromEntries(['gateway', ...rig.services].map((name) => [name, rig.pid(name)]));
    const parts = { processes: { ...processes, broker: servers.pids.nats }, postgres: servers.pids.postgres };
    const done: Round[] = [];
    for (let n = 1; n <= rounds; n += 1) {
      const one = await round(client, { file, code: `R${n}`, database, parts });
      say(`round ${n} of ${rounds}: ${one.seconds.toFixed(1)} s, COPY ${one.copySeconds.toFixed(2)} s`);
      done.push(one);
    }
    const seconds = over(done, (one) => one.seconds);
    const perSecond = (taken: number): number => Math.round(rows / taken);
    const copySeconds = over(done, (one) => one.copySeconds);
    const cpu = cpuOf(done);
    const ratios = { import: Math.round((seconds / copySeconds) * 10) / 10 };
    const workloads = {
      import: {
        steward: { seconds, perSecond: perSecond(seconds), cpuSeconds: cpu },
        copy: { seconds: copySeconds, perSecond: perSecond(copySeconds) },
      },
    };
    const admin = new pg.Client({ connectionString: servers.postgres });
    await admin.connect();
    const { rows: versions } = await admin.query<{ server_version: string }>('show server_version');
    await admin.end();
    const about = { machine: machine(), versions, rows, rounds, services: rig.services };
    if (values.json) console.log(JSON.stringify({ ...about, workloads, ratios }, null, 2));
    else
      console.log(
        `${rows} rows: ${seconds} s, CPU ${JSON.stringify(cpu)}; COPY ${copySeconds} s, ${ratios.import} times`,
      );
    if (seconds > (limitSeconds * rows) / 10_000) process.exitCode = 1;
  } finally {
    await rig.stop();
    await servers.stop();
  }
}

process.once('SIGINT', () => process.exit(130));
await main();
