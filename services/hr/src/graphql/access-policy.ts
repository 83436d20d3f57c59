import type { AccessPolicy, Grant, Role, Subject, SubjectOf } from '@steward/auth';
import { parkedEventAccess } from '@steward/service-kit';

import type { HrContext } from '../db/loaders.ts';
import { staffSubject } from '../db/staff-subject-queries.ts';
import type { Staff } from '../domain/staff.ts';
import { conductAccess, conductSubjects } from './conduct-access-policy.ts';
import { dutyAccess, dutySubjects } from './duty-access-policy.ts';
import { positionAccess, positionSubjects } from './position-access-policy.ts';
import { trainingAccess, trainingSubjects } from './training-access-policy.ts';

const overseers: Role[] = ['director', 'deputyDirector', 'administrativeSupervisor', 'operator'];
const leaders: Role[] = [...overseers, 'supervisor'];
const staff: Role[] = [...leaders, 'clerk', 'cashier', 'maintenance', 'guard', 'environment', 'trainer', 'analyst'];

const everyStaff: Grant[] = [{ roles: staff, relation: 'tenant' }];
const colleagues: Grant[] = [
  { roles: staff, relation: 'community' },
  { roles: staff, relation: 'own' },
];
const byOverseers: Grant[] = [{ roles: overseers, relation: 'community' }];
const byLeaders: Grant[] = [{ roles: leaders, relation: 'community' }];

/** Who may see and do what; a field without a row has its type's. */
export const access: AccessPolicy = {
  ...parkedEventAccess('hr'),
  ...dutyAccess,
  ...trainingAccess,
  ...conductAccess,
  ...positionAccess,
  'Query.staffMember': everyStaff,
  'Query.staffMembers': everyStaff,
  'Query.department': everyStaff,
  'Query.departments': everyStaff,
  'Query.team': everyStaff,
  'Query.teams': everyStaff,
  'Query.hrPolicies': everyStaff,

  'Mutation.registerDepartment': [{ roles: overseers, relation: 'tenant' }],
  'Mutation.registerTeam': byOverseers,
  'Mutation.registerStaff': byOverseers,
  'Mutation.updateStaff': byOverseers,
  'Mutation.assignStaffPost': byOverseers,
  'Mutation.endStaffPost': byOverseers,
  'Mutation.recordStaffLeaving': byOverseers,
  'Mutation.setHrPolicy': byOverseers,
  'Mutation.changeStaffTrades': byLeaders,
  'Mutation.startStaffDuty': [...byLeaders, { roles: staff, relation: 'own' }],
  'Mutation.endStaffDuty': [...byLeaders, { roles: staff, relation: 'own' }],

  // Residents see who works for them, never a colleague's clear name or phone.
  Staff: [...everyStaff, { roles: ['resident', 'committee'], relation: 'community' }],
  'Staff.name': colleagues,
  'Staff.phone': colleagues,
  'Staff.history': [...byLeaders, { roles: staff, relation: 'own' }],
  StaffPost: 'inherit',
  StaffDuty: 'inherit',
  Department: 'authenticated',
  'Department.staffMembers': everyStaff,
  'Department.history': everyStaff,
  Team: 'authenticated',
  'Team.staffMembers': everyStaff,
  'Team.history': everyStaff,
  Community: 'inherit',
  'Community.staffMembers': [{ roles: staff, relation: 'community' }],
  'Community.teams': [{ roles: staff, relation: 'community' }],

  StaffConnection: 'inherit',
  StaffEdge: 'inherit',
  DepartmentConnection: 'inherit',
  DepartmentEdge: 'inherit',
  TeamConnection: 'inherit',
  TeamEdge: 'inherit',
  StaffRegistration: 'inherit',
  HrPolicyFigure: 'inherit',
  RegisterDepartmentPayload: 'inherit',
  RegisterTeamPayload: 'inherit',
  RegisterStaffPayload: 'inherit',
  UpdateStaffPayload: 'inherit',
  AssignStaffPostPayload: 'inherit',
  EndStaffPostPayload: 'inherit',
  ChangeStaffTradesPayload: 'inherit',
  StartStaffDutyPayload: 'inherit',
  EndStaffDutyPayload: 'inherit',
  RecordStaffLeavingPayload: 'inherit',
  SetHrPolicyPayload: 'inherit',
};

export async function subjectOfStaff(member: Staff, ctx: HrContext): Promise<Subject> {
  return staffSubject(member, (await ctx.loaders.postingsOfStaff.load(member.id)) ?? [], ctx.viewer);
}

/** On what `own` and `community` are judged. */
export const subjects: SubjectOf = {
  ...dutySubjects,
  ...trainingSubjects,
  ...conductSubjects,
  ...positionSubjects,
  Staff: subjectOfStaff,
  Community: ({ id }: { id: string }) => ({ communityId: id }),
};
