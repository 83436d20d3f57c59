/** Where a place of a kind may stand: directly below one of these, COMMUNITY being the root of the tree. */
export const placeParents = {
  BUILDING: ['COMMUNITY'],
  SECTION: ['BUILDING'],
  // Parking spaces and storage rooms stand in the open or in a garage as well.
  UNIT: ['COMMUNITY', 'BUILDING', 'SECTION', 'COMMON_AREA'],
  COMMON_AREA: ['COMMUNITY', 'BUILDING', 'SECTION', 'COMMON_AREA'],
} as const satisfies Record<string, readonly string[]>;

export const unitUsages = ['RESIDENTIAL', 'SHOP', 'OFFICE', 'PARKING', 'STORAGE'] as const;

/** What a common area can be. */
export const commonAreaCodes: readonly string[] = [
  'LOBBY',
  'CORRIDOR',
  'STAIRWELL',
  'LIFT',
  'ROOF',
  'FACADE',
  'BASEMENT',
  'GARAGE',
  'PARKING_LOT',
  'BICYCLE_SHED',
  'PUMP_ROOM',
  'POWER_ROOM',
  'CONTROL_ROOM',
  'REFUSE_ROOM',
  'GATE',
  'GARDEN',
  'ROAD',
  'PLAYGROUND',
  'CLUBHOUSE',
  'SERVICE_CENTRE',
  'OTHER',
];

/** Years for which a structure can be designed. */
export const designLifeLimits = { fewest: 1, most: 200, unit: 'year' } as const;

/** Characters of one part of a path. */
export const codeLengthLimit = { value: 100, unit: 'character' } as const;
