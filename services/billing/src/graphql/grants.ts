import type { AccessPolicy, Grant, Role } from '@steward/auth';

export const directors: Role[] = ['director', 'deputyDirector'];
export const supervisors: Role[] = [...directors, 'administrativeSupervisor', 'supervisor'];
/** Who works with what is owed. */
export const desk: Role[] = [...supervisors, 'clerk', 'cashier'];
export const readers: Role[] = [...desk, 'analyst', 'operator'];
export const staff: Role[] = [...readers, 'maintenance', 'environment', 'guard', 'trainer'];

/** In the viewer's communities. */
export const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];

/** The household or person it concerns. */
export const own: Grant = { roles: 'any', relation: 'own' };

/** Value types are guarded by whatever field holds them. */
export const inherited = (types: readonly string[]): AccessPolicy =>
  Object.fromEntries(types.map((type) => [type, 'inherit' as const]));
