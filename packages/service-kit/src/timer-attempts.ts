import { systemViewer, type Viewer } from '@steward/auth';
import type { Clock, Log } from '@steward/core';
import type { Database, Scope } from '@steward/db';

import type { OutsideTimer } from './outside-timers.ts';
import type { Running } from './running.ts';
import type { TimerCommand } from './timers.ts';

export type TimerLoopOptions = {
  database: Database;
  running: Running;
  commands: Record<string, TimerCommand>;
  /** Work by kind of timer that is done without a transaction. */
  outside: Record<string, OutsideTimer>;
  clock: Clock;
  log: Log;
  everyMs?: number;
};

/** A due timer before it is locked. */
export type Claim = { id: string; tenantId: string; kind: string };

/** With a pause of 15 s that grows fourfold, seven attempts last almost six hours. */
export const attempts = 7;
const firstPauseSeconds = 15;

/** When the attempt after the next one may be made, in SQL over the row as it was before; `now` is a place. */
export const pauseBefore = (now: string): string =>
  `${now}::timestamptz + make_interval(secs => ${firstPauseSeconds} * power(4, attempts))`;

/** For whom a timer runs: the system, in the timer's tenant. */
export function scopeOfTimer(
  { clock, running }: TimerLoopOptions,
  { tenantId }: Claim,
): { scope: Scope; viewer: Viewer } {
  const viewer = systemViewer(tenantId, running.name);
  return { viewer, scope: { tenantId, now: clock.now(), actor: { kind: 'system', id: null, sub: viewer.sub } } };
}
