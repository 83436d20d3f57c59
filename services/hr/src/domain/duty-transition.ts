type Role =
  | 'director'
  | 'deputyDirector'
  | 'administrativeSupervisor'
  | 'supervisor'
  | 'clerk'
  | 'cashier'
  | 'maintenance'
  | 'guard'
  | 'environment'
  | 'trainer'
  | 'analyst'
  | 'operator';

/**
 * What can be done from where to where, and by whom: `roles` in their communities, `own` with what is theirs.
 */
export type DutyTransition = {
  from: readonly string[];
  to: readonly string[];
  roles: readonly Role[];
  own: readonly Role[];
  rule: string;
};
