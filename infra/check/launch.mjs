// Runs a tool of the repository on a fresh clone: installs what is missing, then starts the Node that npm installs
// with the arguments given. `npm test`, `npm run check` and the other commands for developers go through here.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LaunchError } from '../embedded/launch-error.mjs';
import { ensureInstalled } from '../start/install.mjs';
import { findRuntime, requireLauncherNode } from '../start/runtime.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Hands over to `program` and answers its exit code. */
function run(program, args) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  // A terminal sends Ctrl-C to both; this process stays until the tool has tidied up.
  process.on('SIGINT', () => {});
  process.on('SIGTERM', () => child.kill('SIGTERM'));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

try {
  requireLauncherNode();
  // Standard output belongs to the tool: with --json it carries one document and nothing else.
  await ensureInstalled(root, (line) => console.error(line));
  process.exitCode = await run(findRuntime(root), process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  console.error(`steward: ${error.message}`);
  process.exitCode = 1;
}
