import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from '@jest/globals';
import { getNamedType, isInputObjectType, parse, validate } from 'graphql';

import { apiSchema } from '../../check/api-schema.ts';
import { repoRoot } from '../../check/workspaces.ts';
import { sections } from '../person/sections.ts';

const api = apiSchema(readFileSync(join(repoRoot, 'gateway/supergraph.graphql'), 'utf8'));

/** Filters by somebody whom the company looks after, or by what is theirs. */
const byTheirs = ['personId', 'partyId', 'householdId', 'requesterId', 'complainantId', 'billingAccountId'];

/** Lists that are filtered so and have no section: the person's households are in the person's own query, staff ask for money. */
const elsewhere = new Set(['households', 'spendingRequests']);

const listsOfPersons = Object.values(api.getQueryType()?.getFields() ?? {}).flatMap(({ name, args, type }) => {
  if (!getNamedType(type).name.endsWith('Connection')) return [];
  const filter = getNamedType(args.find((argument) => argument.name === 'filter')?.type);
  const fields = isInputObjectType(filter) ? Object.keys(filter.getFields()) : [];
  return fields.some((field) => byTheirs.includes(field)) && !elsewhere.has(name) ? [name] : [];
});

describe('the export of a person', () => {
  test.each(sections)('asks for $name what the graph answers', ({ query }) => {
    expect(validate(api, parse(query))).toEqual([]);
  });

  test('has every list of the graph that can be asked for somebody', () => {
    const asked = new Set(sections.map(({ root }) => root));
    expect(listsOfPersons.filter((name) => !asked.has(name))).toEqual([]);
    expect(listsOfPersons.length).toBeGreaterThan(15);
  });

  test('keeps of a plan of visits those of the household alone', () => {
    const { ofTheirs } = sections.find(({ name }) => name === 'visits') ?? {};
    const visits = [{ household: { id: 'a' } }, { household: { id: 'b' } }, { household: null }];
    expect(ofTheirs?.({ number: 'P-1', visits }, 'b')).toEqual({ number: 'P-1', visits: [{ household: { id: 'b' } }] });
  });
});
