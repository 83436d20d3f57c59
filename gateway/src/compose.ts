import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { composeSupergraph, readSubgraphs } from './composition.ts';

const SUPERGRAPH = 'gateway/supergraph.graphql';

/** `npm run compose` writes the supergraph; `-- --check` only says whether the committed one is up to date. */
export function compose(root: string, isCheck: boolean): { isFailure: boolean; output: string } {
  const composed = composeSupergraph(readSubgraphs(root));
  if ('errors' in composed) return { isFailure: true, output: composed.errors.join('\n') };
  const file = join(root, SUPERGRAPH);
  const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (committed === composed.supergraph) return { isFailure: false, output: `${SUPERGRAPH} is up to date.` };
  if (isCheck)
    return { isFailure: true, output: `${SUPERGRAPH} has drifted from the services: run \`npm run compose\`.` };
  writeFileSync(file, composed.supergraph);
  return { isFailure: false, output: `${SUPERGRAPH} written.` };
}

if (import.meta.main) {
  const { isFailure, output } = compose(
    fileURLToPath(new URL('../..', import.meta.url)),
    process.argv.includes('--check'),
  );
  (isFailure ? console.error : console.log)(output);
  process.exitCode = isFailure ? 1 : 0;
}
