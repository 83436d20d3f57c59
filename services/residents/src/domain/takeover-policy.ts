import type { Transition } from './procedure.ts';

export type TakeoverStatus = 'OPEN' | 'SIGNED' | 'CLOSED';

const desk = ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'] as const;

/** The only table of what can be done with a takeover (A215). */
export const takeoverTransitions = {
  openTakeover: { from: [], to: ['OPEN'], roles: desk, own: [], rule: 'A215' },
  checkTakeover: { from: ['OPEN'], to: ['same'], roles: [...desk, 'maintenance'], own: [], rule: 'A215' },
  signTakeover: { from: ['OPEN'], to: ['SIGNED', 'CLOSED'], roles: desk, own: [], rule: 'A215' },
  recheckTakeoverDefect: {
    from: ['OPEN', 'SIGNED'],
    to: ['same', 'CLOSED'],
    roles: ['maintenance', 'supervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A215',
  },
} as const satisfies Record<string, Transition<TakeoverStatus>>;

export type TakeoverAction = keyof typeof takeoverTransitions;

/** The standard gives no time; the developer's is the platform's default. */
export const takeoverPolicy = {
  name: 'takeover',
  figures: {
    /** From both signatures until nothing is left over. */
    remedyDays: { value: 30, unit: 'day', rule: 'A215' },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'A215' },
    directorShare: { value: 2, unit: 'share of the time', rule: 'A215' },
  },
} as const;

type Item = { code: string; rule: string; tradeCode: string; problemCode: string };

const item = (code: string, tradeCode: string, problemCode: string): Item => ({
  code,
  rule: 'A215',
  tradeCode,
  problemCode,
});

/** What is gone through at a takeover, and what a defect of it is to a work order. */
export const takeoverForm: readonly Item[] = [
  item('STRUCTURE', 'MASONRY', 'WALL_CRACK'),
  item('ROOF', 'WATERPROOFING', 'ROOF_LEAK'),
  item('FACADE', 'MASONRY', 'TILE_OR_PLASTER'),
  item('BASEMENT', 'WATERPROOFING', 'BASEMENT_LEAK'),
  item('LIFTS', 'LIFTS', 'LIFT_STOPPED'),
  item('FIRE_SYSTEMS', 'FIRE_SAFETY', 'FIRE_EQUIPMENT'),
  item('WATER_AND_DRAINAGE', 'PLUMBING', 'DRAIN_BLOCKED'),
  item('POWER_SUPPLY', 'ELECTRICAL', 'BREAKER_TRIPS'),
  item('PUBLIC_LIGHTING', 'ELECTRICAL', 'PUBLIC_LIGHTING'),
  item('ACCESS_AND_CAMERAS', 'LOW_VOLTAGE', 'ACCESS_CONTROL'),
  item('STAIRS_AND_LOBBIES', 'CARPENTRY', 'STAIRS_OR_RAILING'),
  item('ROADS_AND_PAVING', 'MASONRY', 'PAVING'),
  item('GREENERY', 'GREENING', 'PLANT_CARE'),
];

export const takeoverNumberPrefix = 'JG';
