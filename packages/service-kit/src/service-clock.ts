import { FakeClock, systemClock, type Clock } from '@steward/core';
import type { Database } from '@steward/db';

import type { ServiceConfig } from './config.ts';

export type ServiceClock = Clock & { move?: (to: Date) => Promise<void> };

/** The one clock of a process: the system's, or a fake one whose instant survives restarts in the service's database. */
export async function openClock(config: ServiceConfig, database: Database): Promise<ServiceClock> {
  if (config.STEWARD_FAKE_CLOCK !== '1') return systemClock;
  const { rows } = await database.system.query<{ now: Date }>('select now from service_clock');
  const start = rows[0]?.now ?? new Date(config.STEWARD_FAKE_CLOCK_START ?? Date.now());
  const clock = new FakeClock(start);
  return {
    now: () => clock.now(),
    move: async (to) => {
      if (to < clock.now()) throw new RangeError('the clock cannot go back');
      // Remembered first: after a crash in between, a clock that is ahead has broken no promise yet.
      await database.system.query(
        `insert into service_clock (id, now) values (1, $1) on conflict (id) do update set now = excluded.now`,
        [to],
      );
      clock.set(to);
    },
  };
}
