import { allows, type Subject, type Viewer } from '@steward/auth';
import { DomainError } from '@steward/core';
import { txScope, txState, type Tx } from '@steward/db';

import { invocationOf, serviceOf } from './running.ts';

const ownKey = Symbol('ownHouseholds');

/** The viewer's households at `now`, from the service's projection of dated memberships; read once per transaction. */
export function ownHouseholds(tx: Tx, viewer: Viewer): Promise<string[]> {
  if (viewer.personId === undefined) return Promise.resolve([]);
  const { personId } = viewer;
  return txState(tx, ownKey, () => serviceOf(tx).householdsOf(tx, personId, txScope(tx).now));
}

const isVisible = (viewer: Viewer, subject: Subject, householdIds: string[]): boolean =>
  allows(
    [
      { roles: 'any', relation: 'community' },
      { roles: 'any', relation: 'own' },
    ],
    viewer,
    subject,
    { householdIds },
  );

/**
 * Judges the running mutation's row of the access table against what it is about to touch. What the viewer cannot see
 * does not exist for them: NOT_FOUND rather than FORBIDDEN. Every mutation calls it; `ctx.command` refuses one that did not.
 */
export async function authorize(tx: Tx, subject: Subject): Promise<void> {
  const invocation = invocationOf(tx);
  invocation.authorized = true;
  const { viewer, command } = invocation;
  if (viewer.actor === 'system') return;
  const row = serviceOf(tx).access[`Mutation.${command}`] ?? 'nobody';
  if (row === 'authenticated') return;
  const householdIds = await ownHouseholds(tx, viewer);
  if (typeof row !== 'string' && allows(row, viewer, subject, { householdIds })) return;
  if (!isVisible(viewer, subject, householdIds)) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  throw new DomainError('FORBIDDEN', 'ACCESS_DENIED');
}
