import type { Tx } from '@steward/db';
import { passExtended, passResumed, passSuspended, passWithdrawn, type EventDefinition } from '@steward/events';
import { cancelScheduled, lockAggregates, publish, saveAggregates } from '@steward/service-kit';

import { passAggregate } from '../db/pass-entities.ts';
import { passIdsOfCause } from '../db/pass-queries.ts';
import { passExpiryTimer, passKinds } from '../domain/pass-policy.ts';
import type { Pass, PassCause, PassStatus } from '../domain/pass.ts';
import { scheduleExpiry } from './issue-passes.ts';

type Step = {
  action: string;
  from: readonly PassStatus[];
  /** Which of those; absent: all. */
  only?: (pass: Pass) => boolean;
  change(pass: Pass): Pass;
  fact: EventDefinition<never>;
  dataOf(pass: Pass): object;
};

/** Changes those passes of a procedure that are in one of the states; answers them as they then stand. */
async function changePassesOf(tx: Tx, cause: PassCause, step: Step): Promise<Pass[]> {
  const ids = await passIdsOfCause(tx, cause, step.from);
  const locked = [...(await lockAggregates(tx, passAggregate, ids)).values()];
  const fitting = locked.filter((pass) => step.from.includes(pass.status) && (step.only?.(pass) ?? true));
  const [first] = fitting;
  if (first === undefined) return [];
  const pairs = fitting.map((before) => ({ before, after: step.change(before) }));
  const saved = await saveAggregates(tx, passAggregate, pairs, {
    action: step.action,
    rule: passKinds[first.kind].rule,
  });
  for (const pass of saved) publish(tx, pass, step.fact, step.dataOf(pass) as never);
  return saved;
}

/** A procedure that stands still opens no gate: its passes are refused until it goes on. */
export const suspendPassesOf = (tx: Tx, cause: PassCause, reasonCode: string): Promise<Pass[]> =>
  changePassesOf(tx, cause, {
    action: 'suspendPass',
    from: ['VALID', 'SUSPENDED'],
    // What somebody suspended by hand must not be resumed by hand meanwhile.
    only: ({ suspendedBy }) => suspendedBy !== 'PROCEDURE',
    change: (pass) => ({ ...pass, status: 'SUSPENDED', suspendedBy: 'PROCEDURE', reasonCode }),
    fact: passSuspended as EventDefinition<never>,
    dataOf: ({ id }) => ({ passId: id, reasonCode }),
  });

export const resumePassesOf = (tx: Tx, cause: PassCause): Promise<Pass[]> =>
  changePassesOf(tx, cause, {
    action: 'resumePass',
    from: ['SUSPENDED'],
    only: ({ suspendedBy }) => suspendedBy === 'PROCEDURE',
    change: (pass) => ({ ...pass, status: 'VALID', suspendedBy: null, reasonCode: null }),
    fact: passResumed as EventDefinition<never>,
    dataOf: ({ id }) => ({ passId: id }),
  });

/** Passes that end with their procedure, before their time. */
export const endPassesOf = (tx: Tx, cause: PassCause, reasonCode: string): Promise<Pass[]> =>
  changePassesOf(tx, cause, {
    action: 'withdrawPass',
    from: ['REQUESTED', 'VALID', 'SUSPENDED'],
    change: (pass) => ({ ...pass, status: 'WITHDRAWN', suspendedBy: null, reasonCode }),
    fact: passWithdrawn as EventDefinition<never>,
    dataOf: ({ id }) => ({ passId: id, reasonCode }),
  });

/** Moves the end of a procedure's passes with its own. */
export async function extendPassesOf(tx: Tx, cause: PassCause, validTo: Date): Promise<Pass[]> {
  const extended = await changePassesOf(tx, cause, {
    action: 'extendPass',
    from: ['REQUESTED', 'VALID', 'SUSPENDED'],
    change: (pass) => ({ ...pass, validTo }),
    fact: passExtended as EventDefinition<never>,
    dataOf: ({ id }) => ({ passId: id, validTo: validTo.toISOString() }),
  });
  for (const pass of extended) {
    await cancelScheduled(tx, pass.id, passExpiryTimer);
    await scheduleExpiry(tx, pass);
  }
  return extended;
}
