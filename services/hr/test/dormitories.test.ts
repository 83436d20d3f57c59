import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anActor, dayFromNow, midnightOf, mutationsOf, told } from './conduct-fixture.ts';
import { aCentre, forgetTimers, see, type Centre } from './duty-fixture.ts';
import { change, startHr } from './hr-fixture.ts';

let service: TestService;
let centre: Centre;

const dormitory = mutationsOf(() => service, 'dormitory');
const room = mutationsOf(() => service, 'dormitoryRoom');
const stay = mutationsOf(() => service, 'dormitoryStay');

beforeAll(async () => {
  service = await startHr({ now: new Date('2026-03-30T01:00:00.000Z') });
  centre = await aCentre(service);
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

async function aRoom(of = centre, bedCount = 2): Promise<{ dormitoryId: string; roomId: string }> {
  const terms = { communityId: of.communityId, name: '一号宿舍', rules: ['禁止明火', ' ', '不得留宿外人'] };
  const { id: dormitoryId } = await dormitory.act(of.director, 'registerDormitory', terms);
  const { id: roomId } = await room.act(of.director, 'registerDormitoryRoom', {
    dormitoryId,
    name: '101',
    bedCount,
  });
  return { dormitoryId, roomId };
}

const checked = ['KEY_RETURNED', 'BED_CLEARED', 'ROOM_CLEAN'];

it('[B007] a dormitory has rules and rooms with beds, and is closed when nobody lives there', async () => {
  const terms = { communityId: centre.communityId, name: ' ', rules: [' '] };
  expect(await dormitory.violations(centre.director, 'registerDormitory', terms)).toEqual([
    'TEXT_REQUIRED',
    'TEXT_REQUIRED',
  ]);
  expect(await dormitory.refused(centre.supervisor, 'registerDormitory', terms)).toBe('FORBIDDEN');
  const { dormitoryId, roomId } = await aRoom();
  const refused = (overrides: object) =>
    room.refused(centre.director, 'registerDormitoryRoom', { dormitoryId, name: '102', bedCount: 20, ...overrides });
  expect(await refused({ bedCount: 21 })).toBe('BED_COUNT');
  expect(await refused({ bedCount: 0 })).toBe('BED_COUNT');
  expect(await refused({ name: '101' })).toBe('ROOM_NAME_TAKEN');
  const sleeper = await anActor(service, centre, 'CLERK');
  const terms2 = { staffId: sleeper.id, roomId, bed: 1, isRulesAccepted: true };
  const { id } = await stay.act(centre.director, 'startDormitoryStay', terms2);
  expect(await see(service, sleeper.viewer, 'dormitory', dormitoryId, 'rules bedCount freeBedCount status')).toEqual({
    rules: ['禁止明火', '不得留宿外人'],
    bedCount: 2,
    freeBedCount: 1,
    status: 'OPEN',
  });
  expect(await see(service, sleeper.viewer, 'dormitoryRoom', roomId, 'freeBedCount dormitory { id }')).toEqual({
    freeBedCount: 1,
    dormitory: { id: dormitoryId },
  });
  const close = { id: dormitoryId, reason: '退租' };
  expect(await dormitory.refused(centre.director, 'closeDormitory', close)).toBe('DORMITORY_OCCUPIED');
  expect(await room.refused(centre.director, 'retireDormitoryRoom', { id: roomId })).toBe('DORMITORY_OCCUPIED');
  await stay.act(centre.director, 'endDormitoryStay', { id, checkedCodes: checked });
  await room.act(centre.director, 'retireDormitoryRoom', { id: roomId });
  expect(await stay.refused(centre.director, 'startDormitoryStay', terms2)).toBe('DORMITORY_CLOSED');
  expect(await dormitory.act(centre.director, 'closeDormitory', close, 'status')).toEqual({ status: 'CLOSED' });
  expect(await refused({})).toBe('DORMITORY_CLOSED');
});

it('[B007] nobody moves in without accepting the rules, a bed has one sleeper, and the key comes back', async () => {
  const { roomId } = await aRoom();
  const [first, second] = [await anActor(service, centre, 'CLERK'), await anActor(service, centre, 'CLERK')];
  const into = (overrides: object) => ({ staffId: first.id, roomId, bed: 1, isRulesAccepted: true, ...overrides });
  const wrong = into({ bed: 3, isRulesAccepted: false });
  expect(await stay.violations(centre.director, 'startDormitoryStay', wrong)).toEqual([
    'BED_UNKNOWN',
    'DORMITORY_RULES_UNACCEPTED',
  ]);
  const { id } = await stay.act(centre.director, 'startDormitoryStay', into({}));
  expect(await stay.refused(centre.director, 'startDormitoryStay', into({ staffId: second.id }))).toBe('BED_TAKEN');
  expect(await stay.refused(centre.director, 'startDormitoryStay', into({ bed: 2 }))).toBe('STAY_RUNNING');
  expect(await see(service, second.viewer, 'dormitoryStay', id, 'id')).toBeNull();
  const today = await dayFromNow(service, 0);
  expect(await see(service, first.viewer, 'dormitoryStay', id, 'bed startsOn endsOn status')).toEqual({
    bed: 1,
    startsOn: today,
    endsOn: null,
    status: 'RUNNING',
  });
  const move = { id, roomId, bed: 2, isRulesAccepted: true };
  const moved = await stay.act<{ id: string; bed: number }>(
    centre.director,
    'moveDormitoryStay',
    move,
    'id bed status',
  );
  expect(moved).toMatchObject({ bed: 2, status: 'RUNNING' });
  expect(moved.id).not.toBe(id);
  expect(await see(service, first.viewer, 'dormitoryStay', id, 'status endsOn')).toEqual({
    status: 'ENDED',
    endsOn: today,
  });
  const end = { id: moved.id, checkedCodes: ['BED_CLEARED'] };
  expect(await stay.violations(centre.director, 'endDormitoryStay', end)).toEqual([
    'MOVE_OUT_MISSING',
    'MOVE_OUT_MISSING',
  ]);
  const done = { id: moved.id, checkedCodes: checked };
  expect(await stay.act(centre.director, 'endDormitoryStay', done, 'status')).toEqual({ status: 'ENDED' });
  const bed =
    'insert into dormitory_stay (id, tenant_id, community_id, number, version, created_at, room_id, bed, staff_id, starts_on, status)';
  const twice = `${bed} select gen_random_uuid(), tenant_id, community_id, number || $2::text, 1, created_at, room_id, bed, staff_id, starts_on, 'RUNNING' from dormitory_stay where id = $1`;
  await service.sql(twice, [moved.id, 'x']);
  await expect(service.sql(twice, [moved.id, 'y'])).rejects.toThrow('dormitory_stay_of_bed');
});

it('[B007] every room that somebody lives in is inspected each month, and a leaver clears the bed in time', async () => {
  const place = await aCentre(service);
  const { roomId } = await aRoom(place);
  const sleeper = await anActor(service, place, 'CLERK');
  const into = { staffId: sleeper.id, roomId, bed: 1, isRulesAccepted: true };
  const { id } = await stay.act(place.director, 'startDormitoryStay', into);
  await service.move({ set: midnightOf('2026-04-01') });
  const query = `query { staffChecks(filter: { communityId: "${place.communityId}", kind: DORMITORY }) { nodes { id room { id } staff { id } points { code } } } }`;
  type Checks = { staffChecks: { nodes: { id: string; points: { code: string }[] }[] } };
  const { staffChecks } = await service.ok<Checks>(place.supervisor, query);
  expect(staffChecks.nodes).toMatchObject([{ room: { id: roomId }, staff: null }]);
  const [check] = staffChecks.nodes;
  const codes = (check?.points ?? []).map(({ code }) => code);
  expect(codes.sort()).toEqual(['BEDS', 'FURNITURE', 'HYGIENE', 'OPEN_FIRE', 'VISITORS', 'WIRING']);
  const results = codes.map((code) => ({ code, isPassed: code !== 'WIRING' }));
  const found = { id: check?.id, results, findings: '私拉电线' };
  const inspection = mutationsOf(() => service, 'staffCheck');
  await inspection.act(place.supervisor, 'recordStaffCheck', found);
  expect(await told(service, 'checkFindings', check?.id ?? '')).toMatchObject([{ role: 'administrativeSupervisor' }]);

  await service.ok(place.director, change('recordStaffLeaving'), {
    input: { id: sleeper.id, leftOn: '2026-04-01', reasonCode: 'RESIGNED' },
  });
  expect(
    await see(service, place.supervisor, 'dormitoryStay', id, 'status deadlines { kind rule dueAt state }'),
  ).toEqual({
    status: 'RUNNING',
    deadlines: [{ kind: 'MOVE_OUT', rule: 'B007', dueAt: midnightOf('2026-04-05').toISOString(), state: 'RUNNING' }],
  });
  expect(await told(service, 'moveOutAsked', id)).toMatchObject([{ role: 'administrativeSupervisor' }]);
  const done = { id, checkedCodes: checked };
  expect(await stay.act(place.director, 'endDormitoryStay', done, 'deadlines { state }')).toEqual({
    deadlines: [{ state: 'MET' }],
  });
});
