import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { z } from 'zod';
import { importsOf, type Import } from './imports.ts';
import { layerOf, type Layer } from './service-layers.ts';

/** A source file with its place in the repository and everything it imports. */
export type SourceModule = {
  file: string;
  /** 'packages/core', 'services/work-orders', 'gateway', 'infra'; '' outside all of them. */
  workspace: string;
  inTest: boolean;
  /** Of a service's file; null elsewhere, or where the service has no such place. */
  layer: Layer | null;
  imports: ResolvedImport[];
};

export type ResolvedImport = Import & {
  /** The repository's file it stands for: always for a relative import, for '@steward/x' that package's entry. */
  target: string | null;
  /** npm name of a package that is not ours. */
  external: string | null;
};

export function readModule(root: string, file: string): SourceModule {
  const workspace = workspaceOf(file);
  const path = file.slice(workspace.length + 1);
  const imports = importsOf(readFileSync(join(root, file), 'utf8'), file);
  return {
    file,
    workspace,
    inTest: file.endsWith('.test.ts') || path.startsWith('test/') || workspace === 'packages/test-kit',
    layer: workspace.startsWith('services/') ? layerOf(path) : null,
    imports: imports.map((entry) => ({ ...entry, ...resolve(root, file, entry.specifier) })),
  };
}

export function workspaceOf(file: string): string {
  return /^((packages|services)\/[^/]+|gateway|infra)(?=\/)/.exec(file)?.[1] ?? '';
}

/** The layer of a file of ours, when it belongs to a service. */
export function layerOfFile(file: string): Layer | null {
  const workspace = workspaceOf(file);
  return workspace.startsWith('services/') ? layerOf(file.slice(workspace.length + 1)) : null;
}

function resolve(root: string, file: string, specifier: string): Pick<ResolvedImport, 'target' | 'external'> {
  if (specifier.startsWith('.')) return { target: posix.join(dirname(file), specifier), external: null };
  if (specifier.startsWith('node:')) return { target: null, external: null };
  const name = packageName(specifier);
  return name.startsWith('@steward/')
    ? { target: packageEntry(root, specifier), external: null }
    : { target: null, external: name };
}

export function packageName(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

/** Where a package of ours lives: '@steward/core' in packages/core, '@steward/hr' in services/hr. */
export function packageDirectory(root: string, name: string): string | null {
  const short = name.replace('@steward/', '');
  const places = [`packages/${short}`, `services/${short}`, short];
  return places.find((place) => existsSync(join(root, place, 'package.json'))) ?? null;
}

const manifest = z.object({
  exports: z.record(z.string(), z.string()).optional(),
  dependencies: z.record(z.string(), z.string()).optional(),
  devDependencies: z.record(z.string(), z.string()).optional(),
});

export function readManifest(root: string, directory: string): z.infer<typeof manifest> {
  return manifest.parse(JSON.parse(readFileSync(join(root, directory, 'package.json'), 'utf8')));
}

function packageEntry(root: string, specifier: string): string | null {
  const name = packageName(specifier);
  const directory = packageDirectory(root, name);
  if (directory === null) return null;
  const entry = readManifest(root, directory).exports?.[`.${specifier.slice(name.length)}`];
  return entry === undefined ? null : posix.join(directory, entry);
}
