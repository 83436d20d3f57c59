import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';

import { machine } from '../../bench/measure.ts';
import { findSeeds } from '../find-seeds.ts';
import { startServers } from '../rig.ts';
import { newMarkers } from './markers.ts';
import { provePrivacy } from './prove-privacy.ts';
import { searchGateway } from './through-gateway.ts';

const { values } = parseArgs({
  options: { service: { type: 'string', multiple: true }, json: { type: 'boolean', default: false } },
});

const say = (line: string): void => void process.stderr.write(`${line}\n`);
const names = (await findSeeds(...(values.service ?? []))).map(({ definition }) => definition.name);
const servers = await startServers(say);
try {
  const work = path.join(servers.directory, 'work');
  mkdirSync(work);
  const result = await provePrivacy(names, {
    servers: ['postgres', 'nats'].map((each) => path.join(servers.directory, each)),
    work,
  });
  const gateway = await searchGateway(newMarkers(), {
    directory: servers.directory,
    postgres: process.env['STEWARD_TEST_PG_URL'] ?? '',
    nats: process.env['STEWARD_TEST_NATS_URL'] ?? '',
  });
  const failures = [...result.failures, ...gateway.failures];
  const searched = { ...result.searched, ...gateway.searched };
  const { services } = result;
  const count = Object.values(services).reduce((sum, { sent }) => sum + sent, 0);
  if (values.json) {
    console.log(
      JSON.stringify(
        { count, seed: null, failures: failures.length, detail: { ...result, gateway }, machine: machine() },
        null,
        2,
      ),
    );
  } else {
    for (const failure of failures) console.log(failure);
    for (const each of result.unmarkedInClear) console.log(`not marked as personal, in clear: ${each}`);
    for (const [place, bytes] of Object.entries(searched))
      console.log(`${place}: ${(bytes / 1e6).toFixed(1)} MB searched`);
    console.log(`${count} personal values, found in clear in ${failures.length} places`);
  }
  const isBlind =
    gateway.persons === 0 || Object.values(services).some(({ sent, readInClear }) => sent === 0 || readInClear === 0);
  if (failures.length > 0 || isBlind) process.exitCode = 1;
} finally {
  await servers.stop();
}
