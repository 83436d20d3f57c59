import type { SeededRow, TestService } from '@steward/test-kit';

import { act, type Centre } from './duty-fixture.ts';
import { aSchool, aSession, dayIn, listed, planned, present } from './training-fixture.ts';

/** A plan, a session with attendance, a document with its reading, a meeting with what was undertaken there. */
export async function trainingRows(service: TestService, centre: Centre): Promise<SeededRow[]> {
  const school = await aSchool(service, centre);
  const { communityId, supervisor, director, clerkId, clerkSelf } = school;
  const own = { staffId: clerkId };
  const [today, later] = [await dayIn(service, 0), await dayIn(service, 40)];
  const draft = { communityId, departmentCode: 'CUSTOMER_SERVICE', month: later.slice(0, 7) };
  const entries = [aSession(school, 'BUSINESS', later)];
  const plan = await act(service, school.trainer, 'draftTrainingPlan', 'trainingPlan', { ...draft, entries });
  const early = { startsAt: `${today}T00:00:00.000Z`, endsAt: `${today}T00:30:00.000Z` };
  const session = await planned(service, school, 'OTHER', today, early);
  const attended = { id: session.id, attendance: present(clerkId) };
  await act(service, school.trainer, 'holdTrainingSession', 'trainingSession', attended);

  const about = { title: '前台服务标准', kindCode: 'STANDARD', secrecy: 'INTERNAL', audienceRoles: ['CLERK'] };
  const text = { communityId, ...about, body: '来电须在铃响三声内接听。' };
  const document = await act(service, supervisor, 'draftControlledDocument', 'controlledDocument', text);
  await act(service, supervisor, 'submitControlledDocument', 'controlledDocument', document);
  await act(service, director, 'publishControlledDocument', 'controlledDocument', document);
  const readings = await listed<{ id: string }>(service, clerkSelf, 'documentReadings', { staffId: clerkId }, 'id');
  const reading = { id: readings[0]?.id ?? '' };
  await act(service, clerkSelf, 'openDocumentReading', 'documentReading', reading);

  const called = { communityId, kind: 'OTHER', meetingOn: today, chairId: clerkId };
  const meeting = await act(service, supervisor, 'callStaffMeeting', 'staffMeeting', called);
  await act(service, clerkSelf, 'setStaffMeetingAgenda', 'staffMeeting', { ...meeting, agenda: '本周安排' });
  const heldAt = (await service.now()).toISOString();
  const followUps = [{ staffId: clerkId, description: '核对钥匙柜', dueOn: today }];
  const held = { ...meeting, heldAt, minutes: '已布置', attendance: present(clerkId), followUps };
  await act(service, supervisor, 'holdStaffMeeting', 'staffMeeting', held);
  const [followUp] = await listed<{ id: string }>(service, clerkSelf, 'followUps', { meetingId: meeting.id }, 'id');
  return [
    { type: 'TrainingPlan', id: plan.id },
    { type: 'TrainingSession', id: session.id },
    { type: 'ControlledDocument', id: document.id },
    { type: 'DocumentReading', id: reading.id, own },
    { type: 'StaffMeeting', id: meeting.id, own },
    { type: 'FollowUp', id: followUp?.id ?? '', own },
  ];
}
