import { describe, expect, test } from '@jest/globals';
import { Parser } from '@asyncapi/parser';
import { allEvents } from '@steward/events';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

import { repoRoot } from '../check/workspaces.ts';
import { asyncApiDocument } from './async-api.ts';
import { schemaOfEvent } from './event-schemas.ts';
import { driftedFiles, generateEventContract } from './generated-contract.ts';
import { readGolden, uncoveredFields } from './golden-payloads.ts';
import { readReactions } from './reactions.ts';

const reactions = await readReactions(repoRoot);
const document = asyncApiDocument(allEvents, reactions);

describe('the AsyncAPI document', () => {
  test("is valid by the field's own parser, without an error or a warning", async () => {
    const { document: parsed, diagnostics } = await new Parser().parse(JSON.stringify(document));
    // 0 is an error, 1 a warning; below that come hints such as a newer version of the specification.
    expect(
      diagnostics.filter(({ severity }) => [0, 1].includes(severity)).map(({ message, path }) => [message, path]),
    ).toEqual([]);
    expect(parsed?.allMessages().length).toBe(allEvents.length);
  });

  test('has every fact once among what its publisher sends', () => {
    const sent = Object.values(document.operations)
      .filter(({ action }) => action === 'send')
      .flatMap((operation) =>
        operation.messages.map(({ $ref }) => `${operation['x-service']} ${$ref.split('/').at(-1)}`),
      );
    expect(sent.toSorted()).toEqual(allEvents.map(({ publisher, type }) => `${publisher} ${type}`).toSorted());
  });

  test('has every reaction of every service', () => {
    const received = Object.values(document.operations).flatMap(({ 'x-service': service, 'x-reactions': by = {} }) =>
      Object.entries(by).flatMap(([type, names]) => names.map((name) => `${service} ${type} ${name}`)),
    );
    const expected = reactions.map(({ service, definition, name }) => `${service} ${definition.type} ${name}`);
    expect(expected).toContain('work-orders steward.residents.community.registered.v1 keep-community');
    expect(received.toSorted()).toEqual(expected.toSorted());
  });
});

test('a schema of a fact that is no more counts as drift', async () => {
  const generated = await generateEventContract(repoRoot);
  const gone = 'packages/events/contract/schemas/steward.hr.staff.registered.v1.json';
  generated.delete(gone);
  expect(driftedFiles(repoRoot, generated)).toContain(gone);
});

describe.each(allEvents.map((definition) => [definition.type, definition] as const))('%s', (type, definition) => {
  const golden = readGolden(repoRoot, type);
  const schema = schemaOfEvent(definition);

  test('has golden payloads, one with as little as is allowed, and together they set every field', () => {
    expect(golden.map(({ name }) => name)).toEqual(expect.arrayContaining(['complete', 'minimal']));
    const values = golden.map(({ data }) => data);
    expect(uncoveredFields(schema, values)).toEqual([]);
  });

  test("has golden payloads that today's schemas take, zod's and JSON's alike", () => {
    const validate = addFormats.default(new Ajv({ strict: false })).compile(schema);
    for (const { name, data } of golden) {
      expect([name, definition.data.safeParse(data).error?.issues ?? []]).toEqual([name, []]);
      validate(data);
      expect([name, validate.errors ?? []]).toEqual([name, []]);
    }
  });
});
