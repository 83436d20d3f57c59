import type { Role, Viewer } from '@steward/auth';
import { newId } from '@steward/core';

/** A member of staff with the given roles; a new tenant and no community unless told. */
export const aStaffViewer = (overrides: Partial<Viewer> & { roles: Role[] }): Viewer => ({
  sub: `staff:${newId()}`,
  tenantId: newId(),
  actor: 'staff',
  staffId: newId(),
  departments: [],
  communityIds: [],
  audience: '',
  ...overrides,
});

/** A resident; whose households they are is the service's to find. */
export const aResidentViewer = (overrides: Partial<Viewer> = {}): Viewer => ({
  sub: `person:${newId()}`,
  tenantId: newId(),
  actor: 'person',
  personId: newId(),
  roles: ['resident'],
  departments: [],
  communityIds: [],
  audience: '',
  ...overrides,
});
