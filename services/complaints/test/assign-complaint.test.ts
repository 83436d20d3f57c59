import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  aColleague,
  act,
  aComplaint,
  anEstate,
  handled,
  lastFact,
  reasons,
  see,
  startComplaints,
  told,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

describe('assignComplaint', () => {
  it('[A098] names who handles it and contacts the resident first', async () => {
    const id = await aComplaint(service, estate);
    const handlerId = estate.guard.staffId;
    await act(service, estate.clerk, 'assignComplaint', { id, handlerId });
    expect(await see(service, estate.clerk, id, 'handler { id } contactedAt')).toEqual({
      handler: { id: handlerId },
      contactedAt: null,
    });
    expect(await told(service, id)).toContainEqual(
      expect.objectContaining({ template: 'complaintAssigned', staff_id: handlerId }),
    );
    expect(await lastFact(service, id, 'assigned')).toEqual({ complaintId: id, handlerId, formerHandlerId: null });
    await handled(service, estate, id);
    await act(service, estate.clerk, 'judgeComplaint', { id, isValid: true, responsibility: 'COMPANY' });
    await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'APOLOGY' });
    const result = { id, result: '已劝阻' };
    expect(await reasons(service, estate.guard, 'resolveComplaint', result)).toEqual(['CONTACT_MISSING']);
    await act(service, estate.guard, 'recordComplaintStep', { id, step: 'CONTACT', means: 'PHONE' });
    expect((await act(service, estate.guard, 'resolveComplaint', result)).status).toBe('RESOLVED');
  });

  it('[A098] refuses whoever is not there, whom it is about, and the same again', async () => {
    const respondentId = estate.guard.staffId ?? '';
    const id = await aComplaint(service, estate, { respondentId });
    const stranger = await aColleague(
      service,
      { tenantId: estate.tenantId, communityId: newId() },
      'guard',
      'SECURITY',
    );
    await service.settle();
    const refused = (handlerId?: string) => reasons(service, estate.clerk, 'assignComplaint', { id, handlerId });
    expect(await refused(newId())).toEqual(['STAFF_UNKNOWN']);
    expect(await refused(stranger.staffId)).toEqual(['STAFF_NOT_OF_COMMUNITY']);
    expect(await refused(respondentId)).toEqual(['HANDLER_IS_RESPONDENT']);
    await act(service, estate.clerk, 'assignComplaint', { id, handlerId: estate.plumber.staffId });
    expect(await refused(estate.plumber.staffId)).toEqual(['NOTHING_CHANGED']);
  });
});

describe('recordComplaintStep', () => {
  it('[A098] keeps a contact with how and when', async () => {
    const id = await aComplaint(service, estate);
    const note = '已致电住户了解情况';
    await act(service, estate.clerk, 'recordComplaintStep', { id, step: 'CONTACT', means: 'PHONE', note });
    const occurredAt = (await service.now()).toISOString();
    expect(await see(service, estate.clerk, id, 'contactedAt steps { kind means occurredAt note }')).toEqual({
      contactedAt: occurredAt,
      steps: [{ kind: 'CONTACT', means: 'PHONE', occurredAt, note }],
    });
    expect(await lastFact(service, id, 'step-recorded')).toEqual({
      complaintId: id,
      step: 'CONTACT',
      means: 'PHONE',
      occurredAt,
    });
  });

  it.each([
    [{ step: 'CONTACT' }, 'MEANS_REQUIRED'],
    [{ step: 'APOLOGY', occurredAt: '2027-03-02T01:00:00.000Z' }, 'IN_THE_FUTURE'],
    [{ step: 'APOLOGY', occurredAt: '2026-02-27T00:59:59.000Z' }, 'TOO_FAR_BACK'],
    [{ step: 'SITE_MEETING', departmentCodes: ['SECURITY'] }, 'DEPARTMENTS_REQUIRED'],
    [{ step: 'SITE_MEETING', departmentCodes: ['SECURITY', 'MAGIC'] }, 'DEPARTMENT_UNKNOWN'],
  ])('[A091] refuses %j with %s', async (input, expected) => {
    const id = await aComplaint(service, estate);
    expect(await reasons(service, estate.clerk, 'recordComplaintStep', { id, ...input })).toContain(expected);
  });
});
