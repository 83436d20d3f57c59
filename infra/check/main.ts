import { describeStep, runStep } from './run-steps.ts';
import { steps } from './steps.ts';
import { repoRoot } from './workspaces.ts';

// Every step runs, so that one look shows all there is to mend. `npm run check -- lint types` runs some of them.
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !steps.some((step) => step.name === name));
if (unknown.length > 0) {
  console.error(`no step ${unknown.join(', ')}; there are: ${steps.map(({ name }) => name).join(', ')}`);
  process.exit(2);
}

const failed: string[] = [];
for (const step of steps.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const result = await runStep(repoRoot, step);
  console.log(describeStep(result));
  if (!result.passed) failed.push(step.name);
}
if (failed.length > 0) {
  console.error(`check failed: ${failed.join(', ')}`);
  process.exitCode = 1;
}
