import { describe, expect, it } from '@jest/globals';
import { buildServiceSchema } from '@steward/service-kit';
import { migrateDownAndUp, schemaDrift, unconfinedTables } from '@steward/test-kit';

import {
  cancelReasons,
  merchantProcedures,
  serviceLines,
  siteControls,
  venueKinds,
} from '../src/domain/activity-policy.ts';
import { definition } from '../src/service.ts';

const { labels } = definition;

describe('the service', () => {
  it('covers every field with a row of its access table', () => {
    expect(() => buildServiceSchema(definition)).not.toThrow();
  });

  it('has entities as its migrations make the tables, and migrations that go down and up again', async () => {
    expect(await schemaDrift(definition)).toEqual([]);
    await migrateDownAndUp(definition);
  });

  it('confines every table that it reaches to a company', async () =>
    expect(await unconfinedTables(definition)).toEqual([]));

  it('names every built-in code in both languages', () => {
    const codes = [
      ...venueKinds.map((code) => `venueKind.${code}`),
      ...cancelReasons.map((code) => `cancelReason.${code}`),
      ...serviceLines.map(({ code }) => `serviceLine.${code}`),
      ...[...merchantProcedures, ...siteControls].map(({ code }) => `check.${code}`),
    ];
    expect(codes.filter((key) => !(key in labels.en) || !(key in labels['zh-CN']))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
