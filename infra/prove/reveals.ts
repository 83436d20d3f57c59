import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { verifyRevealChains, type ChainReport } from '@steward/service-kit';

import { CommandError } from '../events/command-error.ts';
import { openRunningPlatform } from '../events/running-platform.ts';
import { dataPath } from '../start/layout.ts';

const usage = `npm run prove:reveals -- [--service S] [--witness FILE] [--json]
Verifies the chained log of revealed personal values of the running platform. FILE is an earlier answer of --json,
kept elsewhere: a log that was written anew since then is found by it.`;

const { values } = parseArgs({
  options: {
    service: { type: 'string' },
    witness: { type: 'string' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
    'run-file': { type: 'string', default: dataPath('run.json') },
  },
});

type Found = ChainReport & { service: string };
type Document = { count: number; seed: null; failures: number; detail: Found[] };

const witnesses = (): Found[] =>
  values.witness === undefined ? [] : (JSON.parse(readFileSync(values.witness, 'utf8')) as Document).detail;

async function verify(): Promise<Found[]> {
  const platform = await openRunningPlatform(values['run-file']);
  const known = witnesses();
  try {
    const found: Found[] = [];
    for (const service of values.service === undefined ? platform.services : [values.service]) {
      const reports = await verifyRevealChains(
        await platform.database(service),
        known.filter((each) => each.service === service),
      );
      found.push(...reports.map((report) => ({ service, ...report })));
    }
    return found;
  } finally {
    await platform.close();
  }
}

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const found = await verify();
  const faults = found.flatMap(({ service, tenantId, faults: each }) =>
    each.map(({ seq, fault }) => `${service}  ${tenantId}  entry ${seq}  ${fault}`),
  );
  const count = found.reduce((sum, { seq }) => sum + seq, 0);
  if (values.json)
    console.log(
      JSON.stringify({ count, seed: null, failures: faults.length, detail: found } satisfies Document, null, 2),
    );
  else {
    for (const fault of faults) console.log(fault);
    console.log(`${count} readings in ${found.length} logs, ${faults.length} faults`);
  }
  process.exitCode = faults.length > 0 ? 1 : 0;
}

try {
  await main();
} catch (error) {
  const isUse = error instanceof CommandError || (error instanceof TypeError && 'code' in error);
  console.error(isUse ? error.message : error);
  process.exitCode = 2;
}
