import { parseArgs } from 'node:util';

import { findSeeds } from '../find-seeds.ts';
import { startSeeded, startServers } from '../rig.ts';
import { interfacesOf, judgedOf, judgeService, unseededTypes } from './judge-service.ts';
import type { Failure } from './tally.ts';

const { values } = parseArgs({
  options: { service: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
});

type Report = {
  cells: number;
  failures: Failure[];
  unseeded: string[];
  interfaces: string[];
  neverMet: string[];
  unjudged: number;
};

async function reportOf(seed: Awaited<ReturnType<typeof findSeeds>>[number]): Promise<Report> {
  const { service, company } = await startSeeded(seed);
  try {
    const judged = judgedOf(seed, service, company);
    const { cells, failures, met, unjudged } = await judgeService(judged);
    const neverMet = [...met].filter(([, isMet]) => !isMet).map(([coordinate]) => coordinate);
    return { cells, failures, unseeded: unseededTypes(judged), interfaces: interfacesOf(judged), neverMet, unjudged };
  } finally {
    await service.stop();
  }
}

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const seeds = await findSeeds(...(values.service ?? []));
const servers = await startServers(say);
const services: Record<string, Report> = {};
try {
  for (const seed of seeds) {
    const report = await reportOf(seed);
    services[seed.definition.name] = report;
    say(`${seed.definition.name}: ${report.cells} cells, ${report.failures.length} wrong`);
  }
} finally {
  await servers.stop();
}
const reports = Object.values(services);
const count = reports.reduce((sum, { cells }) => sum + cells, 0);
const failures = reports.flatMap((report) => report.failures);
const gaps = reports.flatMap(({ unseeded, interfaces }) => [...unseeded, ...interfaces]);
if (values.json) console.log(JSON.stringify({ count, seed: null, failures: failures.length, detail: services }));
else {
  for (const { service, where, role, standing, what } of failures)
    console.log([service, where, role, standing, what].join('  '));
  for (const gap of gaps) console.log(`not judged: ${gap}`);
  console.log(`${count} cells of ${reports.length} services, ${failures.length} wrong`);
}
if (failures.length > 0 || gaps.length > 0) process.exitCode = 1;
