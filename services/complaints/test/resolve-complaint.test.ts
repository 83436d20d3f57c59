import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  aForm,
  anEstate,
  answered,
  aResolved,
  clocksOf,
  handled,
  lastFact,
  proceeded,
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

const result = '已制止并加强巡查';

describe('answerComplaint', () => {
  it('[A094] a clear reply meets its limit, and nothing major is solved before it', async () => {
    const id = await aComplaint(service, estate, { effects: ['SAFETY'] });
    await act(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note: '请决定' });
    await act(service, estate.director, 'decideComplaint', { id, decision: '立即整改', forms: [aForm()] });
    await answered(service, estate, id);
    await proceeded(service, estate, id);
    expect(await refusal(service, estate.clerk, 'resolveComplaint', { id, result })).toMatchObject({
      reason: 'ANSWER_MISSING',
      rule: 'A094',
    });
    await act(service, estate.clerk, 'answerComplaint', { id, answer: '三日内整改完毕', means: 'IN_PERSON' });
    const answeredAt = (await service.now()).toISOString();
    expect((await clocksOf(service, estate.clerk, id))['ANSWER']).toMatchObject({ state: 'MET', metAt: answeredAt });
    expect(await lastFact(service, id, 'answered')).toEqual({ complaintId: id, answeredAt, means: 'IN_PERSON' });
    expect((await act(service, estate.clerk, 'resolveComplaint', { id, result })).status).toBe('RESOLVED');
  });

  it('[A094] refuses a reply without words', async () => {
    const id = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'answerComplaint', { id, answer: ' ', means: 'PHONE' })).toEqual([
      'TEXT_REQUIRED',
    ]);
  });
});

describe('resolveComplaint', () => {
  it('[A033] keeps the result, the fifth field of the record; telling and visiting fall due', async () => {
    const id = await aResolved(service, estate);
    const resolvedAt = (await service.now()).toISOString();
    expect(await see(service, estate.resident, id, 'status resolvedAt result')).toEqual({
      status: 'RESOLVED',
      resolvedAt,
      result: '已制止噪音，物业加强夜间巡查',
    });
    const clocks = await clocksOf(service, estate.clerk, id);
    expect(clocks).toMatchObject({
      SOLUTION: { state: 'MET', metAt: resolvedAt },
      RESULT_TELLING: { state: 'RUNNING', rule: 'A098', dueAt: '2026-03-02T16:00:00.000Z' },
      RETURN_VISIT: { state: 'RUNNING', rule: 'A037', dueAt: '2026-03-04T16:00:00.000Z' },
    });
    expect(await lastFact(service, id, 'resolved')).toEqual({
      complaintId: id,
      householdId: estate.householdId,
      resolvedAt,
      isInTime: true,
      round: 1,
    });
    const [row] = await service.sql('select * from complaint where id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/巡查/);
    expect(await toldBy(service, id, 'complaintResultDue')).toEqual([['clerk', null]]);
  });

  it('names all that stands in the way at once', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
    await act(service, estate.clerk, 'requestComplaintRepair', {
      id,
      tradeCode: 'GENERAL',
      problemCode: 'OTHER_REPAIR',
    });
    expect(await reasons(service, estate.clerk, 'resolveComplaint', { id, result })).toEqual([
      'CONTACT_MISSING',
      'RESPONSIBILITY_MISSING',
      'FORM_UNANSWERED',
      'REPAIR_OPEN',
    ]);
  });

  it.each([
    [{ result: ' ' }, 'RESULT_REQUIRED'],
    [{ result, occurredAt: '2027-03-02T01:00:00.000Z' }, 'IN_THE_FUTURE'],
    [{ result, occurredAt: '2026-03-02T00:59:59.000Z' }, 'OUT_OF_ORDER'],
    [{ result, occurredAt: '2026-02-01T00:00:00.000Z' }, 'TOO_FAR_BACK'],
  ])('[A033] refuses %j with %s', async (input, expected) => {
    const id = await aComplaint(service, estate);
    await handled(service, estate, id);
    await proceeded(service, estate, id);
    expect(await reasons(service, estate.clerk, 'resolveComplaint', { id, ...input })).toContain(expected);
  });

  it('[A032] another agency’s request is resolved and archived without anybody to tell', async () => {
    const nobody = { contactName: null, contactPhone: null, course: null, demand: null, placeId: estate.lobbyId };
    const source = { system: 'NYC311', key: newId() };
    const id = await aComplaint(service, estate, { ...nobody, channelCode: 'EXTERNAL_AGENCY', source });
    await handled(service, estate, id);
    await act(service, estate.clerk, 'judgeComplaint', { id, isValid: true, responsibility: 'COMPANY' });
    await act(service, estate.clerk, 'resolveComplaint', { id, result });
    expect(Object.keys(await clocksOf(service, estate.clerk, id))).toEqual(['SOLUTION']);
    expect(await reasons(service, estate.clerk, 'tellComplaintResult', { id, means: 'PHONE' })).toEqual([
      'NOBODY_TO_TELL',
    ]);
    expect((await act(service, estate.clerk, 'archiveComplaint', { id })).status).toBe('ARCHIVED');
  });
});

describe('tellComplaintResult', () => {
  it('[A098] the resident is told the result the same day by phone or in person', async () => {
    const id = await aResolved(service, estate);
    expect(await refusal(service, estate.clerk, 'tellComplaintResult', { id, means: 'MESSAGE' })).toMatchObject({
      reason: 'MEANS_NOT_PERSONAL',
      rule: 'A098',
      message: 'The result is told by phone or in person.',
    });
    await act(service, estate.clerk, 'tellComplaintResult', { id, means: 'PHONE', note: '住户表示认可' });
    const toldAt = (await service.now()).toISOString();
    expect((await clocksOf(service, estate.clerk, id))['RESULT_TELLING']).toMatchObject({
      state: 'MET',
      metAt: toldAt,
    });
    expect(await lastFact(service, id, 'result-told')).toEqual({ complaintId: id, toldAt, means: 'PHONE' });
    expect(await reasons(service, estate.clerk, 'tellComplaintResult', { id, means: 'IN_PERSON' })).toEqual([
      'RESULT_TOLD_ALREADY',
    ]);
  });

  it('[A098] a result that is not told on its day is a breach', async () => {
    const home = await anEstate(service);
    const id = await aResolved(service, home);
    await service.move({ set: new Date('2026-03-02T16:00:00.000Z') });
    expect((await clocksOf(service, home.clerk, id))['RESULT_TELLING']).toMatchObject({ state: 'RUNNING' });
    await service.move({ advance: 'PT1S' });
    expect((await clocksOf(service, home.clerk, id))['RESULT_TELLING']).toMatchObject({ state: 'BREACHED' });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
  });
});
