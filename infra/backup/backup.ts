// `npm run backup`
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';

import { LaunchError } from '../embedded/launch-error.mjs';
import { dataPath } from '../start/layout.ts';
import { takeBaseBackup } from './base-backup.ts';
import { archiveEverySeconds } from './archiving.ts';
import { withServer } from './backup-server.ts';
import { backupsRoot } from './backup-store.ts';
import { runCommand } from './command.ts';
import { layAsideDeleted, mirrorContent } from './content-mirror.ts';
import { writeKeyBundle } from './key-bundle.ts';
import { noteFile } from './keep-archive.ts';
import { prune } from './prune.ts';

const usage = `npm run backup [-- OPTIONS]
  --to DIRECTORY     where backups are kept (STEWARD_BACKUP_DIR, else beside the data directory); another disk is better
  --keep N           how many backups stay, with the log since the oldest of them (7)
  --with-keys FILE   writes the keys as well, IN CLEAR, to a file apart from the backups, which cannot be read without`;

const defaultKeep = 7;

function keepOf(text: string | undefined): number {
  const keep = Number(text ?? defaultKeep);
  if (Number.isInteger(keep) && keep > 0) return keep;
  throw new LaunchError(`--keep takes a number from 1 on, not ${text}.`);
}

await runCommand(usage, async (args, say) => {
  const { values } = parseArgs({
    args,
    options: { to: { type: 'string' }, keep: { type: 'string' }, 'with-keys': { type: 'string' } },
  });
  const root = values.to ?? backupsRoot();
  const keep = keepOf(values.keep);
  const keysTo = values['with-keys'];
  if (keysTo !== undefined) writeKeyBundle(keysTo, root);
  const begun = Date.now();
  say(`Backing up to ${root}`);
  const { store, manifest } = await withServer(say, (client) => takeBaseBackup(client, root, say));
  const copied = await mirrorContent(store);
  layAsideDeleted(store, manifest.name);
  writeFileSync(dataPath('backup.json'), JSON.stringify({ root }), { mode: 0o600 });
  const gone = prune(store, keep);
  const seconds = ((Date.now() - begun) / 1_000).toFixed(1);
  say(`  ${manifest.name}: ${(manifest.bytes / 1e6).toFixed(0)} MB of databases, ${copied} new files, ${seconds} s`);
  if (gone.length > 0) say(`  removed: ${gone.join(', ')}`);
  say(`  from now on the log follows at least every ${archiveEverySeconds} s while the platform runs (${noteFile()})`);
  if (keysTo !== undefined) say(`  ${keysTo} holds the keys in clear: keep it apart from the backups`);
  else say('  the keys are not part of it: keep a copy apart (--with-keys FILE)');
});
