import { expect, test } from '@jest/globals';

import { losses } from '../proofs/broker-losses.ts';
import { proveBrokerLoss } from '../proofs/prove-loss.ts';

test('what the broker loses comes back, whatever took it, and nothing has a second effect', async () => {
  // What a live server can lose is tested in packages/events.
  const suffering = losses.filter(({ ofServer }) => ofServer === true);
  const results = await proveBrokerLoss({ count: 2_000, seed: 20_261_122, suffering, lookEveryMilliseconds: 500 });
  expect(Object.keys(results)).toHaveLength(4);
  for (const [name, { missing, fault }] of Object.entries(results)) {
    expect({ name, fault }).toEqual({ name, fault: null });
    expect(missing).toBeGreaterThan(0);
  }
}, 240_000);
