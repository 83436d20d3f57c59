import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { repoRoot, serviceDirectories } from '../../check/workspaces.ts';
import { report, type Finding } from '../finding.ts';
import { checkSchema } from './check-schema.ts';
import { readSchema } from './schema-model.ts';

function check(file: string, service: string, options: { shared: boolean }): Finding[] {
  return checkSchema(readSchema(file, service, readFileSync(join(repoRoot, file), 'utf8')), options);
}

report([
  ...check('packages/service-kit/common.graphql', 'service-kit', { shared: true }),
  ...serviceDirectories().flatMap((directory) =>
    check(`${directory}/schema.graphql`, basename(directory), { shared: false }),
  ),
]);
