import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import {
  act,
  aComplaint,
  anArchived,
  anEstate,
  see,
  someone,
  startComplaints,
  type Estate,
} from './complaints-fixture.ts';

let service: TestService;
let estate: Estate;
let ids: { received: string; archived: string; withdrawn: string };

beforeAll(async () => {
  service = await startComplaints();
  estate = await anEstate(service);
  const received = await aComplaint(service, estate, { effects: ['SAFETY'] });
  const archived = await anArchived(service, estate);
  const withdrawn = await aComplaint(service, estate);
  await act(service, estate.clerk, 'withdrawComplaint', { id: withdrawn, reasonCode: 'DUPLICATE' });
  ids = { received, archived, withdrawn };
});
afterAll(() => service?.stop());

type Action = {
  action: string;
  allowed: boolean;
  refusal: { reason: string; message: string; violations: { reason: string; message: string }[] } | null;
};

const actionsOf = async (viewer: Viewer, id: string): Promise<Action[]> => {
  const selection = 'availableActions { action allowed refusal { reason message violations { reason message } } }';
  return (await see<{ availableActions: Action[] }>(service, viewer, id, selection)).availableActions;
};
const allowed = async (viewer: Viewer, id: string): Promise<string[]> =>
  (await actionsOf(viewer, id))
    .filter((action) => action.allowed)
    .map(({ action }) => action)
    .toSorted();

describe('availableActions', () => {
  it('are those that the role and the state let this viewer do', async () => {
    expect(await allowed(estate.resident, ids.received)).toEqual(['updateComplaint', 'withdrawComplaint']);
    expect(await allowed(estate.resident, ids.archived)).toEqual(['reopenComplaint']);
    expect(await allowed(estate.clerk, ids.withdrawn)).toEqual([]);
    expect(await allowed(estate.clerk, ids.received)).toEqual([
      'answerComplaint',
      'assignComplaint',
      'callComplaintSupervisor',
      'recordComplaintStep',
      'referComplaint',
      'regradeComplaint',
      'requestComplaintRepair',
      'updateComplaint',
      'withdrawComplaint',
    ]);
  });

  it('say why not, with everything that stands in the way', async () => {
    const id = await aComplaint(service, estate);
    const forms = [{ departmentCode: 'SECURITY', content: '请处理' }];
    await act(service, estate.clerk, 'routeComplaint', { id, forms });
    const refusals = new Map((await actionsOf(estate.clerk, id)).map(({ action, refusal }) => [action, refusal]));
    expect(refusals.get('decideComplaint')?.reason).toBe('ACCESS_DENIED');
    expect(refusals.get('archiveComplaint')?.reason).toBe('ILLEGAL_TRANSITION');
    expect(refusals.get('resolveComplaint')?.violations.map(({ reason }) => reason)).toEqual([
      'CONTACT_MISSING',
      'RESPONSIBILITY_MISSING',
      'FORM_UNANSWERED',
    ]);
    expect(refusals.get('resolveComplaint')?.violations[0]?.message).toMatch(/contact the resident/);
  });
});

describe('complaintNotifications', () => {
  it('are what the viewer was told, newest first, without a word of the complaint', async () => {
    type Told = { complaintNotifications: { nodes: { text: string; template: string }[] } };
    const query = '{ complaintNotifications { nodes { template text } } }';
    const toldTo = async (viewer: Viewer) => (await service.ok<Told>(viewer, query)).complaintNotifications.nodes;
    const { number } = await see<{ number: string }>(service, estate.clerk, ids.received, 'number');
    const told = await toldTo(estate.director);
    expect(told).toContainEqual({
      template: 'complaintMajor',
      text: `Major complaint ${number}: please deal with it today.`,
    });
    expect(JSON.stringify(told)).not.toMatch(/噪音/);
    expect(await toldTo((await anEstate(service)).director)).toEqual([]);
  });
});

describe('complaintParkedEvents', () => {
  it('are for operators', async () => {
    const query = '{ complaintParkedEvents { totalCount nodes { id } } }';
    expect(await service.ok(someone(estate, 'operator'), query)).toEqual({
      complaintParkedEvents: { totalCount: 0, nodes: [] },
    });
    expect((await service.refused(estate.director, query)).extensions.reason).toBe('ACCESS_DENIED');
  });
});
