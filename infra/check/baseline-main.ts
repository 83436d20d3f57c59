import { acceptBaseline } from './accept-baseline.ts';
import { repoRoot } from './workspaces.ts';

const [verb, ...words] = process.argv.slice(2);
const reason = words.join(' ').trim();

if (verb === 'accept' && reason !== '') {
  console.log(acceptBaseline(repoRoot, reason, new Date().toISOString().slice(0, 10)));
} else {
  console.error('usage: npm run baseline -- accept REASON (why the schema that clients rely on may change)');
  process.exitCode = 2;
}
