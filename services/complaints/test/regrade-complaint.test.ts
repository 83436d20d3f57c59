import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  aForm,
  anEstate,
  clocksOf,
  lastFact,
  reasons,
  refusal,
  see,
  startComplaints,
  toldBy,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

const reason = '多户受影响';

describe('regradeComplaint', () => {
  it('[A094] [A095] a complaint that becomes major starts the clocks of the grade now, and the director is told', async () => {
    const home = await anEstate(service);
    const id = await aComplaint(service, home);
    await service.move({ advance: 'P1D' });
    const now = (await service.now()).toISOString();
    await act(service, home.clerk, 'regradeComplaint', { id, grade: 'MAJOR', effects: ['DAILY_LIFE'], reason });
    const clocks = await clocksOf(service, home.clerk, id);
    expect(clocks).toMatchObject({
      DIRECTOR_REFERRAL: { startedAt: now, dueAt: '2026-03-03T16:00:00.000Z', state: 'RUNNING' },
      ANSWER: { startedAt: now, dueAt: '2026-03-05T16:00:00.000Z', state: 'RUNNING' },
      SOLUTION: { startedAt: now, dueAt: '2026-03-13T16:00:00.000Z', rule: 'A094', state: 'RUNNING' },
    });
    expect(await see(service, home.clerk, id, 'grade effects dueAt')).toEqual({
      grade: 'MAJOR',
      effects: ['DAILY_LIFE'],
      dueAt: '2026-03-13T16:00:00.000Z',
    });
    expect(await toldBy(service, id, 'complaintMajor')).toEqual([['director', null]]);
    expect(await lastFact(service, id, 'regraded')).toEqual({ complaintId: id, grade: 'MAJOR', formerGrade: 'MINOR' });
    expect(await see(service, home.clerk, id, 'remarks { action text }')).toEqual({
      remarks: [{ action: 'regradeComplaint', text: reason }],
    });
  });

  it('[A036] a breach of the old grade stays on record', async () => {
    const home = await anEstate(service);
    const id = await aComplaint(service, home);
    await service.move({ advance: 'P4D' });
    await act(service, home.clerk, 'regradeComplaint', { id, grade: 'IMPORTANT', reason });
    const { deadlines } = await see<{ deadlines: { kind: string; state: string }[] }>(
      service,
      home.clerk,
      id,
      'deadlines { kind state }',
    );
    expect(deadlines).toEqual([
      { kind: 'SOLUTION', state: 'BREACHED' },
      expect.objectContaining({ kind: 'SUPERVISOR_REFERRAL', state: 'RUNNING' }),
      expect.objectContaining({ kind: 'SOLUTION', state: 'RUNNING' }),
    ]);
  });

  it('[A095] is lowered by supervisors and above, from the reception on', async () => {
    const id = await aComplaint(service, estate, { categoryCode: 'FEES' });
    const { receivedAt } = await see<{ receivedAt: string }>(service, estate.clerk, id, 'receivedAt');
    await service.move({ advance: 'PT30M' });
    const input = { id, grade: 'MINOR', reason: '仅为个别情况' };
    expect(await refusal(service, estate.clerk, 'regradeComplaint', input, 'zh-CN')).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'GRADE_LOWERING_DENIED',
      message: '只有主管及以上人员可以降低投诉等级。',
    });
    await act(service, estate.supervisor, 'regradeComplaint', input);
    const clocks = await clocksOf(service, estate.clerk, id);
    expect(clocks['SOLUTION']).toMatchObject({ startedAt: receivedAt, rule: 'A097', state: 'RUNNING' });
    expect(clocks['SUPERVISOR_REFERRAL']).toMatchObject({ state: 'CANCELLED' });
  });

  it('[A035] takes the decision about a complaint that becomes major from the desk', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'regradeComplaint', { id, grade: 'MAJOR', reason });
    expect(await reasons(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] })).toEqual([
      'DIRECTOR_DECIDES',
    ]);
  });

  it.each([
    [{ grade: 'MINOR', reason }, 'NOTHING_CHANGED'],
    [{ grade: 'IMPORTANT', effects: ['SAFETY'], reason }, 'GRADE_TOO_LOW'],
    [{ grade: 'MAJOR', reason: '' }, 'REASON_REQUIRED'],
  ])('[A095] refuses %j with %s', async (overrides, expected) => {
    const id = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'regradeComplaint', { id, ...overrides })).toEqual([expected]);
  });
});
