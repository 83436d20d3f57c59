import { parseArgs } from 'node:util';

import { measureEnforcement } from './enforcement.ts';

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    json: { type: 'boolean', default: false },
  },
});
const result = await measureEnforcement(Number(values.count), Number(values.seed));
const { operations, registered, refused, executed, answered, milliseconds } = result;
if (values.json) console.log(JSON.stringify({ seed: Number(values.seed), ...result }));
else {
  console.log(
    `${operations} mutated operations: ${refused} refused, by POST and by GET, ${executed} calls reached a service.`,
  );
  console.log(`${answered} of ${2 * registered} registered ones were answered, before and after.`);
  console.log(`Refused in ${milliseconds.median} ms (median), ${milliseconds.p99} ms (p99).`);
}
if (executed > 0 || refused !== operations || answered !== 2 * registered) process.exitCode = 1;
