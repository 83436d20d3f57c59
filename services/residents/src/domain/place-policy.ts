/** Below what a place of each kind may stand; null: directly below the community. */
export const placeParents = {
  BUILDING: [null],
  SECTION: ['BUILDING'],
  UNIT: ['BUILDING', 'SECTION', 'COMMON_AREA'],
  COMMON_AREA: [null, 'BUILDING', 'SECTION'],
} as const;

/** What a common area can be. */
export const commonAreaCodes: readonly string[] = [
  'LOBBY',
  'CORRIDOR',
  'STAIRCASE',
  'LIFT',
  'ROOF',
  'FACADE',
  'GARAGE',
  'GARDEN',
  'ROAD',
  'PLAYGROUND',
  'EQUIPMENT_ROOM',
  'GATE',
  'OFFICE',
  'OTHER',
];

/** Limits of what is typed. */
export const placeLimits = {
  codeLength: { value: 100, unit: 'character' },
  designLifeYears: { value: 200, unit: 'year' },
} as const;

/** Rows of one import. */
export const importLimits = { rows: { value: 500, unit: 'row' } } as const;
