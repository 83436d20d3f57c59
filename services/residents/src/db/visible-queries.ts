import type { Viewer } from '@steward/auth';

/** What a list shows: rows of these communities (null: of all), and for residents only these households. */
export type Visible = { communities: string[] | null; ownHouseholds: string[] | null };

/** The community by which a viewer comes near to something that belongs to several; the first of them if by none. */
export const sharedCommunity = ({ communityIds }: Viewer, of: readonly [string, ...string[]]): string =>
  of.find((id) => communityIds === 'all' || communityIds.includes(id)) ?? of[0];

/** Today, in the zone of a community that the statement calls `c`; `now` is the place of the instant's parameter. */
export const todayOf = (now: string): string => `(${now}::timestamptz at time zone c.time_zone)::date`;

/** Whether a dated row of the statement holds today. */
export const holdsToday = (row: string, now: string): string =>
  `${row}.valid_from <= ${todayOf(now)} and (${row}.valid_to is null or ${row}.valid_to > ${todayOf(now)})`;
