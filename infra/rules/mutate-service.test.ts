import { afterEach, expect, test } from '@jest/globals';
import { symlinkSync, writeFileSync } from 'node:fs';
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

const options = { rule: null, resume: false, onProgress: () => {} };

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

test('a test that comes to be red for another reason finds nothing', async () => {
  // Green in the first run alone, which looks for what needs no server.
  const worn = tests.replace('toBe(3)', 'toBe(3 + 10 * (globalThis.runs = (globalThis.runs ?? -1) + 1))');
  const report = await mutateService(toyTree(worn), 'toy', { ...options, rule: 'A072' });
  expect(report.survived).toHaveLength(2);
}, 60_000);

test('a resumed run tries again what survived, and what was found by tests that are no longer the same', async () => {
  const root = toyTree(tests);
  await mutateService(root, 'toy', { ...options, rule: 'A072' });
  const first = await mutateService(root, 'toy', { ...options, resume: true });
  expect(first).toMatchObject({ mutants: 9, known: 2, survived: [{ rule: 'A242' }, { rule: 'A242' }] });
  const second = await mutateService(root, 'toy', { ...options, resume: true });
  expect(second).toMatchObject({ mutants: 9, known: 7, survived: [{ rule: 'A242' }, { rule: 'A242' }] });
  writeFileSync(join(root, 'services/toy/src/domain/toy-rules.test.ts'), tests.replace('toBe(3)', 'toBe(visitDue(1))'));
  const third = await mutateService(root, 'toy', { ...options, resume: true });
  expect(third).toMatchObject({ mutants: 9, known: 0 });
  expect(third.survived.map(({ rule }) => rule)).toEqual(['A072', 'A072', 'A242', 'A242']);
}, 60_000);

test('tests that fail by themselves are no proof and stop the run', async () => {
  const red = tests.replace('toBe(3)', 'toBe(4)');
  await expect(mutateService(toyTree(red), 'toy', options)).rejects.toThrow(/fail before anything is changed:\n.*A072/);
}, 60_000);
