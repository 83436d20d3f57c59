import { readFileSync } from 'node:fs';

import { describe, expect, it } from '@jest/globals';
import { buildServiceSchema } from '@steward/service-kit';
import { migrateDownAndUp, schemaDrift, unconfinedTables } from '@steward/test-kit';

import { builtInChannels, builtInProblems, builtInTrades } from '../src/domain/catalog-policy.ts';
import { cancelReasons, pauseReasons } from '../src/domain/work-order-policy.ts';
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

  it('has a text in both languages for every refusal that its schema names', () => {
    const schema = readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8');
    const refusals = [...schema.matchAll(/(?:Refusals[^:]*|Of the whole): ([A-Z_,\s]+)\./g)].flatMap(([, list = '']) =>
      list.split(/,\s*/),
    );
    expect(refusals.length).toBeGreaterThan(100);
    // The kit and the files package have texts for their own.
    const common = /^(NOT_FOUND|ACCESS_DENIED|REASON_REQUIRED|POLICY_|FILE_)/;
    const own = [...new Set(refusals)].filter((reason) => !common.test(reason));
    const missing = own.filter((reason) =>
      [labels.en, labels['zh-CN']].some((texts) => !(`reason.${reason}` in texts)),
    );
    expect(missing).toEqual([]);
  });

  it('names every built-in code in both languages', () => {
    const codes = [
      ...builtInTrades.map(({ code }) => `trade.${code}`),
      ...builtInProblems.map(({ code }) => `problem.${code}`),
      ...builtInChannels.map(({ code }) => `channel.${code}`),
      ...pauseReasons.map((code) => `pauseReason.${code}`),
      ...cancelReasons.map((code) => `cancelReason.${code}`),
    ];
    expect(codes.filter((key) => !(key in labels.en) || !(key in labels['zh-CN']))).toEqual([]);
  });

  it('puts every problem under a trade it has', () => {
    const trades = new Set(builtInTrades.map(({ code }) => code));
    expect(builtInProblems.filter(({ tradeCode }) => !trades.has(tradeCode))).toEqual([]);
    expect(new Set(builtInProblems.map(({ code }) => code)).size).toBe(builtInProblems.length);
  });
});
