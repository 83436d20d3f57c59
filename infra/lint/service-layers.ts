/** The parts of a service and what each may import from its own service (architecture: "One service, to the file"). */
export type Layer =
  | 'domain'
  | 'queries'
  | 'db'
  | 'commands'
  | 'graphql'
  | 'generated'
  | 'events'
  | 'labels'
  | 'config'
  | 'service'
  | 'main'
  | 'test';

type Permission = { values: readonly Layer[]; types?: readonly Layer[] };

/**
 * `types` may be imported with `import type` only. The generated types are SDL turned into TypeScript: commands and
 * queries take their input and filter types from there, so that no input is written down twice.
 */
const permissions: Record<Layer, Permission | 'everything'> = {
  domain: { values: ['domain'] },
  queries: { values: ['db', 'queries'], types: ['domain', 'generated'] },
  db: { values: ['db', 'queries'], types: ['domain', 'generated'] },
  commands: { values: ['commands', 'domain', 'db', 'queries'], types: ['generated'] },
  graphql: { values: ['graphql', 'commands', 'queries'], types: ['domain', 'db', 'generated'] },
  generated: { values: [], types: ['domain', 'graphql'] },
  events: { values: ['events', 'commands', 'queries'], types: ['domain', 'db'] },
  labels: { values: ['labels'] },
  config: { values: [] },
  service: 'everything',
  main: { values: ['service', 'config'] },
  test: 'everything',
};

export function layerMayImport(from: Layer, to: Layer, typeOnly: boolean): boolean {
  const permission = permissions[from];
  if (permission === 'everything') return to !== 'test' || from === 'test';
  return permission.values.includes(to) || (typeOnly && (permission.types ?? []).includes(to));
}

/** The layer of a file, by its path inside its service; null for a place the vocabulary does not know. */
export function layerOf(path: string): Layer | null {
  if (path.startsWith('test/')) return 'test';
  const inSource = path.startsWith('src/') ? path.slice('src/'.length) : null;
  if (inSource === null) return null;
  if (inSource.startsWith('domain/')) return 'domain';
  if (inSource.endsWith('.test.ts')) return 'test';
  if (/^db\/(.*\/)?[a-z0-9-]+-queries\.ts$/.test(inSource)) return 'queries';
  if (inSource === 'graphql/generated.ts') return 'generated';
  if (/^labels(\.(zh-CN|en)\.ts|\/[a-z-]+\.ts)$/.test(inSource)) return 'labels';
  return folders.get(inSource.replace(/\/.*/, '')) ?? null;
}

const folders = new Map<string, Layer>([
  ['db', 'db'],
  ['commands', 'commands'],
  ['graphql', 'graphql'],
  ['events', 'events'],
  ['config.ts', 'config'],
  ['service.ts', 'service'],
  // What others may import of a service: the same as what it composes.
  ['index.ts', 'service'],
  ['main.ts', 'main'],
]);
