import type { Role } from '@steward/auth';

import { demoId, demoStaff, type DemoDepartment } from './accounts.ts';
import { fictionalPhone, personName } from './chinese-names.ts';
import { communityPlans, type CommunityPlan } from './communities.ts';
import { seededRandom } from './seeded-random.ts';

/** A row of `registerStaff`. */
export type StaffRow = {
  id: string;
  number: string;
  name: string;
  phone: string;
  communityId: string;
  employedOn: string;
  tradeCodes: string[];
  posts: { communityId: string; departmentCode: string; positionCode: string; role: string }[];
};

type Job = { role: Role; department: DemoDepartment; position: string; trades?: string[]; count?: number };

const worker = (...trades: string[]): Job => ({
  role: 'maintenance',
  department: 'MAINTENANCE',
  position: 'REPAIR_WORKER',
  trades,
});

const supervisor = (department: DemoDepartment): Job => ({
  role: 'supervisor',
  department,
  position: 'DEPARTMENT_SUPERVISOR',
});

const everyTrade = ['GENERAL', 'PLUMBING', 'ELECTRICAL', 'CARPENTRY', 'LOCKS', 'HEATING', 'APPLIANCES', 'PAINTING'];

/** Jobs beside those with an account. */
const largeTeam: readonly Job[] = [
  supervisor('MAINTENANCE'),
  supervisor('SECURITY'),
  supervisor('ENVIRONMENT'),
  supervisor('FINANCE'),
  { role: 'clerk', department: 'CUSTOMER_SERVICE', position: 'CUSTOMER_SERVICE_CLERK', count: 3 },
  { role: 'cashier', department: 'FINANCE', position: 'CASHIER' },
  worker('PLUMBING', 'HEATING'),
  worker('PLUMBING', 'WATERPROOFING', 'MASONRY'),
  worker('ELECTRICAL', 'LOW_VOLTAGE', 'FIRE_SAFETY'),
  worker('ELECTRICAL', 'LIFTS', 'APPLIANCES'),
  worker('CARPENTRY', 'LOCKS', 'PAINTING'),
  worker('MASONRY', 'WATERPROOFING', 'PAINTING'),
  { role: 'guard', department: 'SECURITY', position: 'GUARD', count: 8 },
  {
    role: 'environment',
    department: 'ENVIRONMENT',
    position: 'CLEANER',
    trades: ['CLEANING', 'PEST_CONTROL'],
    count: 5,
  },
  { role: 'environment', department: 'ENVIRONMENT', position: 'GARDENER', trades: ['GREENING'], count: 2 },
];

const smallTeam: readonly Job[] = [
  supervisor('CUSTOMER_SERVICE'),
  supervisor('MAINTENANCE'),
  { role: 'clerk', department: 'CUSTOMER_SERVICE', position: 'CUSTOMER_SERVICE_CLERK' },
  worker(...everyTrade, 'WATERPROOFING', 'MASONRY', 'LIFTS', 'FIRE_SAFETY', 'LOW_VOLTAGE'),
  { role: 'guard', department: 'SECURITY', position: 'GUARD', count: 2 },
  {
    role: 'environment',
    department: 'ENVIRONMENT',
    position: 'CLEANER',
    trades: ['CLEANING', 'PEST_CONTROL', 'GREENING'],
  },
];

const upperSnake = (role: Role): string => role.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();

const positionOf: Partial<Record<Role, string>> = {
  director: 'DIRECTOR',
  deputyDirector: 'DEPUTY_DIRECTOR',
  administrativeSupervisor: 'ADMINISTRATIVE_SUPERVISOR',
  supervisor: 'DEPARTMENT_SUPERVISOR',
  clerk: 'CUSTOMER_SERVICE_CLERK',
  cashier: 'CASHIER',
  maintenance: 'REPAIR_WORKER',
  guard: 'GUARD',
  environment: 'CLEANER',
  trainer: 'TRAINER',
  analyst: 'ANALYST',
  operator: 'OPERATOR',
};

const tradesOf: Partial<Record<Role, string[]>> = {
  maintenance: everyTrade,
  environment: ['CLEANING', 'PEST_CONTROL', 'GREENING'],
};

const employedOn = '2023-03-01';
const staffNumber = (n: number): string => `S${String(n).padStart(4, '0')}`;

/** Staff with accounts that the community employs; who works in all communities has a post in each of the company. */
function accountStaff(plan: CommunityPlan): StaffRow[] {
  const ofTenant = communityPlans.filter(({ community }) => community.tenant === plan.community.tenant);
  const employs = (ids: readonly string[] | 'all'): boolean =>
    ids === 'all' ? ofTenant[0] === plan : ids[0] === plan.community.id;
  return demoStaff
    .filter(({ tenant, communityIds }) => tenant === plan.community.tenant && employs(communityIds))
    .map((staff) => {
      const n = Number.parseInt(staff.id.slice(-4), 16);
      const communityIds =
        staff.communityIds === 'all' ? ofTenant.map(({ community }) => community.id) : staff.communityIds;
      return {
        id: staff.id,
        number: staffNumber(n),
        name: staff.name,
        phone: fictionalPhone(n),
        communityId: plan.community.id,
        employedOn,
        tradeCodes: tradesOf[staff.role] ?? [],
        posts: communityIds.map((communityId) => ({
          communityId,
          departmentCode: staff.department,
          positionCode: positionOf[staff.role] ?? 'OPERATOR',
          role: upperSnake(staff.role),
        })),
      };
    });
}

/** All staff that a community employs. */
export function hire(plan: CommunityPlan): StaffRow[] {
  const random = seededRandom(plan.seed + 1);
  const jobs = plan.workOrders > 100 ? largeTeam : smallTeam;
  const others = jobs
    .flatMap((job) => Array.from({ length: job.count ?? 1 }, () => job))
    .map((job, index): StaffRow => {
      const n = plan.firstStaff + index;
      const post = { departmentCode: job.department, positionCode: job.position, role: upperSnake(job.role) };
      return {
        id: demoId('staff', n),
        number: staffNumber(n),
        name: personName(random),
        phone: fictionalPhone(n),
        communityId: plan.community.id,
        employedOn,
        tradeCodes: job.trades ?? [],
        posts: [{ communityId: plan.community.id, ...post }],
      };
    });
  return [...accountStaff(plan), ...others];
}
