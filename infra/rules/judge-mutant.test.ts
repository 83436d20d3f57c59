import { expect, test } from '@jest/globals';
import { found, testFilesByRule } from './judge-mutant.ts';
import type { JestRun } from './run-jest.ts';

// No title here may carry a rule in brackets: it would pass for a proof of that rule.
const ran = (file: string, rule: string, passed = true) => ({ file, name: `[${rule}] something`, passed });

const runOf = (passed: boolean): JestRun => ({
  tests: [ran('rules.test.ts', 'A072', passed)],
  broken: [],
  seconds: new Map(),
  timedOut: false,
});

test('files that were green without servers need none, and the quickest of them is tried first', () => {
  const tests = [
    ran('service.test.ts', 'A072', false),
    ran('service.test.ts', 'A109'),
    ran('rules.test.ts', 'A072'),
    ran('table.test.ts', 'A072'),
    ran('table.test.ts', 'A072'),
    ran('half-loaded.test.ts', 'A109'),
  ];
  const seconds = new Map([
    ['rules.test.ts', 0.3],
    ['table.test.ts', 0.1],
  ]);
  const files = testFilesByRule({ tests, broken: ['half-loaded.test.ts: no such module'], seconds });
  expect(Object.fromEntries(files)).toEqual({
    A072: { pure: ['table.test.ts', 'rules.test.ts'], others: ['service.test.ts'] },
    A109: { pure: [], others: ['service.test.ts', 'half-loaded.test.ts'] },
  });
});

const change = { file: 'x-policy.ts', rule: 'A072', source: 'changed', original: 'as it was' };

/** Judges with runs that end like this, one after the other. */
async function judge(...runs: JestRun[]) {
  const written: string[] = [];
  const lane = { root: '', write: (_file: string, text: string) => void written.push(text), remove: () => {} };
  const left = runs.values();
  const red = await found(lane, async () => left.next().value ?? runOf(true), [change], ['rules.test.ts']);
  return { found: red.includes(change), written };
}

test('a change is found when it turns tests red that are green without it', async () => {
  expect(await judge(runOf(false), runOf(true))).toEqual({ found: true, written: ['changed', 'as it was'] });
});

test.each([
  ['green tests', [runOf(true)]],
  ['tests that stay red without it', [runOf(false), runOf(false)]],
  ['tests that are not there any more without it', [runOf(false), { ...runOf(true), tests: [] }]],
  ['no test at all', [{ ...runOf(true), tests: [] }]],
])('%s do not find a change', async (_what, runs) => {
  expect(await judge(...runs)).toEqual({ found: false, written: ['changed', 'as it was'] });
});

test('several changes of a rule are each found or not, and the tests looked at once without them', async () => {
  const changes = ['one', 'two', 'three'].map((source) => ({ ...change, source }));
  const runs = [runOf(false), runOf(true), runOf(false), runOf(true)].values();
  const lane = { root: '', write: () => {}, remove: () => {} };
  const red = await found(lane, async () => runs.next().value ?? runOf(false), changes, ['rules.test.ts']);
  expect(red.map(({ source }) => source)).toEqual(['one', 'three']);
});

test.each([
  ['cannot load it', { ...runOf(true), broken: ['rules.test.ts: no such state'] }],
  ['never end with it', { ...runOf(true), tests: [], timedOut: true }],
])('a change is found when the tests %s', async (_what, run) => {
  expect((await judge(run, runOf(true))).found).toBe(true);
});
