import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { newId } from '@steward/core';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  aForm,
  anEstate,
  answered,
  clocksOf,
  formsOf,
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

const formOf = async (id: string) => {
  const form = (await formsOf(service, estate.supervisor, id)).at(-1);
  if (form === undefined) throw new Error('no form was issued');
  return form;
};

describe('routeComplaint', () => {
  it('[A034] makes a department deal with it by a work contact form', async () => {
    const id = await aComplaint(service, estate);
    const forms = [aForm('ENVIRONMENT', '请清理并回复')];
    expect((await act(service, estate.clerk, 'routeComplaint', { id, forms })).status).toBe('HANDLING');
    const form = await formOf(id);
    expect(form).toMatchObject({ departmentCode: 'ENVIRONMENT', round: 1, state: 'ISSUED', content: '请清理并回复' });
    expect(await toldBy(service, id, 'complaintContactForm')).toEqual([['supervisor', 'ENVIRONMENT']]);
    expect(await see(service, estate.clerk, id, 'departmentCodes')).toEqual({
      departmentCodes: ['SECURITY', 'ENVIRONMENT'],
    });
    expect(await lastFact(service, id, 'routed')).toEqual({
      complaintId: id,
      forms: [{ formId: form.id, departmentCode: 'ENVIRONMENT', round: 1 }],
    });
    const [row] = await service.sql('select * from complaint_contact_form where complaint_id = $1', [id]);
    expect(JSON.stringify(row)).not.toMatch(/清理/);
  });

  it('[A096] hands an important complaint to the supervisor in time', async () => {
    const id = await aComplaint(service, estate, { categoryCode: 'FEES' });
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm('FINANCE')] });
    expect((await clocksOf(service, estate.clerk, id))['SUPERVISOR_REFERRAL']).toMatchObject({ state: 'MET' });
  });

  it('[A034] names everything that is wrong with the forms at once', async () => {
    const id = await aComplaint(service, estate);
    const wrong = [aForm('MAGIC', ' '), aForm('SECURITY'), aForm('SECURITY')];
    const { violations } = await refusal(service, estate.clerk, 'routeComplaint', { id, forms: wrong });
    expect(violations.map(({ path, reason }) => [path, reason])).toEqual([
      ['input.forms.0.departmentCode', 'DEPARTMENT_UNKNOWN'],
      ['input.forms.0.content', 'TEXT_REQUIRED'],
      ['input.forms.2.departmentCode', 'DEPARTMENT_REPEATED'],
    ]);
    expect(await reasons(service, estate.clerk, 'routeComplaint', { id, forms: [] })).toEqual(['FORM_REQUIRED']);
    expect(await formsOf(service, estate.supervisor, id)).toEqual([]);
  });

  it('[A034] one form at a time for a department', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
    expect(await reasons(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] })).toEqual([
      'FORM_UNANSWERED',
    ]);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm('MAINTENANCE')] });
  });
});

describe('answerComplaintContactForm', () => {
  it('[A034] the department reports what it did', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
    const { id: formId } = await formOf(id);
    await act(service, estate.supervisor, 'answerComplaintContactForm', { id, formId, answer: '已劝阻' });
    expect(await see(service, estate.clerk, id, 'contactForms { state answeredAt answer answeredBy { id } }')).toEqual({
      contactForms: [
        {
          state: 'ANSWERED',
          answeredAt: (await service.now()).toISOString(),
          answer: '已劝阻',
          answeredBy: { id: estate.supervisor.staffId },
        },
      ],
    });
    expect(await toldBy(service, id, 'complaintFormAnswered')).toEqual([['clerk', null]]);
    expect(await lastFact(service, id, 'form-answered')).toEqual({
      complaintId: id,
      formId,
      departmentCode: 'SECURITY',
    });
    const again = { id, formId, answer: '已劝阻' };
    expect(await reasons(service, estate.supervisor, 'answerComplaintContactForm', again)).toEqual(['FORM_ANSWERED']);
  });

  it('[A034] refuses an empty answer, another form, and whoever does not handle it', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
    const { id: formId } = await formOf(id);
    const answer = '已劝阻';
    expect(
      await reasons(service, estate.supervisor, 'answerComplaintContactForm', { id, formId, answer: ' ' }),
    ).toEqual(['TEXT_REQUIRED']);
    const unknown = { id, formId: newId(), answer };
    expect(await reasons(service, estate.supervisor, 'answerComplaintContactForm', unknown)).toEqual(['FORM_UNKNOWN']);
    expect(await reasons(service, estate.guard, 'answerComplaintContactForm', { id, formId, answer })).toEqual([
      'ACCESS_DENIED',
    ]);
    await act(service, estate.clerk, 'assignComplaint', { id, handlerId: estate.guard.staffId });
    await act(service, estate.guard, 'answerComplaintContactForm', { id, formId, answer });
  });
});

describe('reorderComplaintDepartment', () => {
  const reason = '噪音仍未停止';

  it('[A036] orders a department once more while the problem is there', async () => {
    const id = await aComplaint(service, estate);
    await handled(service, estate, id);
    const { id: formId } = await formOf(id);
    await act(service, estate.clerk, 'reorderComplaintDepartment', { id, formId, reason });
    expect(await formsOf(service, estate.supervisor, id)).toMatchObject([
      { id: formId, round: 1, state: 'REORDERED' },
      { round: 2, state: 'ISSUED', departmentCode: 'SECURITY', content: reason },
    ]);
    expect(await toldBy(service, id, 'complaintReordered')).toEqual([['supervisor', 'SECURITY']]);
    expect(await lastFact(service, id, 'department-reordered')).toMatchObject({ departmentCode: 'SECURITY', round: 2 });
    expect(await see(service, estate.clerk, id, 'reopenCount')).toEqual({ reopenCount: 0 });
    await answered(service, estate, id);
  });

  it('[A036] refuses a form that waits for its answer, an unknown one, and no reason', async () => {
    const id = await aComplaint(service, estate);
    await act(service, estate.clerk, 'routeComplaint', { id, forms: [aForm()] });
    const { id: formId } = await formOf(id);
    const refused = (input: object) => reasons(service, estate.clerk, 'reorderComplaintDepartment', { id, ...input });
    expect(await refused({ formId, reason })).toEqual(['FORM_UNANSWERED']);
    expect(await refused({ formId: newId(), reason })).toEqual(['FORM_UNKNOWN']);
    await answered(service, estate, id);
    expect(await refused({ formId, reason: '' })).toEqual(['REASON_REQUIRED']);
  });
});
