import { expect, test } from '@jest/globals';
import { testServers } from '@steward/test-kit';

import { proveLedger } from './prove-ledger.ts';

test('the books are what was answered, through repetitions, rivals and a kill, and alterations are found', async () => {
  const result = await proveLedger({
    ...testServers(),
    count: 180,
    counterShare: 0.4,
    seed: 20_261_122,
    communities: 3,
    tamperings: 40,
    serviceKills: 1,
    databaseKills: 0,
  });
  expect(result.faults).toEqual([]);
  expect(result).toMatchObject({ operations: 180, kills: { service: 1 }, tampered: { tried: 40, found: 40 } });
  expect(result.moved).toBeGreaterThan(100);
  expect(result.repeated).toBeGreaterThan(5);
  expect(result.counter['recordPayment']).toBeGreaterThan(3);
  // Of what so few operations have come to, each invariant saw a fault that was made by hand.
  expect(result.invariants.shown).toBeGreaterThan(5);
}, 300_000);
