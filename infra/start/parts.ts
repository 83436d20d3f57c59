import type { Oidc, Wiring } from './environment.ts';
import type { Lifetime } from './lifetime.ts';
import type { Say } from './progress.ts';
import type { RunFile } from './run-file.ts';

/** What the two ways of running services and gateway need: all in this process, or each in its own. */
export type PartsOptions = {
  services: readonly string[];
  wiring: Wiring;
  gatewayPort: number;
  oidc: Oidc;
  env: NodeJS.ProcessEnv;
  say: Say;
  lifetime: Lifetime;
  runFile: RunFile;
};

/** Starts services, then the gateway; adds each to the lifetime; answers the gateway's URL. */
export type StartParts = (options: PartsOptions) => Promise<string>;
