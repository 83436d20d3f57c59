import { columnsAs, rows } from '@steward/db';
import {
  approvalLoader,
  authorityLoader,
  byId,
  checklistColumns,
  deadlineLoader,
  fileLoader,
  listBy,
  loader,
  pagesByParent,
  type ChecklistRow,
  type Context,
} from '@steward/service-kit';
import DataLoader from 'dataloader';

import type {
  Activity,
  ActivityCost,
  ActivityDuty,
  ActivityPrize,
  ActivityRecord,
  ActivityRegistration,
} from '../domain/activity.ts';
import { activityEntity, activityRegistrationEntity } from './activity-entities.ts';
import type { Poster } from '../domain/notice.ts';
import { announcementEntity, bulletinBoardEntity, publicAreaCheckEntity } from './notice-entities.ts';
import { ownerVoteEntity, surveyEntity, visitPlanEntity } from './survey-entities.ts';
import { venueBookingEntity, venueEntity } from './venue-entities.ts';

const ofActivities = (table: string, names: string, order: string): string =>
  `select ${columnsAs(`id tenantId activityId ${names}`)} from ${table} where activity_id = any($1::uuid[]) order by ${order}`;

const prizes = ofActivities('activity_prize', 'name quantity awardedCount', 'id');
const duties = ofActivities('activity_duty', 'departmentCode staffId task resources confirmedAt confirmedBy', 'id');
const costs = ofActivities('activity_cost', 'purpose currency recordedAt', 'recorded_at, id').replace(
  ' from ',
  ', amount::float8 as amount from ',
);
const records = ofActivities('activity_record', 'kind fileId noteSealed recordedAt recordedBy', 'recorded_at, id');
const checks = `
  select ${checklistColumns} from checklist_item where aggregate_id = any($1::uuid[]) order by id`;
const seats = `
  select activity_id as "activityId",
         coalesce(sum(participant_count) filter (where status in ('REGISTERED', 'CHECKED_IN')), 0)::int as registered,
         coalesce(sum(participant_count) filter (where status = 'WAITING'), 0)::int as waiting
    from activity_registration where activity_id = any($1::uuid[]) group by activity_id`;

const posters = `
  select ${columnsAs('id tenantId boardId title announcementId hungAt state removedAt')}, expires_on::text as "expiresOn"
    from poster where board_id = any($1::uuid[]) and state <> 'REMOVED' order by hung_at, id`;
const reads = `
  select announcement_id as "announcementId", count(read_at)::int as "readCount"
    from announcement_receipt where announcement_id = any($1::uuid[]) group by announcement_id`;
const ownReceipts = `
  select announcement_id as "announcementId", household_id as "householdId", read_at is not null as "isRead"
    from announcement_receipt where announcement_id = any($1::uuid[]) and household_id = any($2::uuid[])`;

const visits = `
  select plan_id as "planId", household_id as "householdId", visited_at as "visitedAt", opinion_sealed as "opinionSealed"
    from planned_visit where plan_id = any($1::uuid[]) order by household_id`;
const remarks = `
  select r.survey_id as "surveyId", a.text_sealed as "textSealed" from survey_answer a
    join survey_response r on r.id = a.response_id
   where r.survey_id = any($1::uuid[]) and a.text_sealed is not null order by r.id, a.question_number`;
const namedAnswers = `
  select r.survey_id as "surveyId", r.household_id as "householdId", a.question_number as "questionNumber", a.rating,
         a.choice, a.text_sealed as "textSealed"
    from survey_response r join survey_answer a on a.response_id = r.id
   where (r.survey_id, r.household_id) in (select * from unnest($1::uuid[], $2::uuid[]))
   order by a.question_number`;
const ownForms = `
  select survey_id as "aggregateId", has_answered as done from survey_recipient
   where survey_id = any($1::uuid[]) and household_id = any($2::uuid[])`;
const ownVotes = `
  select vote_id as "aggregateId", has_voted as done from vote_elector
   where vote_id = any($1::uuid[]) and household_id = any($2::uuid[])`;
const casts = `
  select vote_id as "voteId", count(*) filter (where has_voted)::int as cast from vote_elector
   where vote_id = any($1::uuid[]) group by vote_id`;

export type PlannedVisitRow = {
  planId: string;
  householdId: string;
  visitedAt: Date | null;
  opinionSealed: string | null;
};
/** Of a form that names its household. */
export type NamedAnswer = {
  surveyId: string;
  householdId: string;
  questionNumber: number;
  rating: number | null;
  choice: number | null;
  textSealed: string | null;
};
type Own = { aggregateId: string; done: boolean };
type Cast = { voteId: string; cast: number };

/** What the viewer's own households have still to do; nothing for staff. */
const ownOf = (ctx: Context, sql: string) =>
  new DataLoader<string, Own[]>(async (ids) => {
    const own = await ctx.ownHouseholds();
    if (own.length === 0) return ids.map(() => []);
    const found = await ctx.read((tx) => rows<Own>(tx, sql, [ids, own]));
    return ids.map((id) => found.filter(({ aggregateId }) => aggregateId === id));
  });

type Reads = { announcementId: string; readCount: number };
type OwnReceipt = { announcementId: string; householdId: string; isRead: boolean };
type Seats = { activityId: string; registered: number; waiting: number };

const ofActivity = ({ activityId }: { activityId: string }): string => activityId;
const ofAggregate = ({ aggregateId }: { aggregateId: string }): string => aggregateId;

/** One read per kind and request, however many objects ask. */
export const loaders = (ctx: Context) => ({
  activity: byId(ctx, activityEntity),
  registration: byId(ctx, activityRegistrationEntity),
  venue: byId(ctx, venueEntity),
  booking: byId(ctx, venueBookingEntity),
  activitiesBelow: pagesByParent<Activity>(ctx),
  registrationsBelow: pagesByParent<ActivityRegistration>(ctx),
  survey: byId(ctx, surveyEntity),
  ownerVote: byId(ctx, ownerVoteEntity),
  visitPlan: byId(ctx, visitPlanEntity),
  visits: listBy<PlannedVisitRow>(ctx, visits, ({ planId }) => planId),
  remarks: listBy<{ surveyId: string; textSealed: string }>(ctx, remarks, ({ surveyId }) => surveyId),
  /** By the survey and the household, with a blank between. */
  namedAnswers: loader<string, NamedAnswer[]>(ctx, async (tx, keys) => {
    const pairs = keys.map((key) => key.split(' '));
    const found = await rows<NamedAnswer>(tx, namedAnswers, [pairs.map(([id]) => id), pairs.map(([, id]) => id)]);
    return keys.map((key) => found.filter(({ surveyId, householdId }) => key === `${surveyId} ${householdId}`));
  }),
  ownForms: ownOf(ctx, ownForms),
  ownVotes: ownOf(ctx, ownVotes),
  casts: loader<string, Cast>(ctx, async (tx, ids) => {
    const found = new Map((await rows<Cast>(tx, casts, [ids])).map((row) => [row.voteId, row]));
    return ids.map((voteId) => found.get(voteId) ?? { voteId, cast: 0 });
  }),
  announcement: byId(ctx, announcementEntity),
  board: byId(ctx, bulletinBoardEntity),
  areaCheck: byId(ctx, publicAreaCheckEntity),
  posters: listBy<Poster>(ctx, posters, ({ boardId }) => boardId),
  reads: loader<string, Reads>(ctx, async (tx, ids) => {
    const found = new Map((await rows<Reads>(tx, reads, [ids])).map((row) => [row.announcementId, row]));
    return ids.map((announcementId) => found.get(announcementId) ?? { announcementId, readCount: 0 });
  }),
  /** Receipts of the viewer's own households; none for staff. */
  ownReceipts: new DataLoader<string, OwnReceipt[]>(async (ids) => {
    const own = await ctx.ownHouseholds();
    if (own.length === 0) return ids.map(() => []);
    const found = await ctx.read((tx) => rows<OwnReceipt>(tx, ownReceipts, [ids, own]));
    return ids.map((id) => found.filter(({ announcementId }) => announcementId === id));
  }),
  prizes: listBy<ActivityPrize>(ctx, prizes, ofActivity),
  duties: listBy<ActivityDuty>(ctx, duties, ofActivity),
  costs: listBy<ActivityCost>(ctx, costs, ofActivity),
  records: listBy<ActivityRecord>(ctx, records, ofActivity),
  authority: authorityLoader(ctx),
  approvals: approvalLoader(ctx),
  deadlines: deadlineLoader(ctx),
  checks: listBy<ChecklistRow>(ctx, checks, ofAggregate),
  seats: loader<string, Seats>(ctx, async (tx, ids) => {
    const found = new Map((await rows<Seats>(tx, seats, [ids])).map((row) => [row.activityId, row]));
    return ids.map((activityId) => found.get(activityId) ?? { activityId, registered: 0, waiting: 0 });
  }),
  file: fileLoader(ctx),
});

export type CommunityEventsContext = Context<ReturnType<typeof loaders>>;
