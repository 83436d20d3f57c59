import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  handled,
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

const contact = { step: 'CONTACT', means: 'PHONE' };
const result = '已处理';

/** Handled and contacted, not judged yet. */
async function aHandled(): Promise<string> {
  const id = await aComplaint(service, estate);
  await handled(service, estate, id);
  await act(service, estate.clerk, 'recordComplaintStep', { id, ...contact });
  return id;
}

describe('judgeComplaint', () => {
  it.each([
    ['the company apologises', 'COMPANY', ['APOLOGY'], []],
    ['a resident or neighbour is told and mediated', 'RESIDENT', ['EXPLANATION', 'MEDIATION'], []],
    ['heads of several departments meet on site', 'SEVERAL_DEPARTMENTS', ['SITE_MEETING'], ['SECURITY', 'MAINTENANCE']],
  ])('[A091] %s before it counts as solved', async (_name, responsibility, steps, departmentCodes) => {
    const id = await aHandled();
    await act(service, estate.clerk, 'judgeComplaint', { id, isValid: true, responsibility, departmentCodes });
    expect(await see(service, estate.clerk, id, 'responsibility isValid missingSteps')).toEqual({
      responsibility,
      isValid: true,
      missingSteps: steps,
    });
    expect(await lastFact(service, id, 'judged')).toEqual({ complaintId: id, responsibility, isValid: true });
    for (const step of steps) {
      expect(await refusal(service, estate.clerk, 'resolveComplaint', { id, result })).toMatchObject({
        reason: 'STEP_MISSING',
        rule: 'A091',
      });
      await act(service, estate.clerk, 'recordComplaintStep', { id, step, departmentCodes });
    }
    expect((await act(service, estate.clerk, 'resolveComplaint', { id, result })).status).toBe('RESOLVED');
  });

  it('[A091] calls the heads of several departments to the site', async () => {
    const id = await aHandled();
    const several = { id, isValid: true, responsibility: 'SEVERAL_DEPARTMENTS' };
    expect(await reasons(service, estate.clerk, 'judgeComplaint', several)).toEqual(['DEPARTMENTS_REQUIRED']);
    await act(service, estate.clerk, 'judgeComplaint', { ...several, departmentCodes: ['MAINTENANCE'] });
    expect(await toldBy(service, id, 'complaintSiteMeeting')).toEqual([
      ['supervisor', 'SECURITY'],
      ['supervisor', 'MAINTENANCE'],
    ]);
  });

  it('[A100] a complaint without ground is helped, explained, told and visited all the same', async () => {
    const id = await aHandled();
    const unfounded = { id, isValid: false, responsibility: 'NONE' };
    expect(await refusal(service, estate.clerk, 'judgeComplaint', unfounded, 'zh-CN')).toMatchObject({
      reason: 'HELP_REQUIRED',
      rule: 'A100',
      message: '无效投诉也须说明为住户提供的便利。',
    });
    await act(service, estate.clerk, 'judgeComplaint', { ...unfounded, help: '协助联系社区居委会' });
    expect(await refusal(service, estate.clerk, 'resolveComplaint', { id, result })).toMatchObject({
      reason: 'STEP_MISSING',
      rule: 'A100',
    });
    await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'EXPLANATION', means: 'PHONE' });
    await act(service, estate.clerk, 'answerComplaint', { id, answer: '经核实不属物业管理范围', means: 'PHONE' });
    await act(service, estate.clerk, 'resolveComplaint', { id, result });
    expect(await see(service, estate.resident, id, 'isValid help')).toEqual({
      isValid: false,
      help: '协助联系社区居委会',
    });
    expect(await reasons(service, estate.clerk, 'archiveComplaint', { id })).toEqual([
      'RESULT_NOT_TOLD',
      'RETURN_VISIT_MISSING',
    ]);
  });

  it('[A100] nobody is responsible for what has no ground, and somebody for what has', async () => {
    const id = await aHandled();
    const refused = (input: object) => reasons(service, estate.clerk, 'judgeComplaint', { id, ...input });
    expect(await refused({ isValid: true, responsibility: 'NONE' })).toEqual(['RESPONSIBILITY_MISMATCH']);
    expect(await refused({ isValid: false, responsibility: 'COMPANY', help: '协助' })).toEqual([
      'RESPONSIBILITY_MISMATCH',
    ]);
    expect(await refused({ isValid: true, responsibility: 'COMPANY', departmentCodes: ['MAGIC'] })).toEqual([
      'DEPARTMENT_UNKNOWN',
    ]);
  });
});
