import type { SeededRow, TestService } from '@steward/test-kit';

import { act, aNewcomer, viewerOf, type Centre } from './duty-fixture.ts';
import { change, look } from './hr-fixture.ts';
import { adopt, anApplicant, keeperOf, postTerms, qualify } from './position-fixture.ts';

/** Has the positions of a community looked after now instead of at midnight. */
async function followNow(service: TestService, { communityId }: Centre): Promise<void> {
  const due = "update timer set due_at = $1 where state = 'WAITING' and kind = 'position-day' and community_id = $2";
  await service.sql(due, [await service.now(), communityId]);
  await service.move({ advance: 'PT1S' });
}

type Id = { id: string };

async function workOf(service: TestService, centre: Centre, staffId: string): Promise<SeededRow[]> {
  const own = { staffId };
  const idIn = async (table: string): Promise<string> => {
    const [row] = await service.sql<Id>(`select id from ${table} where staff_id = $1 limit 1`, [staffId]);
    return row?.id ?? '';
  };
  await followNow(service, centre);
  const { communityId, director, supervisor } = centre;
  const folder = { communityId, kind: 'PERSONNEL', staffId, label: '人事档案', shelf: 'A-1' };
  const archive = await act(service, director, 'openPersonnelArchive', 'personnelArchive', folder);
  const [post] = (await look(service, director, staffId)).posts;
  const [successorId, witnessId] = [
    await aNewcomer(service, centre, 'CLERK'),
    await aNewcomer(service, centre, 'CLERK'),
  ];
  const parties = { staffId, postId: post?.id, successorId, witnessId };
  const handover = await act(service, supervisor, 'openPostHandover', 'postHandover', parties);
  return [
    { type: 'PositionDutySheet', id: await idIn('position_duty_sheet'), own },
    { type: 'PostRotation', id: await idIn('post_rotation'), own },
    { type: 'PersonnelArchive', id: archive.id, own },
    { type: 'PostHandover', id: handover.id, own },
  ];
}

async function recruitmentOf(service: TestService, centre: Centre, staffId: string): Promise<SeededRow[]> {
  const own = { staffId };
  const { director, supervisor, communityId } = centre;
  const qualification = await qualify(service, centre, staffId);
  const opening = { positionCode: 'CUSTOMER_SERVICE_SUPERVISOR', departmentCode: 'CUSTOMER_SERVICE', openingCount: 1 };
  const open = { communityId, ...opening, closesOn: '2026-06-30' };
  const vacancy = await act(service, supervisor, 'openVacancy', 'vacancy', open);
  const applicant = await anApplicant(service, centre, { vacancyId: vacancy.id, interviewerId: staffId });
  const probation = { staffId, positionCode: 'ANNOUNCER', startsOn: '2026-03-02', months: 3 };
  const review = await act(service, supervisor, 'openProbationReview', 'probationReview', probation);
  const ladder = await act(service, director, 'adoptStandardGradeLadder', 'gradeLadder', { code: 'SALES' });
  const place = { staffId, ladderCode: 'SALES', heldFrom: '2026-03-02' };
  const grade = await act(service, director, 'placeStaffGrade', 'staffGrade', place);
  const codes = ['RULES', 'STORES'].map((code) => `${code}_COMPLETE`);
  const rest = ['ARCHIVES_INTACT', 'COORDINATION_DONE', 'INSPECTIONS_DONE', 'OTHER_WORK_DONE'];
  const counts = [...codes, ...rest].map((code) => ({ code, doneCount: 1, totalCount: 1 }));
  const month = { communityId, positionCode: 'CUSTOMER_SERVICE_SUPERVISOR', month: '2026-02', counts };
  const kpi = await act(service, supervisor, 'recordPositionKpi', 'positionKpiReview', month);
  return [
    { type: 'StaffQualification', id: qualification.id, own },
    { type: 'Vacancy', id: vacancy.id },
    { type: 'JobApplication', id: applicant.id },
    { type: 'ProbationReview', id: review.id, own },
    { type: 'GradeLadder', id: ladder.id, beyondCommunity: 'company' },
    { type: 'StaffGrade', id: grade.id, own },
    { type: 'PositionKpiReview', id: kpi.id },
  ];
}

/** A row of each type of positions, authority, recruitment and posts. */
export async function positionRows(service: TestService, centre: Centre): Promise<SeededRow[]> {
  const staffId = await aNewcomer(service, centre, 'GUARD');
  const position = await adopt(service, centre, 'ANNOUNCER');
  await adopt(service, centre, 'CUSTOMER_SERVICE_SUPERVISOR');
  const input = postTerms(centre, staffId, 'ANNOUNCER');
  await service.ok(centre.director, change('assignStaffPost'), { input });
  const waiving = { action: 'WAIVE_CHARGE', role: 'SUPERVISOR', limitAmount: 5000, validFrom: '2026-03-02' };
  const grant = await act(service, keeperOf(centre), 'grantAuthority', 'authorityGrant', waiving);
  const self = viewerOf(centre, 'clerk', staffId);
  const claim = { staffId, kind: 'CLAIM', amount: 1000, purpose: '打印耗材' };
  const spending = await act(service, self, 'requestSpending', 'spendingRequest', claim);
  return [
    { type: 'Position', id: position.id, beyondCommunity: 'company' },
    { type: 'AuthorityGrant', id: grant.id, beyondCommunity: 'company' },
    { type: 'SpendingRequest', id: spending.id, own: { staffId } },
    ...(await recruitmentOf(service, centre, staffId)),
    ...(await workOf(service, centre, staffId)),
  ];
}
