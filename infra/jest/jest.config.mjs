import { globSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

// One root run: every workspace is a project, so one PostgreSQL and one nats-server serve all of them
// and no cached result can stand in for a test that ran.
const root = fileURLToPath(new URL('../../', import.meta.url));

const project = (directory) => ({
  displayName: directory,
  rootDir: root + directory,
  testEnvironment: 'node',
  testMatch: ['<rootDir>/**/*.test.ts'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
});

export default {
  rootDir: root,
  projects: globSync(['packages/*', 'services/*', 'gateway', 'infra'], { cwd: root }).toSorted().map(project),
  reporters: ['default', '<rootDir>/infra/rules/results-reporter.ts'],
};
