import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { addMonths } from '../src/domain/calendar-rules.ts';
import { aCentre, act, aNewcomer, forgetTimers, notices, refusal, see, viewerOf, type Centre } from './duty-fixture.ts';
import { change, look, startHr } from './hr-fixture.ts';
import { adopt, midnight, postTerms, qualify, registerOwn } from './position-fixture.ts';

let service: TestService;
beforeAll(async () => {
  service = await startHr();
});
afterEach(() => forgetTimers(service));
afterAll(() => service?.stop());

const today = async () => new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 10);
const dayAfter = (day: string, n = 1) => new Date(Date.parse(day) + n * 86_400_000).toISOString().slice(0, 10);

/** Somebody who holds a position of the catalogue from today on. */
async function aHolder(centre: Centre, code: string, overrides: object = {}): Promise<string> {
  const staffId = await aNewcomer(service, centre, 'GUARD');
  const input = postTerms(centre, staffId, code, { validFrom: await today(), ...overrides });
  await service.ok(centre.director, change('assignStaffPost'), { input });
  return staffId;
}

type Sheet = {
  id: string;
  cycle: string;
  startsOn: string;
  endsOn: string;
  status: string;
  checks: { code: string; label: string; isPassed: boolean | null }[];
  deadlines: { state: string; dueAt: string }[];
};

const sheetsOf = async (centre: Centre, staffId: string): Promise<Sheet[]> =>
  (
    await service.ok<{ positionDutySheets: { nodes: Sheet[] } }>(
      centre.supervisor,
      `query ($staffId: ID!) { positionDutySheets(first: 100, filter: { staffId: $staffId }) { nodes {
        id number cycle startsOn endsOn status checks { code label isPassed } deadlines { state dueAt } } } }`,
      { staffId },
    )
  ).positionDutySheets.nodes;

const rotationOf = async (centre: Centre, staffId: string) => {
  const { postRotations } = await service.ok<{ postRotations: { nodes: { id: string; [field: string]: unknown }[] } }>(
    centre.supervisor,
    `query ($staffId: ID!) { postRotations(first: 20, filter: { staffId: $staffId }) { nodes {
      id status startedOn dueOn position { code } nextPosition { code } checks { code isPassed }
      deadlines { kind state dueAt } } } }`,
    { staffId },
  );
  return postRotations.nodes;
};

describe('lists of duties', () => {
  it('[A301] come every day, week and month by the position, are completed, and alarm when they are not', async () => {
    const centre = await aCentre(service);
    await service.move(midnight('2026-03-30'));
    await adopt(service, centre, 'ANNOUNCER');
    const staffId = await aHolder(centre, 'ANNOUNCER');
    const self = viewerOf(centre, 'clerk', staffId);
    expect(await sheetsOf(centre, staffId)).toEqual([]);
    const first = dayAfter(await today());
    await service.move(midnight(first));
    const [daily] = (await sheetsOf(centre, staffId)).filter(({ cycle }) => cycle === 'DAILY');
    expect(daily).toMatchObject({ startsOn: first, endsOn: dayAfter(first), status: 'OPEN' });
    expect(daily?.checks.map(({ code }) => code).toSorted()).toEqual([
      'BROADCASTS_LOGGED',
      'BROADCASTS_ON_TIME',
      'EQUIPMENT_TESTED',
    ]);
    const some = { id: daily?.id, results: [{ code: 'EQUIPMENT_TESTED', isPassed: true }] };
    const missing = await refusal(service, self, 'completePositionDuties', 'positionDutySheet', some);
    expect(missing.violations).toMatchObject([{ reason: 'CHECK_MISSING' }, { reason: 'CHECK_MISSING' }]);
    const results = (daily?.checks ?? []).map(({ code }) => ({ code, isPassed: code !== 'BROADCASTS_ON_TIME' }));
    await act(service, self, 'completePositionDuties', 'positionDutySheet', { id: daily?.id, results });
    const told = () => notices(service, centre.communityId);
    expect((await told()).filter(({ template }) => template === 'dutiesUndone')).toHaveLength(1);
    // From Tuesday the 31st of March to Monday the 6th of April.
    await service.move(midnight('2026-04-06'));
    const sheets = await sheetsOf(centre, staffId);
    const counts = (cycle: string) => sheets.filter((sheet) => sheet.cycle === cycle).length;
    expect([counts('DAILY'), counts('WEEKLY'), counts('MONTHLY')]).toEqual([7, 1, 1]);
    const [completed, forgotten] = sheets.filter(({ cycle }) => cycle === 'DAILY');
    expect(completed?.deadlines).toMatchObject([{ state: 'MET' }]);
    expect(forgotten?.deadlines).toMatchObject([{ state: 'BREACHED' }]);
    const alarms = (await told()).filter(({ template }) => template.startsWith('deadline')).map(({ role }) => role);
    expect(new Set(alarms)).toEqual(new Set([null, 'supervisor', 'director']));
  });

  it('[B053] rest on the seventh day, and end with the post', async () => {
    const centre = await aCentre(service);
    await registerOwn(service, centre, 'PORTER', {
      weeklyWorkDays: 6,
      duties: [{ code: 'DOORS', label: '检查门禁', cycle: 'DAILY' }],
    });
    const staffId = await aHolder(centre, 'PORTER', { role: 'GUARD' });
    const start = await today();
    await service.move(midnight(dayAfter(start, 7)));
    const sheets = await sheetsOf(centre, staffId);
    expect(sheets).toHaveLength(6);
    expect(sheets.every(({ startsOn }) => new Date(startsOn).getUTCDay() !== 0)).toBe(true);
    expect(sheets[0]?.checks).toMatchObject([{ label: '检查门禁' }]);
    const postId = (await look(service, centre.director, staffId)).posts.find(({ role }) => role === 'GUARD')?.id;
    const ended = { id: staffId, postId, validTo: await today() };
    const own = (await look(service, centre.director, staffId)).posts.filter(({ validFrom }) => validFrom === start);
    await service.ok(centre.director, change('endStaffPost'), { input: { ...ended, postId: own[0]?.id } });
    const open = (await sheetsOf(centre, staffId)).filter(({ status }) => status === 'OPEN');
    expect(open.every(({ endsOn }) => endsOn <= ended.validTo)).toBe(true);
  });
});

describe('rotation', () => {
  it('[A202] is due after half a year, and takes the mastery of every process', async () => {
    const centre = await aCentre(service);
    await adopt(service, centre, 'ANNOUNCER');
    await adopt(service, centre, 'BAG_KEEPER');
    await registerOwn(service, centre, 'GREETER');
    const staffId = await aHolder(centre, 'ANNOUNCER');
    const start = await today();
    await service.move(midnight(dayAfter(start)));
    const [turn] = await rotationOf(centre, staffId);
    const dueOn = addMonths(start, 6);
    expect(turn).toMatchObject({ status: 'OPEN', startedOn: start, dueOn, position: { code: 'ANNOUNCER' } });
    const move = (overrides: object) => ({ id: turn?.id, toPositionCode: 'BAG_KEEPER', movesOn: dueOn, ...overrides });
    const notMoved = (overrides: object = {}) =>
      refusal(service, centre.supervisor, 'completePostRotation', 'postRotation', move(overrides));
    expect(await notMoved({ toPositionCode: 'GREETER' })).toMatchObject({ reason: 'ROTATION_GROUP', rule: 'A202' });
    expect(await notMoved({ movesOn: dayAfter(dueOn, -31) })).toMatchObject({ reason: 'ROTATION_TOO_EARLY' });
    const lacking = await notMoved();
    expect(lacking.violations?.map(({ reason, rule }) => `${reason} ${rule}`)).toEqual(
      Array.from({ length: 5 }, () => 'MASTERY_MISSING A202'),
    );
    const results = ((turn?.['checks'] ?? []) as { code: string }[]).map(({ code }) => ({ code, isPassed: true }));
    const confirm = { id: turn?.id, results };
    const self = viewerOf(centre, 'supervisor', staffId);
    expect(await refusal(service, self, 'confirmProcessMastery', 'postRotation', confirm)).toMatchObject({
      reason: 'OWN_REQUEST',
    });
    await act(service, centre.supervisor, 'confirmProcessMastery', 'postRotation', confirm);
    const early = move({ movesOn: dayAfter(dueOn, -30) });
    await act(service, centre.supervisor, 'completePostRotation', 'postRotation', early);
    const rotated = { status: 'ROTATED', nextPosition: { code: 'BAG_KEEPER' }, deadlines: [{ state: 'MET' }] };
    expect(await rotationOf(centre, staffId)).toMatchObject([rotated]);
    const { posts } = await look(service, centre.director, staffId);
    expect(posts.slice(-2)).toMatchObject([{ validTo: early.movesOn }, { validFrom: early.movesOn, validTo: null }]);
  });

  it('[A202] that is not done is alarmed the day after the half-year', async () => {
    const centre = await aCentre(service);
    await registerOwn(service, centre, 'ONE', { rotationGroup: 'PAIR' });
    const staffId = await aHolder(centre, 'ONE');
    const start = await today();
    const dueOn = addMonths(start, 6);
    const state = async () => (await rotationOf(centre, staffId))[0]?.['deadlines'];
    await service.move(midnight(dayAfter(start)));
    const turn = await rotationOf(centre, staffId);
    const others = "update timer set state = 'CANCELLED' where state = 'WAITING' and aggregate_id is distinct from $1";
    await service.sql(others, [turn[0]?.id]);
    await service.move(midnight(dueOn));
    expect(await state()).toMatchObject([{ kind: 'POST_ROTATION', state: 'RUNNING' }]);
    await service.move(midnight(dayAfter(dueOn)));
    await service.move({ advance: 'PT1S' });
    expect(await state()).toMatchObject([{ state: 'BREACHED' }]);
  });
});

describe('handover of a post', () => {
  const items = ['BOOKS', 'VOUCHERS', 'SEALS', 'CASH_AND_ACCOUNTS', 'KEYS', 'OPEN_MATTERS'];

  it('[A330] an accountant leaves when a successor has accepted everything before a witness', async () => {
    const centre = await aCentre(service);
    await adopt(service, centre, 'ACCOUNTANT');
    const staffId = await aHolder(centre, 'ACCOUNTANT', { role: 'CASHIER' });
    await qualify(service, centre, staffId);
    const [successorId, witnessId] = [
      await aNewcomer(service, centre, 'CLERK'),
      await aNewcomer(service, centre, 'CLERK'),
    ];
    const leftOn = dayAfter(await today());
    const leaving = { input: { id: staffId, leftOn, reasonCode: 'RESIGNED' } };
    const missing = await service.refused(centre.director, change('recordStaffLeaving'), leaving);
    expect(missing.extensions).toMatchObject({ reason: 'POST_HANDOVER_MISSING', rule: 'A330' });
    const post = (await look(service, centre.director, staffId)).posts.find(({ role }) => role === 'CASHIER');
    const open = { staffId, postId: post?.id, successorId, witnessId };
    const two = { ...open, witnessId: successorId };
    expect(await refusal(service, centre.supervisor, 'openPostHandover', 'postHandover', two)).toMatchObject({
      reason: 'POST_HANDOVER_PARTIES',
    });
    const { id } = await act(service, centre.supervisor, 'openPostHandover', 'postHandover', open);
    const ended = { input: { id: staffId, postId: post?.id, validTo: leftOn } };
    const stillMissing = await service.refused(centre.director, change('endStaffPost'), ended);
    expect(stillMissing.extensions).toMatchObject({ reason: 'POST_HANDOVER_MISSING' });
    const results = items.map((code) => ({ code, isPassed: code !== 'SEALS' }));
    const witness = viewerOf(centre, 'clerk', witnessId);
    expect(await refusal(service, witness, 'acceptPostHandover', 'postHandover', { id, results })).toMatchObject({
      reason: 'HANDOVER_NOT_YOURS',
    });
    const successor = viewerOf(centre, 'clerk', successorId);
    expect(await refusal(service, successor, 'acceptPostHandover', 'postHandover', { id, results })).toMatchObject({
      reason: 'CHECK_NOT_PASSED',
      rule: 'A330',
    });
    const whole = { id, results: items.map((code) => ({ code, isPassed: true })) };
    await act(service, successor, 'acceptPostHandover', 'postHandover', whole);
    const selection = 'status checks { code label isPassed }';
    expect(await see(service, witness, 'postHandover', id, selection)).toMatchObject({ status: 'ACCEPTED' });
    await service.ok(centre.director, change('recordStaffLeaving'), leaving);
  });
});
