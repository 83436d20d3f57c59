import type { AccessPolicy, AccessRow, Role, Viewer } from '@steward/auth';
import type { Seeded, SeededRow } from '@steward/test-kit';

/**
 * What the access table lets a viewer see, worked out anew from the words of the architecture and without any of the
 * code that carries it out: rows by role and relation (own, same community, tenant); a field inherits its type's row;
 * what no row covers nobody sees; another company's things do not exist.
 */
export const standings = ['own', 'community', 'elsewhere', 'foreign'] as const;
export type Standing = (typeof standings)[number];

/** The relations that hold for who stands so. */
const holding: Record<Standing, readonly string[]> = {
  own: ['own', 'tenant'],
  community: ['community', 'tenant'],
  elsewhere: ['tenant'],
  foreign: [],
};

export const isPersonRole = (role: Role): boolean => role === 'resident' || role === 'committee';

/** Where a viewer stands to an object of a company. */
export function standingTo(row: SeededRow | null, { tenantId, communityId }: Seeded, viewer: Viewer): Standing {
  if (viewer.tenantId !== tenantId) return 'foreign';
  const { personId, staffId } = row?.own ?? {};
  if (personId !== undefined && personId === viewer.personId) return 'own';
  if (staffId !== undefined && staffId === viewer.staffId) return 'own';
  const isNeighbour = viewer.communityIds === 'all' || viewer.communityIds.includes(communityId);
  const isOutOfReach =
    row?.beyondCommunity === 'company' || (row?.beyondCommunity === 'persons' && viewer.actor === 'person');
  return isNeighbour && !isOutOfReach ? 'community' : 'elsewhere';
}

export function lets(row: AccessRow | undefined, role: Role, standing: Standing): boolean {
  if (row === undefined || row === 'nobody' || standing === 'foreign') return false;
  if (row === 'authenticated' || row === 'inherit') return true;
  return row.some(
    ({ roles, relation }) => (roles === 'any' || roles.includes(role)) && holding[standing].includes(relation),
  );
}

/** Whether somebody with the role may ask at all, whatever for. */
export const letsAsk = (row: AccessRow | undefined, role: Role): boolean =>
  row === 'authenticated' ||
  (row !== undefined && typeof row !== 'string' && row.some(({ roles }) => roles === 'any' || roles.includes(role)));

export const rowOfField = (policy: AccessPolicy, type: string, field: string): AccessRow | undefined =>
  policy[`${type}.${field}`] ?? policy[type];
