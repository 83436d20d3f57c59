// `npm start`: runs on any Node from 20 on and without installed packages, installs what is missing, and hands over
// to the platform itself, which needs the Node that npm installs.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { LaunchError } from '../embedded/launch-error.mjs';
import { ensureInstalled } from './install.mjs';
import { findRuntime, requireLauncherNode } from './runtime.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const platform = new URL('./platform.ts', import.meta.url);

/** Runs the platform in a process of its own and answers its exit code. */
function runApart(program, args) {
  const child = spawn(program, [fileURLToPath(platform), ...args], {
    // The channel tells the platform when this process dies without a word.
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, STEWARD_LAUNCHED: '1' },
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

async function start(args) {
  requireLauncherNode();
  const installed = await ensureInstalled(root, (line) => console.log(line));
  const runtime = findRuntime(root);
  // After an installation this process runs a program whose file may have been replaced under it.
  if (runtime === process.execPath && !installed) {
    const { runPlatform } = await import(platform.href);
    // What a library left open must not keep a stopped platform alive.
    process.exit(await runPlatform(args));
  }
  return runApart(runtime, args);
}

try {
  process.exitCode = await start(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof LaunchError)) throw error;
  console.error(`steward: ${error.message}`);
  process.exitCode = 1;
}
