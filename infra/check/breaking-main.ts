import { breakingChanges } from './breaking-changes.ts';
import { acceptedContract, presentContract } from './contract-files.ts';
import { repoRoot } from './workspaces.ts';

const accepted = acceptedContract(repoRoot);
const breaking = accepted === null ? [] : breakingChanges(accepted, presentContract(repoRoot));

if (accepted === null) {
  console.error('infra/baselines has no accepted schema; run `npm run baseline -- accept REASON` and commit it');
  process.exitCode = 1;
}
for (const { description, services } of breaking) {
  console.error(`breaks clients: ${description}${services.length > 0 ? ` (${services.join(', ')})` : ''}`);
}
if (breaking.length > 0) {
  console.error('Keep what was there and deprecate it, or accept: `npm run baseline -- accept REASON`');
  process.exitCode = 1;
}
