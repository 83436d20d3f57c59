import { LaunchError } from '../embedded/launch-error.mjs';

export type StartOptions = {
  /** Each part in a process of its own, restarted when it dies. */
  multi: boolean;
  /** Begin with an empty `.data`. */
  reset: boolean;
  /** Without demo data. */
  empty: boolean;
  help: boolean;
};

const flags = new Map<string, keyof StartOptions>([
  ['--reset', 'reset'],
  ['--multi', 'multi'],
  ['--empty', 'empty'],
  ['--help', 'help'],
]);

export const usage = `npm start [-- OPTIONS]
  --reset  delete .data (databases, events, files, keys) and begin again
  --multi  each service, the gateway and each server in a process of its own, restarted when it dies
  --empty  without demo data
`;

export function parseOptions(args: readonly string[]): StartOptions {
  const options: StartOptions = { multi: false, reset: false, empty: false, help: false };
  for (const arg of args) {
    const flag = flags.get(arg);
    if (flag === undefined) throw new LaunchError(`${arg} is no option: use ${[...flags.keys()].join(', ')}.`);
    options[flag] = true;
  }
  return options;
}

const defaultGatewayPort = 4000;

/** The port of the gateway, the only fixed one. */
export function gatewayPortOf(env: NodeJS.ProcessEnv): number {
  const text = env['GATEWAY_PORT'] ?? '';
  if (text === '') return defaultGatewayPort;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_535) return port;
  throw new LaunchError(`GATEWAY_PORT=${text} is no port: give a number from 1 to 65535.`);
}
