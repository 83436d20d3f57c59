import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../../', import.meta.url));
/** `STEWARD_DATA_DIR` puts a second installation beside the first. */
export const dataDir = path.resolve(process.env['STEWARD_DATA_DIR'] ?? path.join(root, '.data'));

export const dataPath = (...parts: string[]): string => path.join(dataDir, ...parts);

/** Every folder under services/ with a composition root: a new service is started without being named anywhere. */
export function findServices(): string[] {
  return readdirSync(path.join(root, 'services'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(servicePath(entry.name, 'service.ts')))
    .map((entry) => entry.name)
    .toSorted();
}

export const servicePath = (service: string, file: string): string => path.join(root, 'services', service, 'src', file);

export const databaseName = (service: string): string => `steward_${service.replaceAll('-', '_')}`;

/** `DATABASE_URL_WORK_ORDERS` for `work-orders`. */
export const databaseVariable = (service: string): string =>
  `DATABASE_URL_${service.toUpperCase().replaceAll('-', '_')}`;
