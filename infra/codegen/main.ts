import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { repoRoot, serviceDirectories } from '../check/workspaces.ts';
import { driftedFiles, generateEventContract, writeGenerated } from '../contract/generated-contract.ts';
import { generateTypes } from './codegen.ts';

// `npm run codegen` writes the resolver types of every service and the contract of the events; `-- --check` writes
// nothing and names what drifted.
const check = process.argv.includes('--check');
const commonSdl = readFileSync(join(repoRoot, 'packages/service-kit/common.graphql'), 'utf8');

for (const service of serviceDirectories()) {
  const file = join(service, 'src/graphql/generated.ts');
  const path = join(repoRoot, file);
  const types = await generateTypes(join(repoRoot, service), commonSdl);
  if (existsSync(path) && readFileSync(path, 'utf8') === types) continue;
  if (check) {
    console.error(`${file} is not what its schema.graphql generates; run \`npm run codegen\` and commit it`);
    process.exitCode = 1;
  } else {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, types);
    console.log(`wrote ${file}`);
  }
}

const eventContract = await generateEventContract(repoRoot);
for (const file of driftedFiles(repoRoot, eventContract)) {
  if (check) {
    console.error(`${file} is not what the catalogue and the handlers generate; run \`npm run codegen\` and commit it`);
    process.exitCode = 1;
  } else {
    writeGenerated(repoRoot, file, eventContract.get(file));
    console.log(`wrote ${file}`);
  }
}
