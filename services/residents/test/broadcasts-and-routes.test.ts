import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import { reasonsOf, toldOf } from './passes-fixture.ts';
import { acting, residentOf, staffOf } from './procedure-fixture.ts';
import { aCompany, aHousehold, factsAfter, startResidents, type Company } from './residents-fixture.ts';

let service: TestService;
let company: Company;

beforeAll(async () => {
  service = await startResidents();
  company = await aCompany(service);
});
afterAll(() => service?.stop());

const hour = 3_600_000;
const day = 24 * hour;
const dayAfter = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * hour + days * day).toISOString().slice(0, 10);
const at = (date: string, time: string): Date => new Date(Date.parse(`${date}T${time}+08:00`));

describe('broadcasts', () => {
  const fields = `id status title text times weekdays validFrom validTo reason { code }
    runs { id dueAt status readAt readBy { id } } deadlines { kind state dueAt rule }`;
  type Script = {
    id: string;
    status: string;
    runs: { status: string; dueAt: string }[];
    deadlines: { state: string }[];
  };
  const scripts = () => acting(service, 'broadcastScript', fields);
  const draft = () => ({ communityId: company.communityId, kind: 'CLOSING', title: '闭场', text: '尊敬的顾客……' });
  const lookAt = async (id: string): Promise<Script> => {
    const document = `query ($id: ID!) { broadcastScript(id: $id) { ${fields} } }`;
    return (await service.ok<{ broadcastScript: Script }>(staffOf(company, 'guard'), document, { id })).broadcastScript;
  };
  const everyDay = async (days: number) => ({
    times: ['21:30:00'],
    weekdays: [1, 2, 3, 4, 5, 6, 7],
    validFrom: await dayAfter(1),
    validTo: await dayAfter(1 + days),
  });

  async function approved(): Promise<string> {
    const { id } = await scripts().act<Script>(company.clerk, 'draftBroadcastScript', draft());
    await scripts().act(staffOf(company, 'supervisor'), 'approveBroadcastScript', { id });
    return id;
  }

  it('[A309] are approved by somebody else, and not changed afterwards', async () => {
    const { act, refusal } = scripts();
    const wrong = { ...draft(), title: ' ', placeId: newId() };
    const violations = reasonsOf(await refusal(company.clerk, 'draftBroadcastScript', wrong));
    expect(violations).toEqual(['PLACE_UNKNOWN A309', 'TEXT_REQUIRED -']);
    const supervisor = staffOf(company, 'supervisor');
    const { id } = await act<Script>(supervisor, 'draftBroadcastScript', draft());
    const own = await refusal(supervisor, 'approveBroadcastScript', { id });
    expect([own.reason, own.rule]).toEqual(['OWN_WORK', 'A309']);
    await act(company.clerk, 'changeBroadcastScript', { id, text: '欢迎再次光临' });
    expect((await refusal(company.clerk, 'approveBroadcastScript', { id })).reason).toBe('ACCESS_DENIED');
    expect(await act(supervisor, 'approveBroadcastScript', { id })).toMatchObject({
      status: 'APPROVED',
      title: '闭场',
      text: '欢迎再次光临',
    });
    expect((await refusal(company.clerk, 'changeBroadcastScript', { id, text: '别的' })).reason).toBe(
      'ILLEGAL_TRANSITION',
    );
    const read = await act<Script>(staffOf(company, 'guard'), 'recordBroadcast', { id });
    expect(read.runs).toMatchObject([{ status: 'READ' }]);
  });

  it('[A309] are scheduled for ninety days at most, and each time is read out within ten minutes', async () => {
    const { act, refusal } = scripts();
    const id = await approved();
    const schedule = { id, ...(await everyDay(2)) };
    const long = { ...schedule, validTo: await dayAfter(92), weekdays: [8] };
    expect(reasonsOf(await refusal(company.clerk, 'scheduleBroadcastScript', long))).toEqual([
      'SCHEDULE_TOO_LONG A309',
      'WEEKDAY_UNKNOWN A309',
    ]);
    await act(company.clerk, 'scheduleBroadcastScript', schedule);
    const early = await refusal(company.clerk, 'recordBroadcast', { id });
    expect([early.reason, early.rule]).toEqual(['NOTHING_DUE', 'A309']);
    const first = at(schedule.validFrom, '21:30:00');
    await service.move({ set: first });
    const dueAt = new Date(first.getTime() + 10 * 60_000).toISOString();
    expect(await lookAt(id)).toMatchObject({
      runs: [{ status: 'DUE', dueAt: first.toISOString() }],
      deadlines: [{ kind: 'BROADCAST', state: 'RUNNING', dueAt, rule: 'A309' }],
    });
    await act(staffOf(company, 'guard'), 'recordBroadcast', { id });
    expect(await lookAt(id)).toMatchObject({ runs: [{ status: 'READ' }], deadlines: [{ state: 'MET' }] });
    const second = new Date(first.getTime() + day);
    await service.move({ set: new Date(second.getTime() + 10 * 60_000 + 1) });
    expect((await toldOf(service, id)).at(-1)).toMatchObject({ template: 'deadlineBreached', role: 'supervisor' });
    await service.move({ set: at(schedule.validTo, '00:00:00') });
    expect(await lookAt(id)).toMatchObject({
      status: 'ENDED',
      runs: [{ status: 'MISSED' }, { status: 'READ' }],
      deadlines: [{ state: 'MET' }, { state: 'BREACHED' }],
    });
  });

  it('[A309] are missed when their next time comes, and withdrawn for a reason', async () => {
    const { act, refusal } = scripts();
    const id = await approved();
    const schedule = { id, ...(await everyDay(90)) };
    await act(company.clerk, 'scheduleBroadcastScript', schedule);
    await service.move({ set: at(schedule.validFrom, '21:30:00') });
    await service.move({ advance: 'P1D' });
    expect((await lookAt(id)).runs.map(({ status }) => status)).toEqual(['DUE', 'MISSED']);
    expect((await refusal(company.clerk, 'withdrawBroadcastScript', { id, reasonCode: 'LOUD' })).rule).toBe('A309');
    const gone = await act<Script>(company.clerk, 'withdrawBroadcastScript', { id, reasonCode: 'COMPLAINED_OF' });
    expect(gone).toMatchObject({ status: 'WITHDRAWN', reason: { code: 'COMPLAINED_OF' } });
    await service.move({ advance: 'P2D' });
    expect((await lookAt(id)).runs).toHaveLength(2);
  });
});

describe('counter-signing routes', () => {
  const fields = `id number kind status title round departments { code } nextDepartment { code label } openedBy { id }
    steps { round department { code } decision decidedBy { id } reason } reason { code }
    deadlines { kind state rule } signatures { role }`;
  type Route = {
    id: string;
    status: string;
    round: number;
    nextDepartment: { code: string } | null;
    deadlines: { state: string }[];
    steps: { round: number; decision: string; reason: string | null }[];
  };
  const routes = () => acting(service, 'counterSignRoute', fields);

  /** The supervisor of a department. */
  const head = (departmentCode: string): Viewer => ({
    ...staffOf(company, 'supervisor'),
    departments: [departmentCode],
  });

  async function aMoveOut(): Promise<string> {
    const home = await aHousehold(service, company);
    const input = { householdId: home.id, unitId: home.unitId, leavesOn: await dayAfter(30) };
    const moveOuts = acting(service, 'moveOut', 'id');
    return (await moveOuts.act<{ id: string }>(residentOf(company, home), 'openMoveOut', input)).id;
  }

  const opened = async (viewer: Viewer = company.clerk): Promise<Route> => {
    const about = { kind: 'MOVE_OUT', subjectId: await aMoveOut(), title: '刘洋退场会签' };
    return routes().act<Route>(viewer, 'openCounterSignRoute', { communityId: company.communityId, ...about });
  };

  it('[B010] go round the departments in their order, each signing for itself within a working day', async () => {
    const { act, refusal } = routes();
    const route = await opened();
    const { id } = route;
    expect(route).toMatchObject({
      status: 'OPEN',
      title: '刘洋退场会签',
      departments: [{ code: 'CUSTOMER_SERVICE' }, { code: 'FINANCE' }, { code: 'SECURITY' }],
      nextDepartment: { code: 'CUSTOMER_SERVICE' },
      openedBy: { id: company.clerk.staffId },
      deadlines: [{ kind: 'COUNTER_SIGN_TURN', state: 'RUNNING', rule: 'B010' }],
    });
    const sign = (viewer: Viewer, departmentCode: string) =>
      act<Route>(viewer, 'signCounterSignRoute', { id, departmentCode });
    const refused = async (viewer: Viewer, departmentCode: string) => {
      const { reason, rule } = await refusal(viewer, 'signCounterSignRoute', { id, departmentCode });
      return [reason, rule];
    };
    expect(await refused(head('FINANCE'), 'FINANCE')).toEqual(['NOT_ITS_TURN', 'B010']);
    expect(await refused(head('FINANCE'), 'CUSTOMER_SERVICE')).toEqual(['NOT_OF_DEPARTMENT', 'B010']);
    expect((await refused(company.clerk, 'CUSTOMER_SERVICE'))[0]).toBe('ACCESS_DENIED');
    expect((await sign(head('CUSTOMER_SERVICE'), 'CUSTOMER_SERVICE')).nextDepartment?.code).toBe('FINANCE');
    await service.move({ advance: 'P5D' });
    const told = (await toldOf(service, id)).map(({ template, role }) => [template, role]);
    expect(told).toEqual(
      expect.arrayContaining([
        ['deadlineBreached', 'supervisor'],
        ['deadlineEscalated', 'director'],
      ]),
    );
    await sign(head('FINANCE'), 'FINANCE');
    const done = await sign(company.director, 'SECURITY');
    expect(done).toMatchObject({
      status: 'COMPLETED',
      nextDepartment: null,
      steps: [{ decision: 'SIGNED' }, { decision: 'SIGNED' }, { decision: 'SIGNED' }],
      deadlines: [{ state: 'MET' }, { state: 'BREACHED' }, { state: 'MET' }],
      signatures: [{ role: 'PROPERTY' }, { role: 'PROPERTY' }, { role: 'PROPERTY' }],
    });
    expect((await toldOf(service, id)).at(-1)?.template).toBe('counterSignCompleted');
    expect((await factsAfter(service, id, 0)).map(([type]) => type)).toContain('counter-sign-route.completed.v1');
    expect((await refusal(company.clerk, 'cancelCounterSignRoute', { id, reasonCode: 'WITHDRAWN' })).reason).toBe(
      'ILLEGAL_TRANSITION',
    );
  });

  it('[B010] come back with a reason, and go round anew once it is put right', async () => {
    const { act, refusal } = routes();
    const { id } = await opened();
    await act(head('CUSTOMER_SERVICE'), 'signCounterSignRoute', { id, departmentCode: 'CUSTOMER_SERVICE' });
    const back = { id, departmentCode: 'FINANCE', reason: '欠费未结清' };
    expect((await refusal(head('FINANCE'), 'returnCounterSignRoute', { ...back, reason: ' ' })).reason).toBe(
      'REASON_REQUIRED',
    );
    const returned = await act<Route>(head('FINANCE'), 'returnCounterSignRoute', back);
    expect(returned).toMatchObject({ status: 'RETURNED', nextDepartment: null });
    expect(returned.steps.at(-1)).toMatchObject({ decision: 'RETURNED', reason: '欠费未结清' });
    expect((await toldOf(service, id)).at(-1)).toMatchObject({
      template: 'counterSignReturned',
      params: { department: 'FINANCE' },
    });
    const sign = { id, departmentCode: 'FINANCE' };
    expect((await refusal(head('FINANCE'), 'signCounterSignRoute', sign)).reason).toBe('ILLEGAL_TRANSITION');
    expect(await act(company.clerk, 'resubmitCounterSignRoute', { id })).toMatchObject({
      status: 'OPEN',
      round: 2,
      nextDepartment: { code: 'CUSTOMER_SERVICE' },
    });
    expect(JSON.stringify(await service.events())).not.toContain('欠费未结清');
    const own = await opened(head('CUSTOMER_SERVICE'));
    const cancelled = await act(company.clerk, 'cancelCounterSignRoute', { id, reasonCode: 'WITHDRAWN' });
    expect(cancelled).toMatchObject({ status: 'CANCELLED', reason: { code: 'WITHDRAWN' } });
    expect(own.status).toBe('OPEN');
  });

  it('[B010] are about a procedure that is there and on no other route, and nobody signs their own', async () => {
    const { act, refusal } = routes();
    const { communityId } = company;
    const open = (input: object) => refusal(company.clerk, 'openCounterSignRoute', { communityId, ...input });
    const subjectId = await aMoveOut();
    expect(reasonsOf(await open({ kind: 'MANDATE', subjectId, title: ' ' }))).toEqual([
      'SUBJECT_UNKNOWN B010',
      'TEXT_REQUIRED B010',
    ]);
    expect(reasonsOf(await open({ kind: 'DECORATION', subjectId, title: '装修' }))).toEqual(['SUBJECT_UNKNOWN B010']);
    expect(reasonsOf(await open({ kind: 'OTHER', subjectId, title: '其他' }))).toEqual(['SUBJECT_UNKNOWN B010']);
    const input = { communityId, kind: 'MOVE_OUT', subjectId, title: '退场' };
    await act(company.clerk, 'openCounterSignRoute', input);
    expect((await open({ kind: 'MOVE_OUT', subjectId, title: '退场' })).reason).toBe('SUBJECT_ON_ROUTE');
    const boss = head('CUSTOMER_SERVICE');
    const other = { communityId, kind: 'OTHER', title: '临时活动' };
    const { id } = await act<Route>(boss, 'openCounterSignRoute', other);
    const own = await refusal(boss, 'signCounterSignRoute', { id, departmentCode: 'CUSTOMER_SERVICE' });
    expect([own.reason, own.rule]).toEqual(['OWN_WORK', 'B010']);
    expect((await refusal(company.clerk, 'cancelCounterSignRoute', { id, reasonCode: 'NO' })).rule).toBe('B010');
    const document = `{ counterSignRoutes(filter: { departmentCode: "CUSTOMER_SERVICE", kind: [OTHER] }) { nodes { id } } }`;
    expect(await service.ok(company.clerk, document)).toEqual({ counterSignRoutes: { nodes: [{ id }] } });
  });
});
