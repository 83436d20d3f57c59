import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { dayFromNow, mutationsOf, told } from './conduct-fixture.ts';
import { aWorker, forgetTimers, refusal, see, viewerOf } from './duty-fixture.ts';
import { dutyScenes } from './duty-scene.ts';
import { change, startHr } from './hr-fixture.ts';

let service: TestService;
const { aScene, shift } = dutyScenes(() => service);
const dutyShift = mutationsOf(() => service, 'dutyShift');

beforeAll(async () => {
  service = await startHr();
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const gapsOf = (communityId: string) =>
  service.sql("select status, cause from duty_gap where community_id = $1 and status = 'OPEN'", [communityId]);

it('[A025] whoever leaves works no shift afterwards: the gap is told at once, filled by somebody fit, and watched', async () => {
  const scene = await aScene(3);
  const { centre } = scene;
  const noon = await shift(scene, 'NOON', 1);
  const day = noon.startsAt.slice(0, 10);
  await service.ok(centre.director, change('recordStaffLeaving'), {
    input: { id: noon.staff.id, leftOn: await dayFromNow(service, 1), reasonCode: 'RESIGNED' },
  });
  const gone = await shift(scene, 'NOON', 1);
  expect(gone).toMatchObject({ id: noon.id, status: 'CANCELLED' });
  expect(await told(service, 'dutyShiftUncovered', noon.id)).toMatchObject([
    { role: 'supervisor' },
    { role: 'director' },
  ]);
  const [fact] = (await service.events('steward.hr.duty-shift.cancelled.v1')).filter(
    ({ aggregateId }) => aggregateId === noon.id,
  );
  expect(fact?.data).toMatchObject({ shiftId: noon.id, staffId: noon.staff.id });

  const refill = (staffId: string) => ({ shiftId: noon.id, staffId });
  expect(await dutyShift.refused(centre.supervisor, 'refillDutyShift', refill(noon.staff.id))).toBe('STAFF_UNKNOWN');
  const worker = await aWorker(service, centre, 'MAINTENANCE');
  expect(
    (await refusal(service, centre.supervisor, 'refillDutyShift', 'dutyShift', refill(worker))).violations,
  ).toMatchObject([{ reason: 'SHIFT_ROLE_UNFIT', rule: 'A020', path: 'input.staffId' }]);
  expect(await dutyShift.refused(centre.clerk, 'refillDutyShift', refill(worker))).toBe('FORBIDDEN');
  const relief = await aWorker(service, centre, 'CLERK');
  expect(await dutyShift.act(centre.supervisor, 'refillDutyShift', refill(relief), 'status staff { id }')).toEqual({
    status: 'PLANNED',
    staff: { id: relief },
  });
  expect(await told(service, 'dutyShiftGiven', noon.id)).toMatchObject([{ staffId: relief }]);
  expect(await dutyShift.refused(centre.supervisor, 'refillDutyShift', refill(relief))).toBe('ILLEGAL_TRANSITION');

  const query = `query { dutyShifts(first: 100, filter: { rosterId: "${scene.rosterId}" }) { nodes { id status startsAt } } }`;
  type Shifts = { dutyShifts: { nodes: { id: string; status: string; startsAt: string }[] } };
  const { dutyShifts } = await service.ok<Shifts>(centre.supervisor, query);
  const empty = dutyShifts.nodes.find(({ status, startsAt }) => status === 'CANCELLED' && startsAt.slice(0, 10) >= day);
  expect(empty).toBeDefined();
  await service.move({ set: new Date(Date.parse(empty?.startsAt ?? '') + 1000) });
  expect(await gapsOf(centre.communityId)).toEqual([{ status: 'OPEN', cause: 'NOBODY_CAME' }]);
  const late = { shiftId: dutyShifts.nodes.find(({ status }) => status === 'CANCELLED')?.id, staffId: relief };
  await service.move({ advance: 'P2D' });
  expect(await dutyShift.refused(centre.supervisor, 'refillDutyShift', late)).toBe('SHIFT_OVER');
});

it('[A009] [B051] what a leaver leaves behind is called off or given away', async () => {
  const scene = await aScene();
  const { centre, crew } = scene;
  const [staffId = ''] = crew.clerks;
  const { communityId } = centre;
  const check = mutationsOf(() => service, 'staffCheck');
  const opened = await check.act(centre.supervisor, 'openStaffCheck', { communityId, kind: 'GROOMING', staffId });
  const appraisal = mutationsOf(() => service, 'appraisal');
  const period = { staffId, startsOn: '2026-02-01', endsOn: '2026-03-01' };
  const open = await appraisal.act(centre.supervisor, 'openAppraisal', period);
  const duty = mutationsOf(() => service, 'reportDuty');
  const terms = { communityId, name: '月报', frequency: 'MONTHLY', dueDay: 5, staffId };
  const reporting = await duty.act(centre.supervisor, 'registerReportDuty', terms);
  await service.ok(centre.director, change('recordStaffLeaving'), {
    input: { id: staffId, leftOn: await dayFromNow(service, 0), reasonCode: 'RESIGNED' },
  });
  expect(await see(service, centre.supervisor, 'staffCheck', opened.id, 'status')).toEqual({ status: 'SKIPPED' });
  expect(await see(service, centre.supervisor, 'appraisal', open.id, 'status deadlines { state }')).toEqual({
    status: 'CANCELLED',
    deadlines: [{ state: 'CANCELLED' }],
  });
  expect(await told(service, 'reportDutyOrphaned', reporting.id)).toMatchObject([{ role: 'supervisor' }]);
});

type Centre = Awaited<ReturnType<typeof aScene>>['centre'];

/** What these people undertake at a meeting, by who does. */
async function undertaken({ communityId, supervisor }: Centre, staffIds: string[], dueOn: string) {
  const meeting = mutationsOf(() => service, 'staffMeeting');
  const [chairId = ''] = staffIds;
  const call = { communityId, kind: 'OTHER', meetingOn: await dayFromNow(service, 0), chairId };
  const { id } = await meeting.act(supervisor, 'callStaffMeeting', call);
  await meeting.act(supervisor, 'setStaffMeetingAgenda', { id, agenda: '交接事项' });
  await meeting.act(supervisor, 'holdStaffMeeting', {
    id,
    heldAt: (await service.now()).toISOString(),
    minutes: '落实到人',
    attendance: [{ staffId: chairId, answer: 'PRESENT' }],
    followUps: staffIds.map((staffId) => ({ staffId, description: '更新钥匙台账', dueOn })),
  });
  const query = `query { followUps(filter: { meetingId: "${id}" }) { nodes { id staff { id } } } }`;
  type Found = { followUps: { nodes: { id: string; staff: { id: string } }[] } };
  const { followUps } = await service.ok<Found>(supervisor, query);
  return new Map(followUps.nodes.map((row) => [row.staff.id, row.id]));
}

const leaves = async ({ director }: Centre, id: string): Promise<unknown> =>
  service.ok(director, change('recordStaffLeaving'), {
    input: { id, leftOn: await dayFromNow(service, 1), reasonCode: 'RESIGNED' },
  });

it('[A240] what a leaver undertook goes to the successor of their post, with its day', async () => {
  const { centre, crew } = await aScene();
  const [leaverId = '', witnessId = ''] = crew.clerks;
  const successorId = await aWorker(service, centre, 'CLERK');
  const dueOn = await dayFromNow(service, 5);
  const handed = (await undertaken(centre, [leaverId], dueOn)).get(leaverId) ?? '';
  const [post] = await service.sql<{ id: string }>('select id from staff_post where staff_id = $1', [leaverId]);
  const handover = mutationsOf(() => service, 'postHandover');
  const parties = { staffId: leaverId, postId: post?.id, successorId, witnessId };
  const { id } = await handover.act(centre.supervisor, 'openPostHandover', parties);
  const items = ['BOOKS', 'VOUCHERS', 'SEALS', 'CASH_AND_ACCOUNTS', 'KEYS', 'OPEN_MATTERS'];
  const results = items.map((code) => ({ code, isPassed: true }));
  await handover.act(viewerOf(centre, 'clerk', successorId), 'acceptPostHandover', { id, results });
  await leaves(centre, leaverId);
  const selection = 'status dueOn staff { id } deadlines { state }';
  expect(await see(service, centre.supervisor, 'followUp', handed, selection)).toEqual({
    status: 'OPEN',
    dueOn,
    staff: { id: successorId },
    deadlines: [{ state: 'CANCELLED' }, { state: 'RUNNING' }],
  });
  const asked = [{ staffId: leaverId }, { staffId: successorId }];
  expect(await told(service, 'followUpAssigned', handed)).toMatchObject(asked);
  const [fact] = await service.events('steward.hr.follow-up.handed-over.v1');
  expect(fact?.data).toMatchObject({ followUpId: handed, staffId: successorId, dueOn });
});

it('[A240] where nobody took the post over, the supervisor is told and names somebody', async () => {
  const { centre, crew } = await aScene();
  const [leaverId = '', goneId = ''] = crew.clerks;
  const takerId = await aWorker(service, centre, 'CLERK');
  const today = await dayFromNow(service, 0);
  const orphaned = (await undertaken(centre, [leaverId], today)).get(leaverId) ?? '';
  for (const id of [leaverId, goneId]) await leaves(centre, id);
  expect(await told(service, 'followUpOrphaned', orphaned)).toMatchObject([{ role: 'supervisor' }]);
  const followUp = mutationsOf(() => service, 'followUp');
  const give = (overrides: object = {}) => ({ id: orphaned, staffId: takerId, reason: '责任人离职', ...overrides });
  const refused = (overrides: object) => followUp.refused(centre.supervisor, 'handOverFollowUp', give(overrides));
  expect(await refused({ staffId: leaverId })).toBe('FOLLOW_UP_THEIRS');
  expect(await refused({ staffId: goneId })).toBe('STAFF_LEFT');
  expect(await refused({ reason: ' ' })).toBe('REASON_REQUIRED');
  expect(await refused({ dueOn: await dayFromNow(service, -1) })).toBe('IN_THE_PAST');
  expect(await followUp.refused(centre.clerk, 'handOverFollowUp', give())).toBe('FORBIDDEN');
  const given = await followUp.act(centre.supervisor, 'handOverFollowUp', give({ dueOn: today }), 'dueOn staff { id }');
  expect(given).toEqual({ dueOn: today, staff: { id: takerId } });
});

type Listed = {
  staffMember: {
    dutyShifts: { totalCount: number; nodes: { startsAt: string }[]; pageInfo: { hasNextPage: boolean } };
    leaveRequests: { nodes: { id: string }[] };
    conductRecords: { nodes: { points: number }[] };
    appraisals: { totalCount: number };
  } | null;
};

it('lists what a staff member did below them, as far as the viewer may see', async () => {
  const scene = await aScene();
  const { centre, crew } = scene;
  const [staffId = ''] = crew.clerks;
  const conduct = mutationsOf(() => service, 'conductRecord');
  const fault = { staffId, kindCode: 'SNACKS', occurredOn: await dayFromNow(service, 0), note: '吃零食' };
  await conduct.act(centre.supervisor, 'recordStaffConduct', fault);
  const document = `query ($id: ID!) { staffMember(id: $id) {
    dutyShifts(first: 1) { totalCount nodes { startsAt } pageInfo { hasNextPage } }
    leaveRequests { nodes { id } } conductRecords(filter: { status: RECORDED }) { nodes { points } } appraisals { totalCount } } }`;
  const look = (viewer: typeof centre.supervisor) => service.ok<Listed>(viewer, document, { id: staffId });
  const { staffMember } = await look(centre.supervisor);
  expect(staffMember?.dutyShifts).toMatchObject({ pageInfo: { hasNextPage: true } });
  expect(staffMember?.dutyShifts.totalCount).toBeGreaterThan(1);
  expect(staffMember).toMatchObject({
    leaveRequests: { nodes: [] },
    conductRecords: { nodes: [{ points: 3 }] },
    appraisals: { totalCount: 0 },
  });
  const own = await look(viewerOf(centre, 'clerk', staffId));
  expect(own.staffMember?.conductRecords.nodes).toHaveLength(1);
  const colleague = await look(viewerOf(centre, 'clerk', crew.clerks[1]));
  expect(colleague.staffMember?.conductRecords.nodes).toEqual([]);

  const below = `query ($reps: [_Any!]!) { _entities(representations: $reps) { ... on Community {
    dutyRosters { nodes { id } } conductRecords { totalCount } dutyShifts(first: 2) { nodes { id } } teamPlans { totalCount } } } }`;
  const reps = [{ __typename: 'Community', id: centre.communityId }];
  const answer = await service.ok<{ _entities: object[] }>(centre.supervisor, below, { reps });
  expect(answer._entities).toMatchObject([
    {
      dutyRosters: { nodes: [{ id: scene.rosterId }] },
      conductRecords: { totalCount: 1 },
      teamPlans: { totalCount: 0 },
    },
  ]);
});
