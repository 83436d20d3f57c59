/** A trade and one of its problems, as codes of the service work-orders. */
type Problem = readonly [tradeCode: string, problemCode: string];

/** Descriptors of one complaint type; `other` holds for those that are not listed. */
type Descriptors = { other: Problem; [descriptor: string]: Problem };

const otherRepair: Problem = ['GENERAL', 'OTHER_REPAIR'];

/**
 * The housing agency's categories in our codes. "Heat" and "hot water" are one category of theirs, told apart by
 * where it is missing; the colder reading is taken.
 */
const problems: Record<string, Descriptors> = {
  APPLIANCE: {
    'ELECTRIC/GAS RANGE': ['APPLIANCES', 'KITCHEN_RANGE'],
    REFRIGERATOR: ['APPLIANCES', 'REFRIGERATOR'],
    other: otherRepair,
  },
  'DOOR/WINDOW': {
    'WINDOW FRAME': ['CARPENTRY', 'WINDOW'],
    'WINDOW PANE': ['CARPENTRY', 'WINDOW'],
    other: ['CARPENTRY', 'DOOR'],
  },
  ELECTRIC: {
    'OUTLET/SWITCH': ['ELECTRICAL', 'SOCKET_OR_SWITCH'],
    'OUTLET COVER': ['ELECTRICAL', 'SOCKET_OR_SWITCH'],
    'POWER OUTAGE': ['ELECTRICAL', 'NO_POWER'],
    WIRING: ['ELECTRICAL', 'SPARKS_OR_BURNING'],
    other: ['ELECTRICAL', 'LIGHTING'],
  },
  ELEVATOR: { other: ['LIFTS', 'LIFT_STOPPED'] },
  'FLOORING/STAIRS': {
    STAIRS: ['CARPENTRY', 'STAIRS_OR_RAILING'],
    other: ['CARPENTRY', 'FLOOR'],
  },
  GENERAL: {
    'BELL/BUZZER/INTERCOM': ['LOW_VOLTAGE', 'INTERCOM'],
    CABINET: ['CARPENTRY', 'CABINET'],
    'COOKING GAS': ['APPLIANCES', 'COOKING_GAS'],
    MAILBOX: ['GENERAL', 'SIGN_OR_MAILBOX'],
    'SIGNAGE MISSING': ['GENERAL', 'SIGN_OR_MAILBOX'],
    'VENTILATION SYSTEM': ['GENERAL', 'VENTILATION'],
    other: otherRepair,
  },
  'HEAT/HOT WATER': { other: ['HEATING', 'NO_HEAT'] },
  'PAINT/PLASTER': {
    CABINET: ['CARPENTRY', 'CABINET'],
    CEILING: ['PAINTING', 'CEILING_PAINT'],
    other: ['PAINTING', 'WALL_PAINT'],
  },
  PLUMBING: {
    'BASIN/SINK': ['PLUMBING', 'BASIN_OR_SINK'],
    'BATHTUB/SHOWER': ['PLUMBING', 'BATH_OR_SHOWER'],
    RADIATOR: ['HEATING', 'RADIATOR'],
    'STEAM PIPE/RISER': ['HEATING', 'HEATING_LEAK'],
    TOILET: ['PLUMBING', 'TOILET'],
    'WATER SUPPLY': ['PLUMBING', 'NO_WATER'],
    other: ['PLUMBING', 'TAP_OR_VALVE'],
  },
  SAFETY: {
    'CARBON MONOXIDE DETECTOR': ['FIRE_SAFETY', 'SMOKE_OR_CO_DETECTOR'],
    'FIRE ESCAPE': ['FIRE_SAFETY', 'FIRE_ESCAPE'],
    'SMOKE DETECTOR': ['FIRE_SAFETY', 'SMOKE_OR_CO_DETECTOR'],
    SPRINKLER: ['FIRE_SAFETY', 'FIRE_EQUIPMENT'],
    'WINDOW GUARD BROKEN/MISSING': ['CARPENTRY', 'WINDOW'],
    other: ['FIRE_SAFETY', 'FIRE_EQUIPMENT'],
  },
  'UNSANITARY CONDITION': {
    'GARBAGE/RECYCLING STORAGE': ['CLEANING', 'WASTE_STORAGE'],
    MOLD: ['WATERPROOFING', 'DAMP_OR_MOULD'],
    PESTS: ['PEST_CONTROL', 'PESTS'],
    SEWAGE: ['PLUMBING', 'SEWAGE_OVERFLOW'],
    other: ['CLEANING', 'DIRTY_COMMON_AREA'],
  },
  'WATER LEAK': {
    'DAMP SPOT': ['WATERPROOFING', 'DAMP_OR_MOULD'],
    'HEAVY FLOW': ['PLUMBING', 'PIPE_BURST'],
    other: ['PLUMBING', 'PIPE_LEAK'],
  },
};

export type MappedProblem = { tradeCode: string; problemCode: string; isKnown: boolean };

/**
 * Our codes for a complaint type and descriptor. What the table does not know is `GENERAL` / `OTHER_REPAIR`; the
 * agency's own words stay in the description.
 */
export function problemOf(complaintType: string, descriptor: string): MappedProblem {
  const complaint = complaintType.toUpperCase();
  const descriptors = Object.hasOwn(problems, complaint) ? problems[complaint] : undefined;
  const name = descriptor.toUpperCase();
  const isListed = descriptors !== undefined && name !== 'OTHER' && Object.hasOwn(descriptors, name);
  const [tradeCode, problemCode] = (isListed ? descriptors[name] : descriptors?.other) ?? otherRepair;
  return { tradeCode, problemCode, isKnown: descriptors !== undefined };
}
