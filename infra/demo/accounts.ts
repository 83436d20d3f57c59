import type { Role, ViewerClaims } from '@steward/auth';

/** Kinds of things with fixed ids; the number is part of the id, so the list only ever grows at its end. */
const kinds = [
  'tenant',
  'community',
  'staff',
  'person',
  'household',
  'department',
  'team',
  'place',
  'organisation',
  'workOrder',
] as const;

export type DemoKind = (typeof kinds)[number];

/**
 * The id of the n-th demo thing of a kind. The shape of a UUIDv7 (first moment of 2026 in UTC), so that everything
 * that expects one takes it; fixed, so that a token works against any machine's demo data.
 */
export function demoId(kind: DemoKind, n: number): string {
  const kindPart = (kinds.indexOf(kind) + 1).toString(16).padStart(3, '0');
  return `019b76da-a800-7${kindPart}-8000-${n.toString(16).padStart(12, '0')}`;
}

export type DemoTenant = 'a' | 'b';

export const demoTenants = {
  a: { id: demoId('tenant', 1), name: '安居物业服务有限公司' },
  b: { id: demoId('tenant', 2), name: '和悦物业服务有限公司' },
} as const satisfies Record<DemoTenant, { id: string; name: string }>;

export type DemoCommunity = { id: string; tenant: DemoTenant; name: string };

/** `--community N` counts within a tenant, from 1. */
export const demoCommunities = {
  a1: { id: demoId('community', 1), tenant: 'a', name: '锦绣花园' },
  a2: { id: demoId('community', 2), tenant: 'a', name: '翠湖苑' },
  b1: { id: demoId('community', 3), tenant: 'b', name: '和悦里' },
} as const satisfies Record<string, DemoCommunity>;

/** Codes of hr's departments. */
export type DemoDepartment = 'CUSTOMER_SERVICE' | 'MAINTENANCE' | 'SECURITY' | 'ENVIRONMENT' | 'FINANCE';

export type DemoStaff = {
  id: string;
  tenant: DemoTenant;
  role: Role;
  name: string;
  department: DemoDepartment;
  communityIds: string[] | 'all';
};

const { a1, a2, b1 } = demoCommunities;

const staffOfA = (
  n: number,
  role: Role,
  name: string,
  department: DemoDepartment,
  communityIds: string[] | 'all',
): DemoStaff => ({
  id: demoId('staff', n),
  tenant: 'a',
  role,
  name,
  department,
  communityIds,
});

const staffOfB = (n: number, role: Role, name: string, department: DemoDepartment): DemoStaff => ({
  id: demoId('staff', n),
  tenant: 'b',
  role,
  name,
  department,
  communityIds: role === 'director' ? 'all' : [b1.id],
});

/** Staff with an account. The demo gives further staff numbers from 200 on. */
export const demoStaff: readonly DemoStaff[] = [
  staffOfA(1, 'director', '陈志远', 'CUSTOMER_SERVICE', 'all'),
  staffOfA(2, 'deputyDirector', '林淑芬', 'CUSTOMER_SERVICE', 'all'),
  staffOfA(3, 'administrativeSupervisor', '周建国', 'CUSTOMER_SERVICE', 'all'),
  staffOfA(4, 'supervisor', '吴晓梅', 'CUSTOMER_SERVICE', [a1.id]),
  staffOfA(5, 'clerk', '刘思雨', 'CUSTOMER_SERVICE', [a1.id]),
  staffOfA(6, 'cashier', '孙丽华', 'FINANCE', [a1.id]),
  staffOfA(7, 'maintenance', '马国强', 'MAINTENANCE', [a1.id]),
  staffOfA(8, 'guard', '郑大勇', 'SECURITY', [a1.id]),
  staffOfA(9, 'environment', '何秀兰', 'ENVIRONMENT', [a1.id]),
  staffOfA(10, 'trainer', '高文静', 'CUSTOMER_SERVICE', 'all'),
  staffOfA(11, 'analyst', '梁启明', 'CUSTOMER_SERVICE', 'all'),
  staffOfA(12, 'operator', '罗子豪', 'CUSTOMER_SERVICE', 'all'),
  staffOfB(101, 'director', '许安邦', 'CUSTOMER_SERVICE'),
  staffOfB(102, 'clerk', '唐佳怡', 'CUSTOMER_SERVICE'),
  staffOfB(103, 'maintenance', '冯永胜', 'MAINTENANCE'),
];

/** How a person belongs to a household. */
export type DemoMembership = 'OWNER' | 'RENTER';

export type DemoPerson = {
  id: string;
  tenant: DemoTenant;
  role: 'resident' | 'committee';
  name: string;
  communityId: string;
  householdId: string;
  membership: DemoMembership;
};

export const demoHouseholds = {
  /** An owner who has let the flat: owner and renter are members of the same household. */
  let: { id: demoId('household', 1), tenant: 'a', communityId: a1.id },
  neighbour: { id: demoId('household', 2), tenant: 'a', communityId: a1.id },
  committee: { id: demoId('household', 3), tenant: 'a', communityId: a1.id },
  ofB: { id: demoId('household', 101), tenant: 'b', communityId: b1.id },
} as const satisfies Record<string, { id: string; tenant: DemoTenant; communityId: string }>;

const aPerson = (
  n: number,
  role: DemoPerson['role'],
  name: string,
  household: (typeof demoHouseholds)[keyof typeof demoHouseholds],
  membership: DemoMembership,
): DemoPerson => ({
  id: demoId('person', n),
  tenant: household.tenant,
  role,
  name,
  communityId: household.communityId,
  householdId: household.id,
  membership,
});

/** Residents with an account. The demo gives further persons and households numbers from 200 on. */
export const demoPersons = {
  owner: aPerson(1, 'resident', '张伟', demoHouseholds.let, 'OWNER'),
  renter: aPerson(2, 'resident', '李娜', demoHouseholds.let, 'RENTER'),
  neighbour: aPerson(3, 'resident', '王芳', demoHouseholds.neighbour, 'OWNER'),
  committee: aPerson(4, 'committee', '赵敏', demoHouseholds.committee, 'OWNER'),
  ownerOfB: aPerson(101, 'resident', '曹颖', demoHouseholds.ofB, 'OWNER'),
} as const satisfies Record<string, DemoPerson>;

/** `names` are what `--as` takes; the first is shown in lists. */
export type DemoAccount = {
  names: [string, ...string[]];
  tenant: DemoTenant;
  role: Role;
  sub: string;
  claims: ViewerClaims;
};

const accountOfStaff = (staff: DemoStaff): DemoAccount => ({
  names: [staff.role, staff.name],
  tenant: staff.tenant,
  role: staff.role,
  sub: `demo-${staff.tenant}-${staff.role}`,
  claims: {
    tenantId: demoTenants[staff.tenant].id,
    actor: 'staff',
    staffId: staff.id,
    roles: [staff.role],
    departments: [staff.department],
    communityIds: staff.communityIds,
  },
});

const accountOfPerson = (person: DemoPerson, ...names: [string, ...string[]]): DemoAccount => ({
  names: [...names, person.name],
  tenant: person.tenant,
  role: person.role,
  sub: `demo-${person.tenant}-${names[0]}`,
  claims: {
    tenantId: demoTenants[person.tenant].id,
    actor: 'person',
    personId: person.id,
    roles: [person.role],
    departments: [],
    communityIds: [person.communityId],
  },
});

/** Every demo account; the first of a role and tenant is the one `npm run -s token -- ROLE` answers. */
export const demoAccounts: readonly DemoAccount[] = [
  ...demoStaff.map(accountOfStaff),
  accountOfPerson(demoPersons.committee, 'committee'),
  accountOfPerson(demoPersons.owner, 'owner'),
  accountOfPerson(demoPersons.renter, 'renter', 'tenant'),
  accountOfPerson(demoPersons.neighbour, 'neighbour'),
  accountOfPerson(demoPersons.ownerOfB, 'owner'),
];

/** Communities of a tenant in the order `--community N` counts them. */
export const communitiesOf = (tenant: DemoTenant): DemoCommunity[] =>
  Object.values<DemoCommunity>(demoCommunities).filter((community) => community.tenant === tenant);

export { a1 as demoCommunityA1, a2 as demoCommunityA2, b1 as demoCommunityB1 };
