import { DomainError, newId, refuseAll } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { authorityGrantEvents } from '@steward/events';
import {
  authorize,
  insertAndTell,
  invocationOf,
  lockAggregate,
  lockNaturalKeys,
  managedCommunity,
  nextNumber,
  notify,
  resolvePolicy,
  saveAndTell,
} from '@steward/service-kit';

import { authorityGrantAggregate } from '../db/position-aggregates.ts';
import { isGranted, managedCommunityIds } from '../db/position-queries.ts';
import { boundViolations, grantDayViolations, requireLendable } from '../domain/authority-rules.ts';
import { moveBy } from '../domain/duty-transition-rules.ts';
import { requireSomebodyElse } from '../domain/leave-rules.ts';
import { grantFact } from '../domain/position-facts.ts';
import { companyZone, positionPolicy, positionPrefixes } from '../domain/position-policy.ts';
import type { AuthorityGrant } from '../domain/position.ts';
import { staffRoles } from '../domain/staff-policy.ts';
import type { DelegateAuthorityInput, GrantAuthorityInput, RevokeAuthorityGrantInput } from '../graphql/generated.ts';
import { requireStaff } from './register-certificate.ts';
import { holderOf, matrixIn } from './require-authority.ts';

type FreshGrant = Omit<AuthorityGrant, 'tenantId' | 'version' | 'createdAt'>;

/** The currency of a community; where the whole company is meant, that of its first. */
async function currencyOf(tx: Tx, communityId: string | null): Promise<string> {
  const [firstId = ''] = communityId === null ? await managedCommunityIds(tx) : [communityId];
  return (await managedCommunity(tx, firstId)).currency;
}

type Terms = { action: AuthorityGrant['action']; belowRank?: AuthorityGrant['belowRank']; limitAmount?: number | null };

async function freshGrant(tx: Tx, terms: Terms, scopeId: string | null, validFrom: string): Promise<FreshGrant> {
  const number = await nextNumber(tx, txScope(tx).tenantId, positionPrefixes.grant, companyZone);
  const currency = terms.limitAmount == null ? null : await currencyOf(tx, scopeId);
  const parties = { role: null, delegateId: null, delegatorId: null };
  const { action, belowRank = null, limitAmount = null } = terms;
  const bounds = { action, belowRank, limitAmount, currency };
  const place = { communityId: null, scopeId, number };
  return { id: newId(), ...place, ...parties, ...bounds, validFrom, validTo: null, status: 'ACTIVE' };
}

/** A decision of the company about a role, entered by who keeps the system for it (A330). */
export async function grantAuthority(tx: Tx, input: GrantAuthorityInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const { communityId = null, validFrom, validTo = null } = input;
  if (communityId !== null) await managedCommunity(tx, communityId);
  refuseAll([...boundViolations(input), ...grantDayViolations({ validFrom, validTo })]);
  await lockNaturalKeys(tx, 'authority-grant');
  const role = staffRoles[input.role];
  const fresh = { ...(await freshGrant(tx, input, communityId, validFrom)), role, validTo };
  if (await isGranted(tx, fresh)) throw new DomainError('CONFLICT', 'AUTHORITY_OVERLAPS', { rule: 'A330' });
  const note = { action: 'grantAuthority', rule: 'A330' };
  const { id } = await insertAndTell(tx, authorityGrantAggregate, fresh, note, [
    authorityGrantEvents.granted,
    grantFact,
  ]);
  return { id };
}

/** A community beyond the caller's does not exist for them. */
function requireInReach(tx: Tx, communityId: string): void {
  const { communityIds } = invocationOf(tx).viewer;
  if (communityIds !== 'all' && !communityIds.includes(communityId))
    throw new DomainError('NOT_FOUND', 'NOT_FOUND', { path: 'input.communityId' });
}

/** Somebody's own authority, lent for some days (A330). */
export async function delegateAuthority(tx: Tx, input: DelegateAuthorityInput): Promise<{ id: string }> {
  await authorize(tx, {});
  const { communityId, delegateId, validFrom, validTo, action } = input;
  requireInReach(tx, communityId);
  await managedCommunity(tx, communityId);
  const delegatorId = invocationOf(tx).viewer.staffId ?? null;
  if (delegatorId === null) throw new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule: 'A330' });
  requireSomebodyElse(delegateId, delegatorId, 'A330');
  await requireStaff(tx, delegateId, 'input.delegateId');
  const { delegationDays } = await resolvePolicy(tx, positionPolicy, communityId);
  refuseAll([...boundViolations(input), ...grantDayViolations({ validFrom, validTo }, delegationDays)]);
  const { belowRank = null, limitAmount = null } = input;
  requireLendable(await matrixIn(tx, communityId), holderOf(tx), { action, belowRank, limitAmount });
  const fresh = { ...(await freshGrant(tx, input, communityId, validFrom)), delegateId, delegatorId, validTo };
  const note = { action: 'delegateAuthority', rule: 'A330' };
  const told = [authorityGrantEvents.delegated, grantFact] as const;
  const { id, number } = await insertAndTell(tx, authorityGrantAggregate, fresh, note, told);
  const to = { staffId: delegateId };
  await notify(tx, { communityId, to, template: 'authorityDelegated', params: { number, action }, aggregateId: id });
  return { id };
}

/** The company takes back what it granted, who lent an authority takes back what they lent. */
export async function revokeAuthorityGrant(tx: Tx, input: RevokeAuthorityGrantInput): Promise<{ id: string }> {
  const grant = await lockAggregate(tx, authorityGrantAggregate, input.id, input.expectedVersion);
  await authorize(tx, {});
  const { roles, staffId } = holderOf(tx);
  const isTheirs = grant.delegatorId !== null && grant.delegatorId === staffId;
  if (!isTheirs && !roles.includes('operator'))
    throw new DomainError('FORBIDDEN', 'AUTHORITY_LACKING', { rule: 'A330', params: { action: grant.action } });
  const after = moveBy(grant, 'revokeAuthorityGrant', 'REVOKED');
  const note = { action: 'revokeAuthorityGrant', rule: 'A330' };
  const told = [authorityGrantEvents.revoked, grantFact] as const;
  return { id: (await saveAndTell(tx, authorityGrantAggregate, { before: grant, after, note }, told)).id };
}
