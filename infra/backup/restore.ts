// `npm run restore`
import { parseArgs } from 'node:util';

import { releaseDirectory } from '../embedded/data-directory.mjs';
import { LaunchError } from '../embedded/launch-error.mjs';
import { claimData } from '../start/data-root.ts';
import { dataDir } from '../start/layout.ts';
import { backupsRoot } from './backup-store.ts';
import { runCommand } from './command.ts';
import { restoreCluster } from './restore-cluster.ts';

const usage = `npm run restore [-- OPTIONS]   with the platform stopped
  --until INSTANT    to this point in time (2026-03-01T09:30:00Z); without it everything the log holds
  --service NAME     one service's database only; the others stay as they are
  --replace          lay the databases that are there aside
  --from DIRECTORY   where the backups are (STEWARD_BACKUP_DIR, else beside the data directory)
  --backup NAME      begin with this backup instead of the newest that fits
  --timeline N       follow this timeline of the log instead of the newest
  --keys FILE        the keys, as \`npm run backup -- --with-keys FILE\` wrote them`;

const options = {
  until: { type: 'string' },
  service: { type: 'string' },
  replace: { type: 'boolean', default: false },
  from: { type: 'string' },
  backup: { type: 'string' },
  timeline: { type: 'string' },
  keys: { type: 'string' },
} as const;

function instantOf(text: string | undefined): Date | undefined {
  if (text === undefined) return undefined;
  // Without a zone the instant would depend on the machine.
  const at = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? new Date(text) : new Date(NaN);
  if (Number.isNaN(at.getTime()))
    throw new LaunchError(`--until takes an instant such as 2026-03-01T09:30:00Z, not ${text}.`);
  return at;
}

function timelineOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (/^[1-9]\d*$/.test(text)) return Number(text);
  throw new LaunchError(`--timeline takes a number from 1 on, not ${text}.`);
}

await runCommand(usage, async (args, say) => {
  const { values } = parseArgs({ args, options });
  const { service, from, until, timeline, ...given } = values;
  const wanted = {
    ...given,
    root: from ?? backupsRoot(),
    until: instantOf(until),
    timeline: timelineOf(timeline),
    say,
  };
  const begun = Date.now();
  claimData();
  try {
    if (service === undefined) await restoreCluster(wanted);
    // It loads the code of the service, for its migrations.
    else await (await import('./restore-service.ts')).restoreService({ ...wanted, service });
  } finally {
    releaseDirectory(dataDir);
  }
  say(`Restored in ${((Date.now() - begun) / 1_000).toFixed(1)} s; start with \`npm start\`, then make a new backup`);
});
