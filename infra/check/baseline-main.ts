import { addGolden } from '../contract/golden-payloads.ts';
import { acceptBaseline } from './accept-baseline.ts';
import { repoRoot } from './workspaces.ts';

const [verb, ...words] = process.argv.slice(2);
const reason = words.join(' ').trim();

if (verb === 'accept' && reason !== '') {
  console.log(acceptBaseline(repoRoot, reason, new Date().toISOString().slice(0, 10)));
} else if (verb === 'golden' && reason === '') {
  const added = addGolden(repoRoot);
  console.log(
    added.length === 0 ? 'every version of every event has its golden payloads' : `read these:\n${added.join('\n')}`,
  );
} else {
  console.error('usage: npm run baseline -- accept REASON (why what clients and consumers rely on may change)');
  console.error('       npm run baseline -- golden (adds golden payloads of new versions of events)');
  process.exitCode = 2;
}
