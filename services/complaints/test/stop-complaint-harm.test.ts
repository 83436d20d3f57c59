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

const harmful = { isHarmOngoing: true, categoryCode: 'PUBLIC_FACILITIES' };
const measures = '关闭总阀，停止漏水';

describe('stopComplaintHarm', () => {
  it('[A099] ongoing harm is stopped first, within half an hour, and then the complaint is handled', async () => {
    const id = await aComplaint(service, estate, harmful);
    const { STOP_HARM } = await clocksOf(service, estate.clerk, id);
    expect(Date.parse(STOP_HARM?.dueAt ?? '') - Date.parse(STOP_HARM?.startedAt ?? '')).toBe(30 * 60_000);
    expect(await toldBy(service, id, 'complaintHarm')).toEqual([['supervisor', 'MAINTENANCE']]);
    const forms = [aForm('MAINTENANCE')];
    expect(await refusal(service, estate.clerk, 'routeComplaint', { id, forms }, 'zh-CN')).toMatchObject({
      code: 'CONFLICT',
      reason: 'HARM_NOT_STOPPED',
      rule: 'A099',
      message: '请先采取措施制止正在发生的损害。',
    });
    await act(service, estate.guard, 'stopComplaintHarm', { id, measures });
    expect((await clocksOf(service, estate.clerk, id))['STOP_HARM']).toMatchObject({ state: 'MET' });
    const stoppedAt = (await service.now()).toISOString();
    expect(await lastFact(service, id, 'harm-stopped')).toEqual({ complaintId: id, stoppedAt });
    expect(await see(service, estate.clerk, id, 'harmStoppedAt steps { kind note recordedBy { id } }')).toEqual({
      harmStoppedAt: stoppedAt,
      steps: [{ kind: 'HARM_STOPPED', note: measures, recordedBy: { id: estate.guard.staffId } }],
    });
    expect((await act(service, estate.clerk, 'routeComplaint', { id, forms })).status).toBe('HANDLING');
  });

  it('[A099] the director learns of harm that is not stopped in time', async () => {
    const home = await anEstate(service);
    const id = await aComplaint(service, home, harmful);
    await service.move({ advance: 'PT24M' });
    expect(await toldBy(service, id, 'deadlineWarned')).toEqual([['supervisor', 'MAINTENANCE']]);
    await service.move({ advance: 'PT6M' });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([
      ['supervisor', 'MAINTENANCE'],
      ['director', null],
    ]);
  });

  it('[A099] is put before the director, or asks for a repair, while it goes on', async () => {
    const id = await aComplaint(service, estate, harmful);
    const repair = { id, tradeCode: 'PLUMBING', problemCode: 'PIPE_BURST', isEmergency: true };
    expect((await act(service, estate.clerk, 'requestComplaintRepair', repair)).status).toBe('RECEIVED');
    const note = '水管爆裂，请支援';
    const referred = await act(service, estate.clerk, 'referComplaint', { id, reason: 'NEEDS_COORDINATION', note });
    expect(referred.status).toBe('REFERRED');
  });

  it.each([
    [{ measures: ' ' }, 'TEXT_REQUIRED'],
    [{ measures, occurredAt: '2027-03-02T01:00:00.000Z' }, 'IN_THE_FUTURE'],
    [{ measures, occurredAt: '2026-03-02T00:59:59.000Z' }, 'OUT_OF_ORDER'],
  ])('[A099] refuses %j with %s', async (input, expected) => {
    const id = await aComplaint(service, estate, harmful);
    expect(await reasons(service, estate.clerk, 'stopComplaintHarm', { id, ...input })).toEqual([expected]);
  });

  it('[A099] refuses what is no harm, or was stopped before', async () => {
    const calm = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'stopComplaintHarm', { id: calm, measures })).toEqual([
      'HARM_NOT_ONGOING',
    ]);
  });
});
