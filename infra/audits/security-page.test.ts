import { expect, test } from '@jest/globals';
import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const page = readFileSync(new URL('../docs/security.md', import.meta.url), 'utf8');
const { scripts } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  scripts: Record<string, string>;
};

/** What stands in code spans. */
const spans = [...page.matchAll(/`([^`]+)`/g)].map(([, span = '']) => span);
/** Rows of its tables, without the heads. */
const rowsOfTables = page.split('\n').filter((line) => line.startsWith('| ') && !line.startsWith('| threat'));

test('every file that the page of threats names is there', () => {
  const files = spans.filter((span) => /^[\w*./-]+\/[\w*.-]+\.ts$/.test(span) && !span.startsWith('src/'));
  expect(files.length).toBeGreaterThan(40);
  expect(files.filter((file) => globSync(file, { cwd: root }).length === 0)).toEqual([]);
});

test('every command that it names is one', () => {
  const commands = spans.flatMap((span) => /^npm run ([\w:]+)/.exec(span)?.[1] ?? []);
  expect(commands.length).toBeGreaterThan(5);
  expect(commands.filter((command) => scripts[command] === undefined)).toEqual([]);
});

test('every threat has a test or a command that shows what stops it', () => {
  const silent = rowsOfTables.filter(
    (row) => !/`[^`]*\.test\.ts`|`npm run |the same/.test(row.split('|').at(-2) ?? ''),
  );
  expect(silent).toEqual([]);
});
