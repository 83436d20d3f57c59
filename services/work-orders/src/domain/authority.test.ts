import { describe, expect, it } from '@jest/globals';

import { authorityFigures, hasAuthority } from './quote-policy.ts';
import { dispatchRoles } from './work-order-policy.ts';

const everybody = [
  'director',
  'deputyDirector',
  'administrativeSupervisor',
  'supervisor',
  'clerk',
  'cashier',
  'maintenance',
  'guard',
  'environment',
  'trainer',
  'analyst',
  'operator',
  'committee',
  'resident',
];

const holders = (roles: readonly string[]): string[] => everybody.filter((role) => hasAuthority([role], roles));

describe('who may', () => {
  it('[A067] say that a part inside a unit is a common one: the desk alone', () => {
    expect(holders(authorityFigures.commonPartRoles.value)).toEqual([
      'director',
      'deputyDirector',
      'administrativeSupervisor',
      'supervisor',
      'clerk',
    ]);
  });

  it('[B013] be given an order: who repairs, and the supervisor', () => {
    expect(holders(dispatchRoles.value)).toEqual(['supervisor', 'maintenance', 'environment']);
  });
});
