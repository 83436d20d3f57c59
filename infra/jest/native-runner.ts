import { createRequire, registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

/**
 * Jest's own runner, with every file loaded by Node itself. Jest gives each test file a virtual machine and loads all
 * modules into it anew, which is half of the processor time of a file that starts a service. Here the modules of a
 * worker are loaded once for all its files, and what a file may change for its successors is put back after it.
 */
type RunFile = (
  globalConfig: unknown,
  config: unknown,
  environment: unknown,
  runtime: object,
  testPath: string,
  sendMessageToJest: unknown,
) => Promise<unknown>;

const require = createRequire(import.meta.url);
const { default: runFile } = require('jest-circus/runner') as { default: RunFile };
const globalsUrl = new URL('globals.ts', import.meta.url).href;

// Jest's own module refuses to be loaded outside a virtual machine.
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === '@jest/globals' ? { url: globalsUrl, shortCircuit: true } : next(specifier, context),
});

const loaded = new Map<string, number>();

/** A file's address, another one each time: the set-up is each test file's own, and --watch asks for a file again. */
function addressOf(path: string): string {
  const times = loaded.get(path) ?? 0;
  loaded.set(path, times + 1);
  const { href } = pathToFileURL(path);
  return times === 0 ? href : `${href}?again=${times}`;
}

/** What jest-circus asks of a runtime, in Node's terms. */
function nativeRuntime(): object {
  return {
    // The state of describe blocks and event handlers is of one file.
    requireInternalModule(name: string): unknown {
      delete require.cache[name];
      return require(name);
    },
    requireModule: require,
    setGlobalsForRuntime(globals: object): void {
      Object.assign(globalThis, { stewardJestGlobals: globals });
    },
    unstable_shouldLoadAsEsm: () => true,
    unstable_importModule: (path: string) => import(addressOf(path)),
    enterTestCode(): void {},
    leaveTestCode(): void {},
  };
}

const nativeRunner: RunFile = async (globalConfig, config, environment, _runtime, testPath, sendMessageToJest) => {
  const env = { ...process.env };
  const { fetch } = globalThis;
  try {
    return await runFile(globalConfig, config, environment, nativeRuntime(), testPath, sendMessageToJest);
  } finally {
    globalThis.fetch = fetch;
    for (const name of Object.keys(process.env)) if (!(name in env)) delete process.env[name];
    Object.assign(process.env, env);
  }
};

export default nativeRunner;
