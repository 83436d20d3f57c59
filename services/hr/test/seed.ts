import { newId } from '@steward/core';
import type { Seeded, SeededRow, ServiceSeed, TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { attendanceRows } from './attendance-seed.ts';
import { conductRows } from './conduct-seed.ts';
import { aCentre, aCrew, act, aRoster, aWorker, healthOf, shiftsOf, viewerOf, type Centre } from './duty-fixture.ts';
import { aStaffMember, change, registerDepartment } from './hr-fixture.ts';
import { positionRows } from './position-seed.ts';
import { trainingRows } from './training-seed.ts';

const registerTeam = `mutation ($input: RegisterTeamInput!) { registerTeam(input: $input) { team { id } } }`;

async function dutiesOf(service: TestService, centre: Centre, rosterId: string): Promise<SeededRow[]> {
  const [shift] = await shiftsOf(service, centre.supervisor, rosterId);
  const staffId = await aWorker(service, centre, 'CLERK');
  const own = { staffId };
  const paper = healthOf(centre, staffId, { certificateNo: 'JK-2026-0002' });
  const certificate = await act(service, centre.director, 'registerCertificate', 'certificate', paper);
  const trained = { staffId, completedOn: '2026-01-20', isPassed: true };
  const induction = await act(service, centre.director, 'recordStaffInduction', 'inductionRecord', trained);
  const days = { startsOn: '2026-06-20', endsOn: '2026-06-22', kindCode: 'PERSONAL', reason: '家中有事' };
  const self = viewerOf(centre, 'clerk', staffId);
  const leave = await act(service, self, 'requestLeave', 'leaveRequest', { staffId, ...days });
  return [
    { type: 'DutyRoster', id: rosterId },
    { type: 'DutyShift', id: shift?.id ?? '', own: { staffId: shift?.staff.id ?? '' } },
    { type: 'Certificate', id: certificate.id, own },
    { type: 'InductionRecord', id: induction.id, own },
    { type: 'LeaveRequest', id: leave.id, own },
  ];
}

async function company(service: TestService): Promise<Seeded> {
  const made = await aCentre(service);
  const { tenantId, communityId, director } = made;
  const staffId = await aStaffMember(service, made);
  const otherId = await aStaffMember(service, made);
  await service.ok(director, change('updateStaff'), { input: { id: staffId, name: '欧阳明', phone: '139 0000 2222' } });
  const department = { code: 'CLEANING', name: '保洁部' };
  const team = {
    communityId,
    departmentCode: 'SECURITY',
    code: `NIGHT_${newId().slice(-4).toUpperCase()}`,
    name: '夜班',
  };
  const { registerDepartment: first } = await service.ok<{ registerDepartment: { department: { id: string } } }>(
    director,
    registerDepartment,
    { input: department },
  );
  const { registerTeam: second } = await service.ok<{ registerTeam: { team: { id: string } } }>(
    director,
    registerTeam,
    {
      input: team,
    },
  );
  const rosterId = await aRoster(service, made, await aCrew(service, made), { startsOn: '2026-06-01', days: 2 });
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'Staff', id: staffId, own: { staffId } },
      { type: 'Staff', id: otherId, own: { staffId: otherId } },
      { type: 'Department', id: first.department.id, beyondCommunity: 'company' },
      { type: 'Team', id: second.team.id },
      { type: 'Community', id: communityId },
      ...(await dutiesOf(service, made, rosterId)),
      ...(await positionRows(service, made)),
      ...(await trainingRows(service, made)),
      // The clock comes to Monday, and then to Tuesday morning.
      ...(await conductRows(service, made, second.team.id)),
      ...(await attendanceRows(service, made, rosterId)),
    ],
  };
}

// A week and a month begin the day after.
export const seed: ServiceSeed = { definition, startsAt: new Date('2026-05-31T09:00:00+08:00'), seed: company };
