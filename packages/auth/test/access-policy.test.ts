import { describe, expect, test } from '@jest/globals';
import { allows, parseRole, roles, systemViewer, type Relation, type Subject } from '../src/index.ts';
import { aResident, aViewer, ids } from './a-viewer.ts';

const relations: Relation[] = ['own', 'community', 'tenant'];
const own = { householdIds: [ids.household] };

/** For each way an object can stand to the viewer, the relations that hold. */
const situations: [string, Subject | null, Relation[]][] = [
  [
    'their own as staff, same community',
    { communityId: ids.here, staffIds: [ids.staff] },
    ['own', 'community', 'tenant'],
  ],
  ['their own as staff, other community', { communityId: ids.elsewhere, staffIds: [ids.staff] }, ['own', 'tenant']],
  ['their own as person', { personIds: [ids.otherPerson, ids.person] }, ['own', 'tenant']],
  [
    'their household, same community',
    { communityId: ids.here, householdIds: [ids.household] },
    ['own', 'community', 'tenant'],
  ],
  [
    'same community, somebody else',
    { communityId: ids.here, staffIds: [ids.otherStaff], personIds: [ids.otherPerson] },
    ['community', 'tenant'],
  ],
  [
    'same community, another household',
    { communityId: ids.here, householdIds: [ids.otherHousehold] },
    ['community', 'tenant'],
  ],
  ['other community', { communityId: ids.elsewhere, householdIds: [ids.otherHousehold] }, ['tenant']],
  ['no community', { communityId: null }, ['tenant']],
  ['nothing said of it', {}, ['tenant']],
  ['unknown', null, ['tenant']],
];

describe.each(roles)('%s', (role) => {
  const viewer = aViewer({ roles: [role], personId: ids.person });
  const others = roles.filter((other) => other !== role);

  test.each(situations)('sees an object that is %s by exactly the relations that hold', (_name, subject, hold) => {
    const granted = relations.filter((relation) => allows([{ roles: [role], relation }], viewer, subject, own));
    expect(granted).toEqual(hold);
    const grantedToAny = relations.filter((relation) => allows([{ roles: 'any', relation }], viewer, subject, own));
    expect(grantedToAny).toEqual(hold);
  });

  test.each(situations)('sees nothing that is %s by grants to other roles', (_name, subject) => {
    const granted = relations.filter((relation) => allows([{ roles: others, relation }], viewer, subject, own));
    expect(granted).toEqual([]);
  });
});

test('several grants are alternatives', () => {
  const grants = [
    { roles: ['resident'], relation: 'own' },
    { roles: ['clerk'], relation: 'community' },
  ] as const;
  expect(allows(grants, aViewer(), { communityId: ids.here }, own)).toBe(true);
  expect(allows(grants, aResident(), { communityId: ids.here }, own)).toBe(false);
  expect(allows(grants, aResident(), { personIds: [ids.person] }, own)).toBe(true);
});

test('a viewer of all communities shares each of them, but not what has none', () => {
  const grants = [{ roles: 'any', relation: 'community' }] as const;
  const viewer = aViewer({ communityIds: 'all' });
  expect(allows(grants, viewer, { communityId: ids.elsewhere }, own)).toBe(true);
  expect(allows(grants, viewer, { communityId: null }, own)).toBe(false);
});

test('a viewer without ids owns nothing that lacks ids', () => {
  const { staffId: _none, ...nobody } = aViewer();
  const grants = [{ roles: 'any', relation: 'own' }] as const;
  expect(allows(grants, nobody, { staffIds: [], personIds: [], householdIds: [] }, { householdIds: [] })).toBe(false);
});

test('no grant lets nobody in but the system itself', () => {
  expect(allows([], aViewer({ roles: [...roles], communityIds: 'all' }), { staffIds: [ids.staff] }, own)).toBe(false);
  expect(allows([], systemViewer(ids.tenant, 'work-orders'), null, own)).toBe(true);
});

test('roles are read in camel and kebab case', () => {
  expect(roles).toHaveLength(14);
  expect(parseRole('deputy-director')).toBe('deputyDirector');
  expect(parseRole('deputyDirector')).toBe('deputyDirector');
  expect(parseRole('toString')).toBeUndefined();
});
