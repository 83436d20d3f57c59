import { expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { apiSchema } from '../check/api-schema.ts';
import { banner, readQueries } from './banner.ts';

const schema = apiSchema(readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8'));

test('the three queries of the banner are valid against the supergraph', () => {
  const queries = readQueries();
  expect(queries).toHaveLength(3);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});

test('the command of the banner sends a query that is valid too', () => {
  const [, body = ''] = /-d '(.*)'$/m.exec(banner('http://127.0.0.1:4000', { hasDemoAccounts: true })) ?? [];
  const { query } = JSON.parse(body) as { query: string };
  expect(validate(schema, parse(query))).toEqual([]);
});
