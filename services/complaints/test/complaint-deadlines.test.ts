import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  clocksOf,
  factsOf,
  handled,
  lastFact,
  proceeded,
  startComplaints,
  toldBy,
} from './complaints-fixture.ts';

let service: TestService;

beforeAll(async () => {
  service = await startComplaints();
});
afterAll(() => service?.stop());

const state = async (clerk: Parameters<typeof clocksOf>[1], id: string, kind: string) =>
  (await clocksOf(service, clerk, id))[kind]?.state;

describe('time limits of complaints', () => {
  it('[A036] a minor one is warned of, breached and escalated to the director', async () => {
    const estate = await anEstate(service);
    const id = await aComplaint(service, estate);
    const { SOLUTION } = await clocksOf(service, estate.clerk, id);
    const [from, due] = [Date.parse(SOLUTION?.startedAt ?? ''), Date.parse(SOLUTION?.dueAt ?? '')];
    await service.move({ set: new Date(from + 0.8 * (due - from) - 1000) });
    expect(await toldBy(service, id, 'deadlineWarned')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await toldBy(service, id, 'deadlineWarned')).toEqual([['supervisor', 'SECURITY']]);
    await service.move({ set: new Date(due) });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([['supervisor', 'SECURITY']]);
    await service.move({ set: new Date(due + (due - from) - 1000) });
    expect(await toldBy(service, id, 'deadlineEscalated')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await toldBy(service, id, 'deadlineEscalated')).toEqual([['director', null]]);
    expect((await factsOf(service, id)).map(([fact]) => fact)).toEqual([
      'registered',
      'deadline-started',
      'deadline-warned',
      'deadline-breached',
    ]);
  });

  it('[A097] a breach stays on record when it is solved late, and nobody can edit it', async () => {
    const estate = await anEstate(service);
    const id = await aComplaint(service, estate);
    await service.move({ advance: 'P3D' });
    await handled(service, estate, id);
    await proceeded(service, estate, id);
    await act(service, estate.clerk, 'resolveComplaint', { id, result: '已处理' });
    const { SOLUTION } = await clocksOf(service, estate.clerk, id);
    expect(SOLUTION).toMatchObject({ state: 'BREACHED', metAt: (await service.now()).toISOString() });
    expect(await lastFact(service, id, 'resolved')).toMatchObject({ isInTime: false });
    for (const change of ['breached_at = null', `state = 'MET'`, `breached_at = breached_at + interval '1 day'`]) {
      const edit = service.sql(`update deadline set ${change} where aggregate_id = $1 and kind = 'SOLUTION'`, [id]);
      await expect(edit).rejects.toThrow();
    }
    expect(await state(estate.clerk, id, 'SOLUTION')).toBe('BREACHED');
  });

  it('[A096] an important one that reaches no supervisor within the hour is a breach', async () => {
    const estate = await anEstate(service);
    const id = await aComplaint(service, estate, { categoryCode: 'FEES' });
    await service.move({ advance: 'PT1H' });
    expect(await state(estate.clerk, id, 'SUPERVISOR_REFERRAL')).toBe('RUNNING');
    await service.move({ advance: 'PT1S' });
    expect(await state(estate.clerk, id, 'SUPERVISOR_REFERRAL')).toBe('BREACHED');
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
  });

  it('[A094] a major one that is not answered or solved in time is breached to the director', async () => {
    const estate = await anEstate(service);
    const id = await aComplaint(service, estate, { effects: ['SAFETY'] });
    await act(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note: '请决定' });
    const { ANSWER, SOLUTION } = await clocksOf(service, estate.clerk, id);
    for (const [kind, clock] of [['ANSWER', ANSWER] as const, ['SOLUTION', SOLUTION] as const]) {
      await service.move({ set: new Date(clock?.dueAt ?? '') });
      expect(await state(estate.clerk, id, kind)).toBe('RUNNING');
      await service.move({ advance: 'PT1S' });
      expect(await state(estate.clerk, id, kind)).toBe('BREACHED');
    }
    const directors = (await toldBy(service, id, 'deadlineBreached')).filter(([role]) => role === 'director');
    expect(directors).toHaveLength(2);
  });
});
