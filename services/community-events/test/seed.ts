import type { Viewer } from '@steward/auth';
import type { Seeded, ServiceSeed, TestService } from '@steward/test-kit';

import { definition } from '../src/service.ts';
import { anEstate, approved, registered, run, type Estate } from './activities-fixture.ts';

type Make = (viewer: Viewer, name: string, input: object, field: string) => Promise<string>;

/** A survey, a plan of visits and an open vote, sent to the households of the company. */
async function asked(service: TestService, estate: Estate, made: Make) {
  const { communityId, clerk, supervisor } = estate;
  const form = {
    communityId,
    kind: 'OPINION',
    title: '意见征询表',
    segments: ['RESIDENT'],
    questions: [{ kind: 'RATING', text: '满意吗' }],
  };
  const surveyId = await made(clerk, 'draftSurvey', form, 'survey');
  await made(supervisor, 'issueSurvey', { id: surveyId }, 'survey');
  const reportedId = await made(clerk, 'draftSurvey', form, 'survey');
  await made(supervisor, 'issueSurvey', { id: reportedId }, 'survey');
  await made(supervisor, 'closeSurvey', { id: reportedId }, 'survey');
  const report = { id: reportedId, analysis: '电梯问题突出', improvements: '与维保单位约谈' };
  await made(supervisor, 'reportSurvey', report, 'survey');
  const households = await service.sql<{ id: string }>('select id from household_reference where community_id = $1', [
    communityId,
  ]);
  const month = new Date((await service.now()).getTime() + 8 * 3_600_000).toISOString().slice(0, 7);
  const householdIds = households.map(({ id }) => id);
  const visits = { communityId, month, staffId: clerk.staffId, householdIds };
  const planId = await made(supervisor, 'planVisits', visits, 'visitPlan');
  await service.sql(
    `insert into place_reference (id, tenant_id, community_id, kind, path, area_m2)
     select u.unit_id, u.tenant_id, h.community_id, 'UNIT', u.unit_id::text, 80
       from household_unit u join household_reference h on h.id = u.household_id where h.community_id = $1`,
    [communityId],
  );
  const vote = { communityId, matter: 'OTHER', title: '议题', proposal: '议案' };
  const voteId = await made(estate.director, 'draftOwnerVote', vote, 'ownerVote');
  const closesAt = new Date((await service.now()).getTime() + 8 * 86_400_000).toISOString();
  await made(estate.director, 'openOwnerVote', { id: voteId, closesAt }, 'ownerVote');
  return { surveyId, reportedId, planId, voteId };
}

async function company(service: TestService): Promise<Seeded> {
  const estate = await anEstate(service);
  const { tenantId, communityId, venueId, resident } = estate;
  const activityId = await approved(service, estate);
  const { id: registrationId } = await registered(service, resident, activityId, 1, {
    contactName: '张伟',
    contactPhone: '13800138000',
  });
  const { clerk, supervisor } = estate;
  const draft = { communityId, scope: 'COMMUNITY', title: '停水通知', body: '请储水' };
  type Made = Record<string, { id: string }>;
  const made: Make = async (viewer, name, input, field) =>
    (await run<Made>(service, viewer, name, input, `${field} { id }`))[field]?.id ?? '';
  const day = new Date((await service.now()).getTime() + 20 * 86_400_000).toISOString().slice(0, 10);
  const wedding = { communityId, venueId, purpose: '婚宴', startsAt: `${day}T02:00:00Z`, endsAt: `${day}T04:00:00Z` };
  const bookingId = await made(clerk, 'bookVenue', wedding, 'venueBooking');
  const announcementId = await made(clerk, 'draftAnnouncement', draft, 'announcement');
  await made(supervisor, 'publishAnnouncement', { id: announcementId }, 'announcement');
  const boardId = await made(supervisor, 'registerBulletinBoard', { communityId, name: '南门' }, 'bulletinBoard');
  const posters = [{ title: '海报', expiresOn: '2030-01-01' }];
  await made(clerk, 'changeBulletinBoard', { id: boardId, posters }, 'bulletinBoard');
  const results = ['FLOOR', 'TOILET', 'FACILITIES', 'SMOKING', 'POSTERS'].map((areaCode) => ({
    areaCode,
    isPassed: areaCode !== 'FLOOR',
  }));
  const checkId = await made(clerk, 'recordPublicAreaCheck', { communityId, results }, 'publicAreaCheck');
  const { surveyId, reportedId, planId, voteId } = await asked(service, estate, made);
  return {
    tenantId,
    communityId,
    rows: [
      { type: 'Activity', id: activityId },
      { type: 'ActivityRegistration', id: registrationId, own: { personId: resident.personId ?? '' } },
      { type: 'Venue', id: venueId },
      { type: 'VenueBooking', id: bookingId },
      { type: 'Announcement', id: announcementId, own: { personId: resident.personId ?? '' } },
      { type: 'BulletinBoard', id: boardId },
      { type: 'PublicAreaCheck', id: checkId },
      { type: 'Survey', id: surveyId, own: { personId: resident.personId ?? '' } },
      { type: 'Survey', id: reportedId, own: { personId: resident.personId ?? '' } },
      { type: 'VisitPlan', id: planId },
      { type: 'OwnerVote', id: voteId, own: { personId: resident.personId ?? '' } },
      { type: 'Community', id: communityId },
    ],
  };
}

export const seed: ServiceSeed = { definition, seed: company, forThemselves: ['registerForActivity'] };
