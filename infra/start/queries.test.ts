import { expect, test } from '@jest/globals';
import { parse, validate } from 'graphql';
import { readFileSync } from 'node:fs';
import { apiSchema } from '../check/api-schema.ts';
import { readQueries } from './banner.ts';

const supergraph = readFileSync(new URL('../../gateway/supergraph.graphql', import.meta.url), 'utf8');

test('the three queries of the banner are valid against the supergraph', () => {
  const queries = readQueries();
  expect(queries).toHaveLength(3);
  const schema = apiSchema(supergraph);
  for (const query of queries) expect(validate(schema, parse(query))).toEqual([]);
});
