import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anEstate,
  handled,
  lastFact,
  proceeded,
  reasons,
  refusal,
  see,
  someone,
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

const reception = (id: string) => ({ id, step: 'SEPARATE_RECEPTION', note: '在洽谈室接待，住户情绪平复' });

describe('callComplaintSupervisor', () => {
  it('[A092] calls the supervisor of customer service to receive an agitated resident apart', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'callComplaintSupervisor', { id });
    expect(await toldBy(service, id, 'complaintAgitated')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
    expect(await see(service, estate.clerk, id, 'isAgitated missingSteps')).toEqual({
      isAgitated: true,
      missingSteps: ['SEPARATE_RECEPTION'],
    });
    expect(await lastFact(service, id, 'supervisor-called')).toEqual({ complaintId: id });
    expect(await reasons(service, estate.clerk, 'callComplaintSupervisor', { id })).toEqual(['SUPERVISOR_CALLED']);
  });

  it('[A092] is done at the reception where that is known then', async () => {
    const id = await aComplaint(service, estate, { isAgitated: true });
    expect(await toldBy(service, id, 'complaintAgitated')).toEqual([['supervisor', 'CUSTOMER_SERVICE']]);
  });

  it('[A092] only a supervisor or above receives the resident, and nothing is solved before', async () => {
    const id = await aComplaint(service, estate, { isAgitated: true });
    await handled(service, estate, id);
    await proceeded(service, estate, id);
    expect(await refusal(service, estate.clerk, 'recordComplaintStep', reception(id))).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'SUPERVISOR_RECEIVES',
      rule: 'A092',
    });
    const result = { id, result: '已致歉并整改' };
    expect(await refusal(service, estate.clerk, 'resolveComplaint', result)).toMatchObject({
      reason: 'STEP_MISSING',
      rule: 'A092',
      message: 'A step of the procedure is missing (SEPARATE_RECEPTION).',
    });
    await act(service, someone(estate, 'administrativeSupervisor'), 'recordComplaintStep', reception(id));
    expect((await act(service, estate.clerk, 'resolveComplaint', result)).status).toBe('RESOLVED');
  });
});
