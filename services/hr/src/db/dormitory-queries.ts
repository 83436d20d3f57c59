import { rows, type Tx } from '@steward/db';

type Bed = { roomId: string; bed: number; day: string };

/** Whether somebody has a bed on a day or from a later one on. */
export async function isBedTaken(tx: Tx, { roomId, bed, day }: Bed): Promise<boolean> {
  const found = await rows(
    tx,
    'select 1 from dormitory_stay where room_id = $1 and bed = $2 and (ends_on is null or ends_on > $3) limit 1',
    [roomId, bed, day],
  );
  return found.length > 0;
}

/** Whether a staff member has a bed on a day or from a later one on. */
export async function hasBed(tx: Tx, staffId: string, day: string): Promise<boolean> {
  const found = await rows(
    tx,
    'select 1 from dormitory_stay where staff_id = $1 and (ends_on is null or ends_on > $2) limit 1',
    [staffId, day],
  );
  return found.length > 0;
}

/** How many live in a room, or in all rooms of a dormitory. */
export async function countSleepers(tx: Tx, of: { dormitoryId: string } | { roomId: string }): Promise<number> {
  const [column, id] = 'roomId' in of ? ['s.room_id', of.roomId] : ['r.dormitory_id', of.dormitoryId];
  const [found] = await rows<{ count: number }>(
    tx,
    `select count(*)::int as count from dormitory_stay s join dormitory_room r on r.id = s.room_id
      where ${column} = $1 and s.status = 'RUNNING'`,
    [id],
  );
  return found?.count ?? 0;
}

export const runningStayOf = async (tx: Tx, staffId: string): Promise<string | null> => {
  const [found] = await rows<{ id: string }>(
    tx,
    "select id from dormitory_stay where staff_id = $1 and status = 'RUNNING'",
    [staffId],
  );
  return found?.id ?? null;
};

/** Beds of rooms in use and those that somebody sleeps in, by dormitory. */
export const bedsOfDormitories = `
  select r.dormitory_id as "dormitoryId", sum(r.bed_count)::int as "bedCount",
         sum((select count(*) from dormitory_stay s where s.room_id = r.id and s.status = 'RUNNING'))::int as "takenCount"
    from dormitory_room r where r.dormitory_id = any($1::uuid[]) and r.status = 'ACTIVE' group by r.dormitory_id`;

export const sleepersOfRooms = `
  select room_id as "roomId", count(*)::int as "takenCount" from dormitory_stay
   where room_id = any($1::uuid[]) and status = 'RUNNING' group by room_id`;
