import { readdir } from 'node:fs/promises';

import { ImportError } from './import-error.ts';
import type { ImportKind, TableKind } from './import-kind.ts';

const directory = new URL('kinds/', import.meta.url);

/** The names of what can be imported: the files in `kinds/`. */
export async function kindNames(): Promise<string[]> {
  const files = await readdir(directory);
  return files.flatMap((file) => /^([a-z0-9-]+)\.ts$/.exec(file)?.[1] ?? []).toSorted();
}

/** The kind of that name. Each is typed on its own data, which only the kind itself handles. */
export async function loadKind(name: string): Promise<ImportKind<unknown> | TableKind> {
  const names = await kindNames();
  if (!names.includes(name)) {
    throw new ImportError('KIND_UNKNOWN', { params: { name, names: names.join(', ') } });
  }
  const module = (await import(new URL(`${name}.ts`, directory).href)) as { kind: ImportKind<unknown> | TableKind };
  return module.kind;
}
