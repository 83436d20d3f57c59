import { breakingEvents, describeBreaking } from '../contract/breaking-events.ts';
import { acceptedEvents, presentEvents } from '../contract/contract-baseline.ts';
import { breakingChanges } from './breaking-changes.ts';
import { acceptedContract, presentContract } from './contract-files.ts';
import { repoRoot } from './workspaces.ts';

const accepted = acceptedContract(repoRoot);
const breaking = accepted === null ? [] : breakingChanges(accepted, presentContract(repoRoot));
const acceptedFacts = acceptedEvents(repoRoot);
const breakingFacts = acceptedFacts === null ? [] : breakingEvents(acceptedFacts, presentEvents(repoRoot));

if (accepted === null || acceptedFacts === null) {
  console.error(
    'infra/baselines has no accepted graph or events; run `npm run baseline -- accept REASON` and commit it',
  );
  process.exitCode = 1;
}
for (const { description, services } of breaking) {
  console.error(`breaks clients: ${description}${services.length > 0 ? ` (${services.join(', ')})` : ''}`);
}
for (const each of breakingFacts) console.error(`breaks consumers: ${describeBreaking(each)}`);
if (breaking.length > 0) {
  console.error('Keep what was there and deprecate it, or accept: `npm run baseline -- accept REASON`');
  process.exitCode = 1;
}
if (breakingFacts.length > 0) {
  console.error('Publish a new version beside the old one, or accept: `npm run baseline -- accept REASON`');
  process.exitCode = 1;
}
