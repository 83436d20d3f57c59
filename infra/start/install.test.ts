import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ensureInstalled } from './install.mjs';

let root: string;

const lockOf = (version: string): string =>
  JSON.stringify({
    packages: {
      '': { name: 'steward' },
      'packages/core': { version: '0.1.0' },
      'node_modules/@steward/core': { resolved: 'packages/core', link: true },
      'node_modules/pg': { version, resolved: `pg-${version}.tgz` },
      'node_modules/only-on-macos': { version: '1.0.0', resolved: 'only.tgz', optional: true },
    },
  });

/** What npm notes of an installation of that lock on Linux. */
const noteOf = (version: string): string => {
  const { packages } = JSON.parse(lockOf(version)) as { packages: Record<string, unknown> };
  const { '': _root, 'node_modules/only-on-macos': _optional, ...present } = packages;
  return JSON.stringify({ packages: present });
};

const modules = (): string => path.join(root, 'node_modules');

/** Stands in for npm: empties node_modules, notes that it ran, and fails when told to. */
function writeNpm(exitCode: number): void {
  const script = path.join(root, 'npm.mjs');
  writeFileSync(
    script,
    `import fs from 'node:fs';
     fs.rmSync('node_modules', { recursive: true, force: true });
     fs.mkdirSync('node_modules');
     fs.appendFileSync('npm-ran', process.argv.slice(2).join(' ') + '\\n');
     process.exit(${exitCode});`,
  );
  chmodSync(script, 0o755);
  process.env['npm_execpath'] = script;
  process.env['npm_node_execpath'] = process.execPath;
}

const runs = (): number =>
  existsSync(path.join(root, 'npm-ran'))
    ? readFileSync(path.join(root, 'npm-ran'), 'utf8').trim().split('\n').length
    : 0;

const before = { ...process.env };

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'steward-install-'));
  writeFileSync(path.join(root, 'package-lock.json'), lockOf('1.0.0'));
  writeNpm(0);
});

afterEach(() => {
  process.env['npm_execpath'] = before['npm_execpath'];
  process.env['npm_node_execpath'] = before['npm_node_execpath'];
  rmSync(root, { recursive: true, force: true });
});

const say = (): void => undefined;

test('missing packages are installed once', async () => {
  expect(await ensureInstalled(root, say)).toBe(true);
  expect(await ensureInstalled(root, say)).toBe(false);
  expect(runs()).toBe(1);
});

test('a changed lock installs again', async () => {
  await ensureInstalled(root, say);
  writeFileSync(path.join(root, 'package-lock.json'), lockOf('1.0.1'));
  expect(await ensureInstalled(root, say)).toBe(true);
});

test('what was installed by hand from this lock is taken as it is', async () => {
  mkdirSync(modules());
  writeFileSync(path.join(modules(), '.package-lock.json'), noteOf('1.0.0'));
  expect(await ensureInstalled(root, say)).toBe(false);
  expect(runs()).toBe(0);
});

test.each([
  ['from another lock', noteOf('0.9.0')],
  ['only in part', JSON.stringify({ packages: {} })],
  ['with a note that npm did not finish', '{"packages":'],
])('what was installed by hand %s is installed again', async (_how, note) => {
  mkdirSync(modules());
  writeFileSync(path.join(modules(), '.package-lock.json'), note);
  expect(await ensureInstalled(root, say)).toBe(true);
});

test('a failure says where its log is, and the next start tries again', async () => {
  writeNpm(1);
  await expect(ensureInstalled(root, say)).rejects.toThrow(
    `npm ci failed: see ${path.join(root, '.data', 'npm-ci.log')}`,
  );
  writeNpm(0);
  expect(await ensureInstalled(root, say)).toBe(true);
});
