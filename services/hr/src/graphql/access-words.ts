import type { AccessPolicy, Grant, Role } from '@steward/auth';

/** Words of which the tables of access are made. */

export const directors: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor'];
export const supervisors: Role[] = [...directors, 'supervisor'];
export const planners: Role[] = [...supervisors, 'clerk'];
export const staff: Role[] = [
  ...planners,
  'operator',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
];

export const near = (roles: Role[]): Grant[] => [{ roles, relation: 'community' }];
export const own: Grant = { roles: staff, relation: 'own' };

/** Value types are guarded by whatever field holds them. */
export const inherited = (types: readonly string[]): AccessPolicy =>
  Object.fromEntries(types.map((type) => [type, 'inherit' as const]));

export const payloadOf = (coordinate: string): string => {
  const name = coordinate.replace('Mutation.', '');
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}Payload`;
};

export const listed = (types: readonly string[]): AccessPolicy =>
  inherited(types.flatMap((type) => [`${type}Connection`, `${type}Edge`]));
