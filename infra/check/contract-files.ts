import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { printSchema } from 'graphql';
import { apiSchema } from './api-schema.ts';
import type { Contract } from './breaking-changes.ts';
import { serviceDirectories } from './workspaces.ts';

export const baselineDirectory = 'infra/baselines';

/** The contract of the tree: the committed supergraph, which the drift check keeps fresh, and every service's SDL. */
export function presentContract(root: string): Contract {
  const supergraph = readFileSync(join(root, 'gateway/supergraph.graphql'), 'utf8');
  const subgraphs = serviceDirectories(root).map((directory): [string, string] => [
    basename(directory),
    readFileSync(join(root, directory, 'schema.graphql'), 'utf8'),
  ]);
  return { api: `${printSchema(apiSchema(supergraph))}\n`, subgraphs: Object.fromEntries(subgraphs) };
}

/** The contract that was last accepted; null before the first. */
export function acceptedContract(root: string): Contract | null {
  const directory = join(root, baselineDirectory);
  if (!existsSync(join(directory, 'api.graphql'))) return null;
  const subgraphs = readdirSync(join(directory, 'subgraphs')).map((file): [string, string] => [
    basename(file, '.graphql'),
    readFileSync(join(directory, 'subgraphs', file), 'utf8'),
  ]);
  return { api: readFileSync(join(directory, 'api.graphql'), 'utf8'), subgraphs: Object.fromEntries(subgraphs) };
}

export function writeContract(root: string, contract: Contract): void {
  const subgraphs = join(root, baselineDirectory, 'subgraphs');
  rmSync(subgraphs, { recursive: true, force: true });
  mkdirSync(subgraphs, { recursive: true });
  for (const [service, sdl] of Object.entries(contract.subgraphs)) {
    writeFileSync(join(subgraphs, `${service}.graphql`), sdl);
  }
  writeFileSync(join(root, baselineDirectory, 'api.graphql'), contract.api);
}
