import type { BroadcastScriptStatus } from './broadcast-script.ts';
import type { Transition } from './procedure.ts';

/** How long after its time a script is still read out in time, and for how long it is scheduled at most. */
export const broadcastPolicy = {
  name: 'broadcasts',
  figures: {
    readMinutes: { value: 10, unit: 'minute', rule: 'A309', least: 1 },
    longestDays: { value: 90, unit: 'day', rule: 'A309', least: 1 },
    warnShare: { value: 0.5, unit: 'share of the time', rule: 'A309', most: 1 },
    directorShare: { value: 6, unit: 'share of the time', rule: 'A309', least: 1 },
  },
} as const;

/** The only table of transitions of a script; it ends by its timer. */
export const broadcastScriptTransitions = {
  draftBroadcastScript: {
    from: [],
    to: ['DRAFT'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A309',
  },
  changeBroadcastScript: {
    from: ['DRAFT'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A309',
  },
  approveBroadcastScript: {
    from: ['DRAFT'],
    to: ['APPROVED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor'],
    own: [],
    rule: 'A309',
  },
  scheduleBroadcastScript: {
    from: ['APPROVED'],
    to: ['SCHEDULED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A309',
  },
  recordBroadcast: {
    from: ['APPROVED', 'SCHEDULED'],
    to: ['same'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'guard'],
    own: [],
    rule: 'A309',
  },
  withdrawBroadcastScript: {
    from: ['DRAFT', 'APPROVED', 'SCHEDULED'],
    to: ['WITHDRAWN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A309',
  },
} as const satisfies Record<string, Transition<BroadcastScriptStatus>>;

export const withdrawBroadcastReasons: readonly string[] = ['OUTDATED', 'COMPLAINED_OF', 'REPLACED'];

export const broadcastScriptNumberPrefix = 'GB';

/** The timer of a script's next time, and of its end. */
export const broadcastTimer = 'broadcast';
export const broadcastClock = 'BROADCAST';
