import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';

import { advisories } from './advisories.ts';

const root = new URL('../../', import.meta.url);

/** The names of a file's tests and groups, as they are written. */
const namesIn = (file: string): string[] =>
  [...readFileSync(new URL(file, root), 'utf8').matchAll(/(['"`])((?:(?!\1)[^\\]|\\.)*)\1,\s*(?:async\s*)?\(/gs)].map(
    ([, , name = '']) => name,
  );

test.each(advisories)('$ids.0 has the test that the table names', ({ test: { file, named } }) => {
  expect(namesIn(file).filter((name) => name.includes(named)).length).toBeGreaterThan(0);
});

test('no advisory is listed twice', () => {
  const ids = advisories.flatMap((advisory) => advisory.ids);
  expect(ids).toEqual([...new Set(ids)]);
});
