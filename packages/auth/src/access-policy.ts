import type { Role } from './roles.ts';
import type { Viewer } from './viewer.ts';

/**
 * How near the object stands to the viewer: theirs, of a community they belong to, or merely of their company. `granted`
 * is for mutations that an authority can be granted for: its roles may ask, and the command alone knows who holds it.
 */
export type Relation = 'own' | 'community' | 'tenant' | 'granted';

export type Grant = { roles: readonly Role[] | 'any'; relation: Relation };

/**
 * One row of a service's access table.
 * - grants: any one that fits lets the viewer in;
 * - `inherit`: a value type, guarded by whatever field holds it;
 * - `authenticated`: whoever has an identity;
 * - `nobody`: only the service itself.
 */
export type AccessRow = readonly Grant[] | 'inherit' | 'authenticated' | 'nobody';

/** Rows keyed `Type` or `Type.field`; a field without a row has its type's. */
export type AccessPolicy = Record<string, AccessRow>;

/** What `own` and `community` are judged on. Every list names all that the object is about. */
export type Subject = {
  communityId?: string | null;
  householdIds?: string[];
  personIds?: string[];
  staffIds?: string[];
};

/** The viewer's households at the time of asking, resolved by the service from its dated memberships. */
export type Own = { householdIds: readonly string[] };

/**
 * Whether any grant lets the viewer in. The tenant is not compared here: row-level security keeps foreign rows out
 * before anything is judged. An unknown subject, or one without a community, satisfies only `tenant`.
 */
export function allows(grants: readonly Grant[], viewer: Viewer, subject: Subject | null, own: Own): boolean {
  if (viewer.actor === 'system') return true;
  return grants.some((grant) => hasRole(grant, viewer) && isRelated(grant.relation, viewer, subject, own));
}

/** Whether the viewer has a role the grant names; the relation is left to whoever knows the object. */
export const hasRole = (grant: Grant, viewer: Viewer): boolean =>
  grant.roles === 'any' || grant.roles.some((role) => viewer.roles.includes(role));

function isRelated(relation: Relation, viewer: Viewer, subject: Subject | null, own: Own): boolean {
  if (relation === 'tenant') return true;
  if (subject === null || relation === 'granted') return false;
  return relation === 'community' ? sharesCommunity(viewer, subject) : isOwn(viewer, subject, own);
}

function sharesCommunity(viewer: Viewer, { communityId }: Subject): boolean {
  if (communityId === undefined || communityId === null) return false;
  return viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
}

function isOwn(viewer: Viewer, { householdIds = [], personIds = [], staffIds = [] }: Subject, own: Own): boolean {
  return (
    (viewer.personId !== undefined && personIds.includes(viewer.personId)) ||
    (viewer.staffId !== undefined && staffIds.includes(viewer.staffId)) ||
    householdIds.some((id) => own.householdIds.includes(id))
  );
}
