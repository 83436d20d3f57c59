import { rows } from '@steward/db';
import { byId, fileLoader, listBy, loader, pagesByParent, type Context } from '@steward/service-kit';
import type { ObjectLiteral } from 'typeorm';

import type { StaffCheckFormEntry, TeamPlanGoal, TeamPlanMeasure } from '../domain/conduct.ts';
import {
  appraisalEntity,
  dormitoryEntity,
  dormitoryRoomEntity,
  dormitoryStayEntity,
  dutyReportEntity,
  reportDutyEntity,
  staffCheckEntity,
  staffCheckFormEntity,
  staffCheckRoundEntity,
  teamPlanEntity,
} from './conduct-entities.ts';
import { bedsOfDormitories, sleepersOfRooms } from './dormitory-queries.ts';
import { doneOfRounds, formNames } from './staff-check-queries.ts';
import { goalsOfPlans, measuresOfPlans } from './team-plan-queries.ts';

type FormNames = { communityId: string; entries: StaffCheckFormEntry[] };
type Beds = { dormitoryId: string; bedCount: number; takenCount: number };

/** A figure for each id by one statement; 0 for an id that it does not name. */
const counted = (ctx: Context, sql: string, key: string, count: string) =>
  loader<string, number>(ctx, async (tx, ids) => {
    const found = await rows<Record<string, string | number>>(tx, sql, [ids]);
    const counts = new Map(found.map((row) => [String(row[key]), Number(row[count])]));
    return ids.map((id) => counts.get(id) ?? 0);
  });

/** Loaders of checks, appraisals, dormitories, plans and reports, and of what lies below staff and communities. */
export const conductLoaders = (ctx: Context) => ({
  staffCheckForm: byId(ctx, staffCheckFormEntity),
  staffCheckRound: byId(ctx, staffCheckRoundEntity),
  staffCheck: byId(ctx, staffCheckEntity),
  appraisal: byId(ctx, appraisalEntity),
  dormitory: byId(ctx, dormitoryEntity),
  dormitoryRoom: byId(ctx, dormitoryRoomEntity),
  dormitoryStay: byId(ctx, dormitoryStayEntity),
  teamPlan: byId(ctx, teamPlanEntity),
  reportDuty: byId(ctx, reportDutyEntity),
  dutyReport: byId(ctx, dutyReportEntity),
  file: fileLoader(ctx),
  formNames: listBy<FormNames>(ctx, formNames, ({ communityId }) => communityId),
  doneOfRound: counted(ctx, doneOfRounds, 'roundId', 'done'),
  sleepersOfRoom: counted(ctx, sleepersOfRooms, 'roomId', 'takenCount'),
  beds: listBy<Beds>(ctx, bedsOfDormitories, ({ dormitoryId }) => dormitoryId),
  planGoals: listBy<TeamPlanGoal>(ctx, goalsOfPlans, ({ planId }) => planId),
  planMeasures: listBy<TeamPlanMeasure>(ctx, measuresOfPlans, ({ planId }) => planId),
  /** Lists of whatever aggregate; each names itself. */
  rowsBelow: pagesByParent<ObjectLiteral & { id: string }>(ctx),
});
