import { afterEach, expect, test } from '@jest/globals';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { repoRoot } from '../check/workspaces.ts';
import { temporaryTree } from '../check/temporary-tree.ts';
import { isClean, mutateService } from './mutate-service.ts';

const policy = `
export const figures = {
  visitDays: { value: 2, unit: 'day', rule: 'A072' },
  sampleSize: { value: 5, unit: 'order', rule: 'A242' },
  photoCount: { value: 1, unit: 'photo', rule: 'B015' },
} as const;
export const transitions = {
  assign: { from: ['OPEN'], to: ['ASSIGNED'], roles: ['clerk'], rule: 'A109' },
} as const;`;

const rules = `
import { figures, transitions } from './toy-policy.ts';
export const visitDue = (day: number): number => day + figures.visitDays.value;
export const mayAssign = (state: string, role: string): boolean =>
  (transitions.assign.from as readonly string[]).includes(state) &&
  (transitions.assign.to as readonly string[]).includes('ASSIGNED') &&
  (transitions.assign.roles as readonly string[]).includes(role);`;

// A test of A242 that reads its expectation from the table it should check.
const tests = `
import { expect, test } from '@jest/globals';
import { roles } from '@steward/auth';
import { figures } from './toy-policy.ts';
import { mayAssign, visitDue } from './toy-rules.ts';
test('[A072] a visit is due two days later', () => expect(visitDue(1)).toBe(3));
test('[A242] as many are sampled as the policy says', () => expect(figures.sampleSize.value).toBe(figures.sampleSize.value));
test('[A109] only a clerk assigns, and only what is open', () => {
  expect(['OPEN', 'ASSIGNED'].filter((state) => mayAssign(state, 'clerk'))).toEqual(['OPEN']);
  expect(roles.filter((role) => mayAssign('OPEN', role))).toEqual(['clerk']);
});`;

const config = `
const project = { rootDir: new URL('../../services/toy', import.meta.url).pathname, displayName: 'services/toy',
  testMatch: ['**/*.test.ts'], extensionsToTreatAsEsm: ['.ts'], transform: {},
  testRunner: '${join(repoRoot, 'infra/jest/native-runner.ts')}' };
export default { projects: [project] };`;

let remove = (): void => {};
afterEach(() => remove());

function toyTree(toyTests: string): string {
  const tree = temporaryTree({
    'package.json': JSON.stringify({ type: 'module' }),
    'infra/jest/jest.config.mjs': config,
    'services/toy/src/domain/toy-policy.ts': policy,
    'services/toy/src/domain/toy-rules.ts': rules,
    'services/toy/src/domain/toy-rules.test.ts': toyTests,
    // Where the relative links of node_modules/@steward lead.
    'packages/auth/package.json': JSON.stringify({ name: '@steward/auth', type: 'module', exports: './index.ts' }),
    'packages/auth/index.ts': `export const roles = ['director', 'clerk', 'guard'];`,
  });
  remove = tree.remove;
  symlinkSync(join(repoRoot, 'node_modules'), join(tree.root, 'node_modules'));
  return tree.root;
}

const options = { rule: null, onProgress: () => {} };

test('a hollow test lets its mutants survive, an honest one does not, and a row without a test is named', async () => {
  const said: string[] = [];
  const report = await mutateService(toyTree(tests), 'toy', { ...options, onProgress: (line) => void said.push(line) });
  expect(said).toContain('SURVIVED  services/toy/src/domain/toy-policy.ts:4  A242  value 5 -> 6');
  expect(report.survived.map(({ rule, line, change }) => `${rule} ${line} ${change}`)).toEqual([
    'A242 4 value 5 -> 6',
    'A242 4 value 5 -> 4',
  ]);
  expect(report.untested).toEqual([expect.objectContaining({ rule: 'B015', line: 5 })]);
  expect(report.mutants).toBe(9);
  expect(isClean(report)).toBe(false);
}, 60_000);

test('one rule can be tried alone', async () => {
  const report = await mutateService(toyTree(tests), 'toy', { ...options, rule: 'A072' });
  expect(report).toMatchObject({ mutants: 2, survived: [], untested: [] });
  expect(isClean(report)).toBe(true);
}, 60_000);

test('tests that fail by themselves are no proof and stop the run', async () => {
  const red = tests.replace('toBe(3)', 'toBe(4)');
  await expect(mutateService(toyTree(red), 'toy', options)).rejects.toThrow(/fail before anything is changed:\n.*A072/);
}, 60_000);
