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

/** Staff know of what is in their communities, everybody of what is their own; a neighbour's affairs do not exist. */
function isVisible(viewer: Viewer, subject: Subject, householdIds: string[]): boolean {
  const relations = viewer.actor === 'staff' ? (['community', 'own'] as const) : (['own'] as const);
  const grants = relations.map((relation) => ({ roles: 'any' as const, relation }));
  return allows(grants, viewer, subject, { householdIds });
}

/** An authority besides the access table: whether the viewer holds it, and what they are told who do not. */
type Authority = { isHeld: boolean; refusal(): Promise<DomainError | null> };

/**
 * Judges the running mutation's row of the access table against what it is about to touch. What the viewer cannot see
 * does not exist for them: NOT_FOUND rather than FORBIDDEN. Every mutation calls it; `ctx.command` refuses one that did not.
 */
export async function authorize(tx: Tx, subject: Subject, authority?: Authority): Promise<void> {
  const invocation = invocationOf(tx);
  invocation.authorized = true;
  const { viewer, command } = invocation;
  if (viewer.actor === 'system') return;
  const row = serviceOf(tx).access[`Mutation.${command}`] ?? 'nobody';
  const householdIds = await ownHouseholds(tx, viewer);
  const isListed =
    row === 'authenticated' || (typeof row !== 'string' && allows(row, viewer, subject, { householdIds }));
  if (isListed || authority?.isHeld === true) {
    // Only who may act is told that they are late.
    if (invocation.stale !== undefined) throw invocation.stale;
    return;
  }
  if (!isVisible(viewer, subject, householdIds)) throw new DomainError('NOT_FOUND', 'NOT_FOUND');
  throw (await authority?.refusal()) ?? new DomainError('FORBIDDEN', 'ACCESS_DENIED');
}

/** For what somebody brings before there is anything to judge it by: whoever belongs to the community, residents as well. */
export async function authorizeInCommunity(tx: Tx, communityId: string): Promise<void> {
  const { communityIds, personId } = invocationOf(tx).viewer;
  const belongs = communityIds === 'all' || communityIds.includes(communityId);
  await authorize(tx, { communityId, personIds: belongs && personId !== undefined ? [personId] : [] });
}
