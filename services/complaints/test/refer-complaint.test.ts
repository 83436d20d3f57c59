import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  aForm,
  anEstate,
  clocksOf,
  formsOf,
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

const note = '影响多户用水，请决定';
const major = { effects: ['DAILY_LIFE'] as ['DAILY_LIFE'] };

describe('referComplaint', () => {
  it('[A094] a major complaint reaches the director the same day', async () => {
    const id = await aComplaint(service, estate, major);
    await act(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note });
    expect(await see(service, estate.director, id, 'status referralReason referredAt remarks { text }')).toEqual({
      status: 'REFERRED',
      referralReason: 'MAJOR',
      referredAt: (await service.now()).toISOString(),
      remarks: [{ text: note }],
    });
    expect((await clocksOf(service, estate.clerk, id))['DIRECTOR_REFERRAL']).toMatchObject({ state: 'MET' });
    expect(await toldBy(service, id, 'complaintReferred')).toEqual([['director', null]]);
    expect(await lastFact(service, id, 'referred')).toEqual({ complaintId: id, grade: 'MAJOR', reason: 'MAJOR' });
  });

  it('[A094] a day that ends without it is a breach that the director learns of', async () => {
    const home = await anEstate(service);
    const now = await service.now();
    const id = await aComplaint(service, home, major);
    await service.move({ set: new Date('2026-03-02T16:00:00.000Z') });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([]);
    await service.move({ advance: 'PT1S' });
    expect(await toldBy(service, id, 'deadlineBreached')).toEqual([
      ['supervisor', 'CUSTOMER_SERVICE'],
      ['director', null],
    ]);
    const { DIRECTOR_REFERRAL } = await clocksOf(service, home.clerk, id);
    expect(DIRECTOR_REFERRAL).toMatchObject({ state: 'BREACHED', startedAt: now.toISOString() });
  });

  it('[A035] so does what a department cannot do, and what is not major does not as such', async () => {
    const id = await aComplaint(service, estate);
    expect(await refusal(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note })).toMatchObject({
      reason: 'NOT_MAJOR',
      rule: 'A095',
    });
    expect(
      await reasons(service, estate.clerk, 'referComplaint', { id, reason: 'DEPARTMENT_CANNOT', note: '' }),
    ).toEqual(['REASON_REQUIRED']);
    const referred = await act(service, estate.clerk, 'referComplaint', { id, reason: 'DEPARTMENT_CANNOT', note });
    expect(referred.status).toBe('REFERRED');
  });

  it('[A207] what is beyond the authority is reported upwards', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.supervisor, 'referComplaint', { id, reason: 'BEYOND_AUTHORITY', note });
    const history = 'history(first: 1) { nodes { action reason rule } }';
    expect(await see(service, estate.director, id, history)).toEqual({
      history: { nodes: [{ action: 'referComplaint', reason: 'BEYOND_AUTHORITY', rule: 'A207' }] },
    });
  });
});

describe('decideComplaint', () => {
  it('[A035] the director decides, and the departments carry it out', async () => {
    const id = await aComplaint(service, estate, major);
    await act(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note });
    const input = { id, decision: '两部门联合处理', forms: [aForm('SECURITY'), aForm('MAINTENANCE')] };
    expect((await refusal(service, estate.supervisor, 'decideComplaint', input)).code).toBe('FORBIDDEN');
    expect((await act(service, estate.director, 'decideComplaint', input)).status).toBe('HANDLING');
    const forms = await formsOf(service, estate.supervisor, id);
    expect(forms).toMatchObject([
      { departmentCode: 'SECURITY', round: 1, state: 'ISSUED' },
      { departmentCode: 'MAINTENANCE', round: 1, state: 'ISSUED' },
    ]);
    expect(await toldBy(service, id, 'complaintContactForm')).toEqual([
      ['supervisor', 'SECURITY'],
      ['supervisor', 'MAINTENANCE'],
    ]);
    const told = forms.map(({ id: formId, departmentCode, round }) => ({ formId, departmentCode, round }));
    expect(await lastFact(service, id, 'decided')).toEqual({ complaintId: id, forms: told });
    expect(await see(service, estate.clerk, id, 'decidedAt departmentCodes')).toEqual({
      decidedAt: (await service.now()).toISOString(),
      departmentCodes: ['SECURITY', 'MAINTENANCE'],
    });
  });

  it('[A035] refuses a decision without words or forms, and about what was not put before the director', async () => {
    const id = await aComplaint(service, estate, major);
    const input = { id, decision: '联合处理', forms: [aForm()] };
    expect(await reasons(service, estate.director, 'decideComplaint', input)).toEqual(['ILLEGAL_TRANSITION']);
    await act(service, estate.clerk, 'referComplaint', { id, reason: 'MAJOR', note });
    expect(await reasons(service, estate.director, 'decideComplaint', { ...input, forms: [] })).toEqual([
      'FORM_REQUIRED',
    ]);
    expect(await reasons(service, estate.director, 'decideComplaint', { ...input, decision: '好' })).toEqual([
      'REASON_REQUIRED',
    ]);
  });
});
