import { parseArgs } from 'node:util';

import { startOwnServers } from './own-servers.ts';
import { openPlatformRig } from './platform-rig.ts';
import { isUnnoticed, restartUnderLoad } from './restarts.ts';
import { machine } from './measure.ts';

const usage = 'npm run prove:restarts -- [--times 20] [--rate 40] [--connections 16] [--json]';

const { values } = parseArgs({
  options: {
    times: { type: 'string', default: '20' },
    rate: { type: 'string', default: '40' },
    connections: { type: 'string', default: '16' },
    json: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});

// Ctrl-C ends it after the restart under way, with a report of what was done; a second one ends it at once.
const stopping = new AbortController();
process.on('SIGINT', () => (stopping.signal.aborted ? process.exit(130) : stopping.abort()));

async function main(): Promise<void> {
  if (values.help) return console.log(usage);
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const [times, perSecond, connections] = [Number(values.times), Number(values.rate), Number(values.connections)];
  const servers = await startOwnServers(say);
  try {
    say('starting every service and the gateway, each in a process of its own');
    const rig = await openPlatformRig({ ...servers, prefix: 'rig' });
    const report = await restartUnderLoad(rig, {
      times,
      perSecond,
      connections,
      isTogether: false,
      signal: stopping.signal,
      onRestart: (part, time, seconds) => say(`${part}: restart ${time} of ${times}, ${seconds.toFixed(1)} s`),
    });
    await rig.stop();
    const document = { machine: machine(), times, perSecond, connections, ...report };
    if (values.json) console.log(JSON.stringify(document, null, 2));
    else say(`${report.restarts} restarts, ${report.requests} requests: ${JSON.stringify(report)}`);
    process.exitCode = isUnnoticed(report) ? 0 : 1;
  } finally {
    await servers.stop();
  }
}

await main();
