import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const suite = createRequire(import.meta.url).resolve('@apollo/federation-subgraph-compatibility-tests/package.json');

/** The suite's own tests as they were published, on this repository's jest. */
export default {
  rootDir: path.join(path.dirname(suite), 'dist/tests'),
  testEnvironment: 'node',
  testMatch: ['**/*.test.js'],
  testPathIgnorePatterns: [],
  haste: { retainAllFiles: true },
  transform: {},
  moduleNameMapper: { '^make-fetch-happen$': fileURLToPath(new URL('fetch.cjs', import.meta.url)) },
  maxWorkers: 1,
};
