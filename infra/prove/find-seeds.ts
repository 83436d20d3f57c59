import { existsSync, globSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import type { ServiceSeed } from '@steward/test-kit';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Every service with a composition root, by the name of its folder. */
export const servicesIn = (directory: string): string[] =>
  globSync('services/*/src/service.ts', { cwd: directory })
    .map((file) => file.split(path.sep)[1] ?? '')
    .toSorted();

const seedFile = (directory: string, service: string): string =>
  path.join(directory, 'services', service, 'test', 'seed.ts');

/** Services that the proofs cannot judge, because they say nothing of their test data. */
export const seedlessIn = (directory: string): string[] =>
  servicesIn(directory).filter((service) => !existsSync(seedFile(directory, service)));

/** The test data of all services, or of some; a service without any is an error, so that none is left out unseen. */
export async function findSeeds(...only: readonly string[]): Promise<ServiceSeed[]> {
  const services = servicesIn(root).filter((service) => only.length === 0 || only.includes(service));
  if (services.length === 0) throw new RangeError(`there is no service ${only.join(' ')}`);
  const seedless = seedlessIn(root).filter((service) => services.includes(service));
  if (seedless.length > 0) throw new Error(`test/seed.ts is missing in ${seedless.join(', ')}`);
  const modules = await Promise.all(
    services.map(
      async (service) => (await import(pathToFileURL(seedFile(root, service)).href)) as { seed: ServiceSeed },
    ),
  );
  return modules.map(({ seed }) => seed);
}
