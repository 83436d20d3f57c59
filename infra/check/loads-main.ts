import { join } from 'node:path';
import { readManifest } from '../lint/source-module.ts';
import { repoRoot, workspaces } from './workspaces.ts';

// jest is more lenient than Node with names imported from CommonJS packages, and the compiler believes declarations:
// what passes both may still not start. So every package is loaded once by Node itself.
for (const directory of workspaces()) {
  const entry = readManifest(repoRoot, directory).exports?.['.'];
  if (entry === undefined) continue;
  try {
    await import(join(repoRoot, directory, entry));
  } catch (error) {
    console.error(`${directory} does not load: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
