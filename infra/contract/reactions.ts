import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { pathToFileURL } from 'node:url';

import type { Handler } from '@steward/events';

import { serviceDirectories } from '../check/workspaces.ts';

/** A service that reacts to a kind of fact, and what it does then. */
export type Reaction = { service: string; definition: Handler['definition']; name: string };

/** Every reaction of every service, from the lists that the services themselves run by. */
export async function readReactions(root: string): Promise<Reaction[]> {
  const found: Reaction[] = [];
  for (const directory of serviceDirectories(root)) {
    const file = join(root, directory, 'src/events/handlers.ts');
    if (!existsSync(file)) continue;
    const { handlers } = (await import(pathToFileURL(file).href)) as { handlers: readonly Handler[] };
    const service = basename(directory);
    found.push(...handlers.map(({ definition, name }) => ({ service, definition, name })));
  }
  return found;
}
