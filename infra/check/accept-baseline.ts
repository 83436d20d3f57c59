import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingEvents, describeBreaking } from '../contract/breaking-events.ts';
import { acceptedEvents, presentEvents, writeAcceptedEvents } from '../contract/contract-baseline.ts';
import { breakingChanges } from './breaking-changes.ts';
import { acceptedContract, baselineDirectory, presentContract, writeContract } from './contract-files.ts';

const title = '# Accepted schemas\n\nMoved only by `npm run baseline -- accept REASON`; newest first.\n';

/** Makes the present graph and events those that later changes are judged against, and writes down why. */
export function acceptBaseline(root: string, reason: string, today: string): string {
  const accepted = acceptedContract(root);
  const present = presentContract(root);
  const breaking = accepted === null ? [] : breakingChanges(accepted, present);
  const events = presentEvents(root);
  const formerEvents = acceptedEvents(root);
  const breakingFacts = formerEvents === null ? [] : breakingEvents(formerEvents, events);
  const lines = [
    ...breaking.map(({ description, services }) => `- breaks: ${description} (${services.join(', ')})`),
    ...breakingFacts.map((each) => `- breaks consumers: ${describeBreaking(each)}`),
  ];
  const entry = [`## ${today}: ${reason}`, '', ...(lines.length > 0 ? lines : ['- breaks nothing']), ''].join('\n');

  const changelog = join(root, baselineDirectory, 'CHANGELOG.md');
  const before = existsSync(changelog) ? readFileSync(changelog, 'utf8').slice(title.length) : '';
  writeContract(root, present);
  writeAcceptedEvents(root, events);
  writeFileSync(changelog, `${title}\n${entry}${before}`);
  return entry;
}
