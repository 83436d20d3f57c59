import { describe, expect, it } from '@jest/globals';
import { buildServiceSchema } from '@steward/service-kit';
import { migrateDownAndUp, schemaDrift, unconfinedTables } from '@steward/test-kit';

import { chargeRequestReasons } from '../src/domain/charge-request-policy.ts';
import { reversalReasons } from '../src/domain/ledger-policy.ts';
import { chargeReversedReason, waiverReasons, waiverReversalReasons } from '../src/domain/waiver-policy.ts';
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
      ...reversalReasons.map((code) => `reversalReason.${code}`),
      ...chargeRequestReasons.map((code) => `chargeReason.${code}`),
      ...[...waiverReasons, ...waiverReversalReasons, chargeReversedReason].map((code) => `waiverReason.${code}`),
    ];
    expect(codes.filter((key) => !(key in labels.en) || !(key in labels['zh-CN']))).toEqual([]);
    expect(new Set(codes).size).toBe(codes.length);
  });
});
