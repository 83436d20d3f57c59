import { availableActions, historyOf, loaded } from '@steward/service-kit';

import { judgeDutyActions } from '../commands/judge-duty-actions.ts';
import {
  closeDormitory,
  registerDormitory,
  registerDormitoryRoom,
  retireDormitoryRoom,
} from '../commands/register-dormitory.ts';
import { endDormitoryStay, moveDormitoryStay, startDormitoryStay } from '../commands/start-dormitory-stay.ts';
import { dormitoriesQuery, dormitoryRoomsQuery, dormitoryStaysQuery } from '../db/conduct-list-queries.ts';
import type { HrContext } from '../db/loaders.ts';
import { answering, dutyList, staffOf } from './duty-lists.ts';
import type {
  DormitoryResolvers,
  DormitoryRoomResolvers,
  DormitoryStayResolvers,
  MutationResolvers,
  QueryResolvers,
} from './generated.ts';

type Queries = Pick<
  QueryResolvers<HrContext>,
  'dormitory' | 'dormitories' | 'dormitoryRoom' | 'dormitoryRooms' | 'dormitoryStay' | 'dormitoryStays'
>;

export const dormitoryQueries: Queries = {
  dormitory: (_parent, { id }, ctx) => ctx.loaders.dormitory.load(id),
  dormitories: (_parent, args, ctx) => dutyList(ctx, args, dormitoriesQuery),
  dormitoryRoom: (_parent, { id }, ctx) => ctx.loaders.dormitoryRoom.load(id),
  dormitoryRooms: (_parent, args, ctx) => dutyList(ctx, args, dormitoryRoomsQuery),
  dormitoryStay: (_parent, { id }, ctx) => ctx.loaders.dormitoryStay.load(id),
  dormitoryStays: (_parent, args, ctx) => dutyList(ctx, args, dormitoryStaysQuery),
};

const dormitory = answering('dormitory', (ctx) => ctx.loaders.dormitory);
const dormitoryRoom = answering('dormitoryRoom', (ctx) => ctx.loaders.dormitoryRoom);
const dormitoryStay = answering('dormitoryStay', (ctx) => ctx.loaders.dormitoryStay);

export const dormitoryMutations: Pick<
  MutationResolvers<HrContext>,
  | 'registerDormitory'
  | 'closeDormitory'
  | 'registerDormitoryRoom'
  | 'retireDormitoryRoom'
  | 'startDormitoryStay'
  | 'moveDormitoryStay'
  | 'endDormitoryStay'
> = {
  registerDormitory: dormitory(registerDormitory),
  closeDormitory: dormitory(closeDormitory),
  registerDormitoryRoom: dormitoryRoom(registerDormitoryRoom),
  retireDormitoryRoom: dormitoryRoom(retireDormitoryRoom),
  startDormitoryStay: dormitoryStay(startDormitoryStay),
  moveDormitoryStay: dormitoryStay(moveDormitoryStay),
  endDormitoryStay: dormitoryStay(endDormitoryStay),
};

async function bedsOf(ctx: HrContext, id: string): Promise<{ bedCount: number; takenCount: number }> {
  const [beds] = await ctx.loaders.beds.load(id);
  return beds ?? { bedCount: 0, takenCount: 0 };
}

const Dormitory: DormitoryResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dormitory.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  bedCount: async ({ id }, _args, ctx) => (await bedsOf(ctx, id)).bedCount,
  freeBedCount: async ({ id }, _args, ctx) => {
    const { bedCount, takenCount } = await bedsOf(ctx, id);
    return bedCount - takenCount;
  },
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeDutyActions(row, ['closeDormitory'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DormitoryRoom: DormitoryRoomResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dormitoryRoom.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  dormitory: ({ dormitoryId }, _args, ctx) => loaded(ctx.loaders.dormitory.load(dormitoryId)),
  freeBedCount: async ({ id, bedCount }, _args, ctx) => bedCount - (await loaded(ctx.loaders.sleepersOfRoom.load(id))),
  availableActions: (row, _args, ctx) => availableActions(ctx, row, judgeDutyActions(row, ['retireDormitoryRoom'])),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

const DormitoryStay: DormitoryStayResolvers<HrContext> = {
  __resolveReference: ({ id }, ctx) => ctx.loaders.dormitoryStay.load(id),
  community: ({ communityId }) => ({ id: communityId }),
  staff: ({ staffId }, _args, ctx) => staffOf(ctx, staffId),
  room: ({ roomId }, _args, ctx) => loaded(ctx.loaders.dormitoryRoom.load(roomId)),
  deadlines: ({ id }, _args, ctx) => ctx.loaders.deadlines.load(id),
  availableActions: (row, _args, ctx) =>
    availableActions(
      ctx,
      { communityId: row.communityId, staffIds: [row.staffId] },
      judgeDutyActions(row, ['moveDormitoryStay', 'endDormitoryStay']),
    ),
  history: ({ id }, args, ctx) => historyOf(ctx, id, args),
};

export const dormitoryTypes = { Dormitory, DormitoryRoom, DormitoryStay };
