import { parseArgs } from 'node:util';

import { machine } from '../../bench/measure.ts';

export type ProofRun = { count: number; seed: number; say(line: string): void };

/** What a proof has found; `failures` are sentences. */
export type ProofResult = { failures: readonly string[]; detail: unknown };

/** `--count N --seed S [--json]`, one document or its failures on standard output, and the exit code of a test. */
export async function runProof(
  name: string,
  defaults: { count: number },
  prove: (run: ProofRun) => Promise<ProofResult>,
): Promise<void> {
  const { values } = parseArgs({
    options: {
      count: { type: 'string', default: String(defaults.count) },
      seed: { type: 'string', default: '1' },
      json: { type: 'boolean', default: false },
    },
  });
  const [count, seed] = [Number(values.count), Number(values.seed)];
  if (!Number.isInteger(count) || count < 1 || !Number.isInteger(seed)) {
    throw new RangeError(`npm run prove:${name} -- [--count ${defaults.count}] [--seed 1] [--json]`);
  }
  const say = (line: string): void => void process.stderr.write(`${line}\n`);
  const { failures, detail } = await prove({ count, seed, say });
  const document = { count, seed, failures: failures.length, detail, faults: failures, machine: machine() };
  if (values.json) console.log(JSON.stringify(document, null, 2));
  else console.log(failures.length === 0 ? `${name}: nothing failed` : failures.join('\n'));
  process.exitCode = failures.length === 0 ? 0 : 1;
}
