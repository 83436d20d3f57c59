import { endOfLocalDay, localDate, newId, nextMidnight, startOfLocalDay } from '@steward/core';
import { txScope, type Tx } from '@steward/db';
import { jobApplicationEvents, positionDutySheetEvents, postRotationEvents } from '@steward/events';
import {
  communityOfTimer,
  findCommunityReference,
  insertAggregates,
  nextNumbers,
  notify,
  openChecklist,
  publish,
  resolvePolicy,
  saveAggregates,
  schedule,
  scheduleUnlessWaiting,
  startDeadline,
  type DueTimer,
} from '@steward/service-kit';

import {
  jobApplicationAggregate,
  positionDutySheetAggregate,
  postRotationAggregate,
} from '../db/position-aggregates.ts';
import { catalogue, erasableApplications, hasCatalogue } from '../db/position-queries.ts';
import {
  onLeave,
  postsInCatalogue,
  postsWithRotation,
  postsWithSheet,
  uncountedPositions,
} from '../db/position-work-queries.ts';
import { addMonths } from '../domain/calendar-rules.ts';
import { applicationFact, dutySheetFact, rotationFact } from '../domain/position-facts.ts';
import { positionPolicy, positionPrefixes } from '../domain/position-policy.ts';
import { sheetsFrom } from '../domain/position-work-rules.ts';
import type { Position, PositionDuty } from '../domain/position.ts';
import type { PositionDutySheet, PostRotation } from '../domain/position-work.ts';
import type { StaffPost } from '../domain/staff.ts';

export const positionDayTimer = 'position-day';
export const dutyChecklist = 'POSITION_DUTIES';
export const masteryChecklist = 'PROCESS_MASTERY';

type Place = { communityId: string; zone: string; day: string };

/** From the first position in the catalogue on, each day of a community begins with what its positions ask. */
export async function startPositionDays(tx: Tx, communityId: string): Promise<void> {
  const community = await findCommunityReference(tx, communityId);
  if (community === null || !(await hasCatalogue(tx))) return;
  const dueAt = nextMidnight(txScope(tx).now, community.timeZone);
  await scheduleUnlessWaiting(tx, { kind: positionDayTimer, communityId, dueAt });
}

/** Timer: the day's lists of duties (A301), turns that begin (A202), results to be counted (B049), candidates to be erased. */
export async function followPositionDay(tx: Tx, due: DueTimer): Promise<void> {
  const community = await communityOfTimer(tx, due);
  if (community === null) return;
  const { id: communityId, timeZone: zone } = community;
  await schedule(tx, { kind: positionDayTimer, communityId, dueAt: nextMidnight(due.dueAt, zone) });
  const place = { communityId, zone, day: localDate(due.dueAt, zone) };
  const positions = new Map((await catalogue(tx)).map((position) => [position.number, position]));
  const posts = (await postsInCatalogue(tx, communityId, place.day)).flatMap((post) => {
    const position = positions.get(post.positionCode);
    return position === undefined ? [] : [{ post, position }];
  });
  await openSheets(tx, place, posts);
  await openRotations(tx, place, posts);
  await remindOfKpis(tx, place);
  await eraseCandidates(tx, communityId);
}

type Held = { post: StaffPost; position: Position };
type SheetPlan = Pick<PositionDutySheet, 'cycle' | 'startsOn' | 'endsOn'> & { post: StaffPost; duties: PositionDuty[] };

async function openSheets(tx: Tx, place: Place, held: readonly Held[]): Promise<void> {
  const { communityId, zone, day } = place;
  const absent = new Set(
    await onLeave(
      tx,
      held.map(({ post }) => post.staffId),
      day,
    ),
  );
  const plans = held.flatMap(({ post, position }): SheetPlan[] =>
    sheetsFrom(position, day)
      .filter(({ cycle }) => cycle !== 'DAILY' || !absent.has(post.staffId))
      .map((sheet) => ({ ...sheet, post })),
  );
  const known = new Set<string>();
  for (const cycle of new Set(plans.map((plan) => plan.cycle))) {
    const ids = plans.filter((plan) => plan.cycle === cycle).map(({ post }) => post.id);
    for (const id of await postsWithSheet(tx, ids, cycle, day)) known.add(`${cycle}/${id}`);
  }
  const wanted = plans.filter(({ cycle, post }) => !known.has(`${cycle}/${post.id}`));
  if (wanted.length === 0) return;
  const count = wanted.length;
  const numbers = await nextNumbers(tx, { communityId, prefix: positionPrefixes.dutySheet, zone, count });
  const fresh = wanted.map(({ cycle, startsOn, endsOn, post }, index) => ({
    id: newId(),
    communityId,
    number: numbers[index] ?? '',
    staffId: post.staffId,
    postId: post.id,
    positionCode: post.positionCode,
    cycle,
    startsOn,
    endsOn,
    status: 'OPEN' as const,
    completedAt: null,
  }));
  const note = { action: 'followPositionDay', rule: 'A301' };
  const sheets = await insertAggregates(tx, positionDutySheetAggregate, fresh, note);
  for (const [index, sheet] of sheets.entries()) await beginSheet(tx, sheet, wanted[index]?.duties ?? [], zone);
}

/** A list is due at the end of its period; what is late is the supervisor's affair, twice as late the director's. */
async function beginSheet(tx: Tx, sheet: PositionDutySheet, duties: PositionDuty[], zone: string): Promise<void> {
  publish(tx, sheet, positionDutySheetEvents.opened, dutySheetFact(sheet));
  const items = duties.map(({ code }) => ({ code, rule: 'A301' }));
  await openChecklist(tx, positionDutySheetAggregate, sheet, dutyChecklist, items);
  const span = { dueAt: startOfLocalDay(sheet.endsOn, zone) };
  const escalations = [
    { afterShare: 1, to: { role: 'supervisor' } as const },
    { afterShare: 2, to: { role: 'director' } as const },
  ];
  const warning = { warnShare: 0.8, warnTo: { staffId: sheet.staffId } };
  const clock = { kind: 'POSITION_DUTIES', rule: 'A301', span, ...warning, escalations };
  const startedAt = startOfLocalDay(sheet.startsOn, zone);
  await startDeadline(tx, positionDutySheetAggregate, sheet, clock, { zone, startedAt });
}

/** A turn counts from the first day of the post, for posts that were held before from the day the position rotates. */
async function openRotations(tx: Tx, { communityId, zone }: Place, held: readonly Held[]): Promise<void> {
  const rotating = held.filter(({ position }) => position.rotationGroup !== null);
  const known = new Set(
    await postsWithRotation(
      tx,
      rotating.map(({ post }) => post.id),
    ),
  );
  const wanted = rotating.filter(({ post }) => !known.has(post.id));
  if (wanted.length === 0) return;
  const { rotationMonths } = await resolvePolicy(tx, positionPolicy, communityId);
  const count = wanted.length;
  const numbers = await nextNumbers(tx, { communityId, prefix: positionPrefixes.rotation, zone, count });
  const fresh = wanted.map(({ post, position }, index) => {
    const inCatalogueOn = localDate(position.createdAt, zone);
    const startedOn = post.validFrom > inCatalogueOn ? post.validFrom : inCatalogueOn;
    const days = { startedOn, dueOn: addMonths(startedOn, rotationMonths) };
    const who = { staffId: post.staffId, postId: post.id, positionCode: post.positionCode };
    const state = { nextPositionCode: null, status: 'OPEN' as const };
    return { id: newId(), communityId, number: numbers[index] ?? '', ...who, ...days, ...state };
  });
  const note = { action: 'followPositionDay', rule: 'A202' };
  const turns = await insertAggregates(tx, postRotationAggregate, fresh, note);
  for (const [index, turn] of turns.entries()) await beginTurn(tx, turn, wanted[index]?.position.duties ?? [], zone);
}

/** The processes of the position are its duties; each is to be mastered before the next position (A202). */
async function beginTurn(tx: Tx, turn: PostRotation, duties: PositionDuty[], zone: string): Promise<void> {
  publish(tx, turn, postRotationEvents.opened, rotationFact(turn));
  const items = duties.map(({ code }) => ({ code, rule: 'A202' }));
  await openChecklist(tx, postRotationAggregate, turn, masteryChecklist, items);
  const span = { dueAt: endOfLocalDay(turn.dueOn, zone) };
  const supervisor = { role: 'supervisor' } as const;
  const escalations = [
    { afterShare: 1, to: supervisor },
    { afterShare: 1, to: { role: 'director' } as const },
  ];
  const clock = { kind: 'POST_ROTATION', rule: 'A202', span, warnShare: 0.8, warnTo: supervisor, escalations };
  const startedAt = startOfLocalDay(turn.startedOn, zone);
  await startDeadline(tx, postRotationAggregate, turn, clock, { zone, startedAt });
}

/** On its day of the month the supervisor hears of every position whose last month was not counted (B049). */
async function remindOfKpis(tx: Tx, { communityId, day }: Place): Promise<void> {
  const { kpiDueDay } = await resolvePolicy(tx, positionPolicy, communityId);
  if (Number(day.slice(8)) !== kpiDueDay) return;
  const to = `${day.slice(0, 7)}-01`;
  const from = addMonths(to, -1);
  const month = from.slice(0, 7);
  for (const position of await uncountedPositions(tx, communityId, { month, from, to })) {
    const recipient = { role: 'supervisor' } as const;
    await notify(tx, { communityId, to: recipient, template: 'kpiUncounted', params: { position, month } });
  }
}

/** What was kept of candidates. */
async function eraseCandidates(tx: Tx, communityId: string): Promise<void> {
  const { candidateRetentionDays } = await resolvePolicy(tx, positionPolicy, communityId);
  const before = new Date(txScope(tx).now.getTime() - candidateRetentionDays * 86_400_000);
  const gone = { nameSealed: null, nameMasked: null, phoneSealed: null, phoneMasked: null };
  const nothing = { ...gone, bornOnSealed: null, interviewNoteSealed: null };
  const pairs = (await erasableApplications(tx, communityId, before)).map((row) => ({
    before: row,
    after: { ...row, ...nothing },
  }));
  const note = { action: 'followPositionDay', rule: 'A317' };
  for (const application of await saveAggregates(tx, jobApplicationAggregate, pairs, note))
    publish(tx, application, jobApplicationEvents.erased, applicationFact(application));
}
