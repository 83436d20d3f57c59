import { roles, type Role, type Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aResidentViewer, aStaffViewer, type Seeded, type SeededRow } from '@steward/test-kit';

import { isPersonRole, standings, type Standing } from './oracle.ts';

export type Cell = { role: Role; standing: Standing; viewer: Viewer };

/** Everybody who has asked about a company, so that identities need not be signed and verified for each cell anew. */
const known = new WeakMap<Seeded, Map<string, Viewer>>();

/** One who stands so to an object; null where nobody of the role can own it. */
function viewerOf(role: Role, standing: Standing, row: SeededRow | null, home: Seeded): Viewer | null {
  const ownId = isPersonRole(role) ? row?.own?.personId : row?.own?.staffId;
  if (standing === 'own' && ownId === undefined) return null;
  const viewers = known.get(home) ?? new Map<string, Viewer>();
  known.set(home, viewers);
  const key = standing === 'own' ? `${role} ${ownId}` : `${role} ${standing}`;
  const viewer = viewers.get(key) ?? newViewer(role, standing, ownId, home);
  viewers.set(key, viewer);
  return viewer;
}

function newViewer(role: Role, standing: Standing, ownId: string | undefined, home: Seeded): Viewer {
  // A company without anything: whatever it is shown is another's.
  const tenantId = standing === 'foreign' ? newId() : home.tenantId;
  // Who owns it is of no community, so that nothing but owning can let them in.
  const communityIds: Record<Standing, Viewer['communityIds']> = {
    own: [],
    community: [home.communityId],
    elsewhere: [newId()],
    foreign: 'all',
  };
  const there = { roles: [role], tenantId, communityIds: communityIds[standing] };
  const id = standing === 'own' && ownId !== undefined ? ownId : newId();
  return isPersonRole(role) ? aResidentViewer({ ...there, personId: id }) : aStaffViewer({ ...there, staffId: id });
}

/** Every role in every standing to an object. */
export const cellsOf = (row: SeededRow | null, home: Seeded): Cell[] =>
  roles.flatMap((role) =>
    standings.flatMap((standing) => {
      const viewer = viewerOf(role, standing, row, home);
      return viewer === null ? [] : [{ role, standing, viewer }];
    }),
  );
