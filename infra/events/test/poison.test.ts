import { expect, test } from '@jest/globals';
import { testServers } from '@steward/test-kit';

import { runPoison } from '../proofs/prove-poison.ts';

test('facts that cannot be applied, or take the process down, are parked with the reason within five attempts', async () => {
  const result = await runPoison('deadly', { servers: testServers(), count: 1_000, crashers: 1 });
  expect(result).toMatchObject({ poisons: 10, fault: null });
  // Each attempt at the deadly one takes an instance down.
  expect(result.crashes).toBe(5);
}, 120_000);
