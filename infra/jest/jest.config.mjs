import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// One root run: every workspace is a project, so one PostgreSQL and one nats-server serve all of them
// and no cached result can stand in for a test that ran.
const root = fileURLToPath(new URL('../../', import.meta.url));

const project = (directory) => ({
  displayName: directory,
  rootDir: root + directory,
  testEnvironment: 'node',
  testRunner: root + 'infra/jest/native-runner.ts',
  testMatch: ['<rootDir>/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  // No error answer of the whole run may tell of the inside.
  setupFilesAfterEnv: [root + 'infra/jest/scan-answers.ts'],
});

export default {
  rootDir: root,
  globalSetup: '<rootDir>/infra/jest/global-setup.mjs',
  globalTeardown: '<rootDir>/infra/jest/global-teardown.mjs',
  // Two cores, and PostgreSQL wants its share of them.
  maxWorkers: 2,
  // Generous: a busy machine must not fail what is right; tests wait for conditions, never for a time.
  testTimeout: 60_000,
  projects: globSync(['packages/*', 'services/*', 'gateway', 'infra'], { cwd: root }).toSorted().map(project),
  reporters: ['default', '<rootDir>/infra/rules/results-reporter.ts'],
};
