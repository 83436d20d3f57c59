import type { Transition } from './procedure.ts';

export type TakeoverStatus = 'OPEN' | 'SIGNED' | 'CLOSED';

/** The only table of what can be done with a takeover (A215). */
export const takeoverTransitions = {
  openTakeover: {
    from: [],
    to: ['OPEN'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A215',
  },
  checkTakeover: {
    from: ['OPEN'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance'],
    own: [],
    rule: 'A215',
  },
  signTakeover: {
    from: ['OPEN'],
    to: ['SIGNED', 'CLOSED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A215',
  },
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

/** What is gone through at a takeover, and what a defect of it is to a work order. */
export const takeoverForm: readonly Item[] = [
  { code: 'STRUCTURE', rule: 'A215', tradeCode: 'MASONRY', problemCode: 'WALL_CRACK' },
  { code: 'ROOF', rule: 'A215', tradeCode: 'WATERPROOFING', problemCode: 'ROOF_LEAK' },
  { code: 'FACADE', rule: 'A215', tradeCode: 'MASONRY', problemCode: 'TILE_OR_PLASTER' },
  { code: 'BASEMENT', rule: 'A215', tradeCode: 'WATERPROOFING', problemCode: 'BASEMENT_LEAK' },
  { code: 'LIFTS', rule: 'A215', tradeCode: 'LIFTS', problemCode: 'LIFT_STOPPED' },
  { code: 'FIRE_SYSTEMS', rule: 'A215', tradeCode: 'FIRE_SAFETY', problemCode: 'FIRE_EQUIPMENT' },
  { code: 'WATER_AND_DRAINAGE', rule: 'A215', tradeCode: 'PLUMBING', problemCode: 'DRAIN_BLOCKED' },
  { code: 'POWER_SUPPLY', rule: 'A215', tradeCode: 'ELECTRICAL', problemCode: 'BREAKER_TRIPS' },
  { code: 'PUBLIC_LIGHTING', rule: 'A215', tradeCode: 'ELECTRICAL', problemCode: 'PUBLIC_LIGHTING' },
  { code: 'ACCESS_AND_CAMERAS', rule: 'A215', tradeCode: 'LOW_VOLTAGE', problemCode: 'ACCESS_CONTROL' },
  { code: 'STAIRS_AND_LOBBIES', rule: 'A215', tradeCode: 'CARPENTRY', problemCode: 'STAIRS_OR_RAILING' },
  { code: 'ROADS_AND_PAVING', rule: 'A215', tradeCode: 'MASONRY', problemCode: 'PAVING' },
  { code: 'GREENERY', rule: 'A215', tradeCode: 'GREENING', problemCode: 'PLANT_CARE' },
];

export const takeoverNumberPrefix = 'JG';
