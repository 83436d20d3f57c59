import { expect, test } from '@jest/globals';
import { createLog } from '@steward/core';
import { buildSchema, parse } from 'graphql';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExecutor, createPlanCache, plannerConfig, type PlanCache } from '../src/executor.ts';
import { createPlanWarmer } from '../src/plan-warmer.ts';
import { normalised, operationId, planKeys } from '../src/registered-operations.ts';
import { aSupergraphFile } from './a-gateway.ts';

const log = createLog({ name: 'test', level: 'silent' });

test('a plan made in advance is the one that the gateway looks up', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'steward-warm-'));
  const supergraphSdl = readFileSync(aSupergraphFile(directory), 'utf8');
  rmSync(directory, { recursive: true });
  const text = normalised('query List { orders { id assignee { name } } }');
  const operation = { id: operationId(text), name: 'List', text };
  const plans = createPlanCache(() => true);
  const set: string[] = [];
  const allSet = new Promise<void>((resolve) => {
    const watched: PlanCache = {
      ...plans,
      set: async (key, plan) => {
        await plans.set(key, plan);
        if (set.push(key) === 2) resolve();
      },
    };
    createPlanWarmer({ supergraphSdl, config: plannerConfig, plans: watched, log })([operation]);
  });
  await allSet;
  expect(set).toEqual(planKeys(operation));
  const plan = await plans.get(operation.id);
  expect(JSON.stringify(plan)).toContain('people');

  const asked: string[] = [];
  const gateway = createExecutor({
    supergraphSdl,
    plans: {
      ...plans,
      get: async (key) => (asked.push(key), plans.get(key)),
      set: () => Promise.reject(new Error('planned anew')),
    },
    call: async () => ({ data: { orders: [] } }),
    log,
  });
  const { executor } = await gateway.load({ apollo: {} });
  if (executor === null) throw new Error('nothing executes');
  for (const operationName of [undefined, 'List']) {
    const answer = await executor({
      request: { query: text, operationName, variables: {} },
      document: parse(text),
      queryHash: operation.id,
      source: text,
      operationName: 'List',
      operation: parse(text).definitions[0],
      schema: buildSchema('type Query { x: Int }'),
      context: {},
      metrics: {},
      logger: console,
      cache: {},
    } as never);
    expect(answer.data).toEqual({ orders: [] });
  }
  expect(asked).toEqual(planKeys(operation));
  await gateway.stop?.();
});
