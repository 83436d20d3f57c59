import { expect, test } from '@jest/globals';
import { testServers } from '@steward/test-kit';

import { proveOrder } from '../proofs/prove-order.ts';

test('each fact has its effect once and in the order of its aggregate, whoever throws or takes over', async () => {
  const result = await proveOrder({
    servers: testServers(),
    parcels: 30,
    versions: 50,
    seed: 20_261_122,
    throwing: 0.1,
  });
  expect(result).toMatchObject({ effects: 1_500, misplaced: 0, fault: null });
  expect(result.thrown).toBeGreaterThan(75);
  expect(result.handovers).toBeGreaterThan(0);
}, 120_000);
