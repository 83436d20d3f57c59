import type { TestService } from '@steward/test-kit';

import type { Estate } from './billing-fixture.ts';
import { run } from './charging-fixture.ts';

export type MeterSeen = {
  id: string;
  version: number;
  lastValue: string;
  cumulative: string;
  balance: { amount: number } | null;
};

let plates = 0;

/** A meter of electricity in the flat of an estate, unless said otherwise. */
export async function aMeter(service: TestService, estate: Estate, overrides: object = {}): Promise<string> {
  plates += 1;
  const input = {
    communityId: estate.communityId,
    unitId: estate.unitId,
    number: `E-${plates}`,
    kind: 'ELECTRICITY',
    baseValue: '1000',
    installedOn: '2025-12-31',
    ...overrides,
  };
  return (await run<MeterSeen>(service, estate.clerk, 'registerMeter', input)).id;
}

/** Enters a reading as the clerk. */
export const read = (
  service: TestService,
  estate: Estate,
  id: string,
  value: string,
  takenOn: string,
  more: object = {},
): Promise<MeterSeen> => run<MeterSeen>(service, estate.clerk, 'readMeter', { id, value, takenOn, ...more });

/** The tariff of what a meter counts: half a yuan each. */
export const perUse = { chargeTypeCode: 'ELECTRICITY', method: 'METER', rate: '50', taxRate: '0' };
