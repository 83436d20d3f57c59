import { describe, expect, test } from '@jest/globals';
import { z } from 'zod';

import { toJsonSchema } from './event-schemas.ts';
import { schemaChanges } from './schema-changes.ts';

const fields = {
  orderId: z.guid(),
  count: z.int().min(1).max(5),
  state: z.enum(['OPEN', 'CLOSED']),
  code: z.string().min(1).max(20),
  dueAt: z.iso.datetime().nullable(),
  note: z.string().optional(),
  lines: z.array(z.object({ amount: z.int() })),
  params: z.record(z.string(), z.union([z.string(), z.number()])),
};

const changesTo = (shape: z.ZodRawShape): string[] =>
  schemaChanges(toJsonSchema(z.object(fields)), toJsonSchema(z.object(shape))).map(
    ({ path, what, isLoosened }) => `${isLoosened ? 'loosened' : 'broken'}: ${path} ${what}`,
  );

const changes = (change: z.ZodRawShape): string[] => changesTo({ ...fields, ...change });

describe('a version of a fact', () => {
  test.each<[string, z.ZodRawShape]>([
    ['an optional field', { reason: z.string().optional(), by: z.guid().nullable().optional() }],
    ['an optional field of a part', { lines: z.array(z.object({ amount: z.int(), tax: z.int().optional() })) }],
    ['other words about a field', { count: fields.count.describe('how many') }],
    ['the same schema in other words', { dueAt: z.union([z.null(), z.iso.datetime()]) }],
  ])('may get %s', (_name, change) => {
    expect(changes(change)).toEqual([]);
  });

  test.each<[string, z.ZodRawShape, string]>([
    ['retypes a field', { count: z.string() }, 'broken: data.count changed from integer to string'],
    ['adds a required field', { reason: z.string() }, 'broken: data.reason was added as required'],
    ['makes a field required', { note: z.string() }, 'broken: data.note became required'],
    ['takes a value from an enum', { state: z.enum(['OPEN']) }, 'broken: data.state no longer may be "CLOSED"'],
    ['makes an enum of a text', { code: z.enum(['A']) }, 'broken: data.code may only be "A"'],
    ['raises a lower bound', { count: z.int().min(2).max(5) }, 'broken: data.count has minimum 2 instead of 1'],
    ['lowers an upper bound', { code: z.string().min(1).max(9) }, 'broken: data.code has maxLength 9 instead of 20'],
    ['brings in a bound', { lines: fields.lines.min(1) }, 'broken: data.lines has minItems 1 instead of nothing'],
    ['no longer allows null', { dueAt: z.iso.datetime() }, 'broken: data.dueAt no longer may be null'],
    ['drops a variant', { params: z.record(z.string(), z.string()) }, 'no longer may be number'],
    [
      'retypes a part',
      { lines: z.array(z.object({ amount: z.string() })) },
      'data.lines[].amount changed from integer',
    ],
    ['wants another format', { dueAt: z.iso.date().nullable() }, 'broken: data.dueAt has format "date" instead of'],
    ['wants stricter ids', { orderId: z.uuid() }, 'broken: data.orderId has pattern'],
    ['wants certain names', { params: z.record(z.string().regex(/^a/), z.string()) }, 'data.params[propertyNames] has'],
  ])('is broken by a change that %s', (_name, change, message) => {
    expect(changes(change).join('\n')).toContain(message);
  });

  test('is broken by a field that goes, required or not', () => {
    const { count: _count, note: _note, ...rest } = fields;
    expect(changesTo(rest)).toEqual(['broken: data.count was removed', 'broken: data.note was removed']);
  });

  test.each<[string, z.ZodRawShape, string]>([
    ['adds a value to an enum', { state: z.enum(['OPEN', 'CLOSED', 'LOST']) }, 'data.state may be "LOST" as well'],
    ['allows null', { code: fields.code.nullable() }, 'data.code may be null as well'],
    ['widens a bound', { count: z.int().min(1).max(9) }, 'data.count has maximum 9 instead of 5'],
    ['makes a field optional', { count: fields.count.optional() }, 'data.count became optional'],
    ['lets any text pass for an enum', { state: z.string() }, 'data.state may be any value'],
  ])('is loosened by a change that %s', (_name, change, message) => {
    expect(changes(change)).toEqual([`loosened: ${message}`]);
  });
});
