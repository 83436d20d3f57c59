import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { breakingChanges } from './breaking-changes.ts';
import { acceptedContract, baselineDirectory, presentContract, writeContract } from './contract-files.ts';

const title = '# Accepted schemas\n\nMoved only by `npm run baseline -- accept REASON`; newest first.\n';

/** Makes the present schema the one that later changes are judged against, and writes down why. */
export function acceptBaseline(root: string, reason: string, today: string): string {
  const accepted = acceptedContract(root);
  const present = presentContract(root);
  const breaking = accepted === null ? [] : breakingChanges(accepted, present);
  const lines = breaking.map(({ description, services }) => `- breaks: ${description} (${services.join(', ')})`);
  const entry = [`## ${today}: ${reason}`, '', ...(lines.length > 0 ? lines : ['- breaks nothing']), ''].join('\n');

  const changelog = join(root, baselineDirectory, 'CHANGELOG.md');
  const before = existsSync(changelog) ? readFileSync(changelog, 'utf8').slice(title.length) : '';
  writeContract(root, present);
  writeFileSync(changelog, `${title}\n${entry}${before}`);
  return entry;
}
