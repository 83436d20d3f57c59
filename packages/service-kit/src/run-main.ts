import { ConfigError } from '@steward/core';

import { runService } from './run-service.ts';
import type { ServiceDefinition } from './service-definition.ts';

/**
 * graphql-js forgets the pending siblings of a list item that threw; their rejections were answered already and must
 * not end the process.
 */
export function surviveForgottenRejections(log: (error: unknown) => void): void {
  process.on('unhandledRejection', log);
}

/** A service as a process of its own: runs until SIGTERM or SIGINT, then stops in order. */
export async function runMain(definition: ServiceDefinition): Promise<void> {
  surviveForgottenRejections((error) =>
    process.stderr.write(`unhandled rejection: ${(error as Error)?.name ?? 'unknown'}\n`),
  );
  try {
    const service = await runService(definition, process.env);
    const stop = (): void =>
      void service.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
    // The supervisor waits for this line.
    process.stdout.write(`${JSON.stringify({ ready: service.name, url: service.url })}\n`);
  } catch (error) {
    const { message } = error as Error;
    process.stderr.write(`${error instanceof ConfigError ? message : `${definition.name}: ${message}`}\n`);
    process.exit(1);
  }
}
