import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { mergeLabels } from '@steward/service-kit';
import { migrateDownAndUp, schemaDrift } from '@steward/test-kit';

import { definition } from '../src/service.ts';

describe('hr', () => {
  it('can undo and redo every migration', () => migrateDownAndUp(definition));

  it('has the columns its entities say', async () => expect(await schemaDrift(definition)).toEqual([]));

  it('has a text in both languages for every refusal its schema names', () => {
    const labels = mergeLabels(definition.labels);
    const schema = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
    const listed = [...schema.matchAll(/Refusals[^:]*:([^"]*?)\.\s/g)].flatMap(([, list = '']) => list.match(/[A-Z]+_[A-Z_]+/g) ?? []);
    expect(listed.length).toBeGreaterThan(20);
    expect(listed.filter((reason) => !(`reason.${reason}` in labels.en && `reason.${reason}` in labels['zh-CN']))).toEqual([]);
  });
});
