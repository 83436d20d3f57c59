import { realpathSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';
import { buildArgv, runCLI } from 'jest';

// The process behind openPureJest: one run of jest after the other, each with the modules of the services loaded anew,
// so that a file changed in between is seen. The packages below them stay loaded.
const services = pathToFileURL(`${realpathSync(process.cwd())}/services/`).href;
let run = 0;

registerHooks({
  resolve(specifier, context, next) {
    const resolved = next(specifier, context);
    if (!resolved.url.startsWith(services)) return resolved;
    return { ...resolved, url: `${resolved.url}${resolved.url.includes('?') ? '&' : '?'}run=${run}` };
  },
});

/** Answers what kept jest from running; red tests are in its report. */
async function runOnce(args: string[]): Promise<string | null> {
  run += 1;
  try {
    const argv = await buildArgv(args);
    await runCLI({ ...argv, reporters: [], watchman: false, passWithNoTests: true }, [process.cwd()]);
    return null;
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}

process.on('message', (args: string[]) => {
  void runOnce(args).then((failure) => process.send?.(failure));
});
process.once('disconnect', () => process.exit());
