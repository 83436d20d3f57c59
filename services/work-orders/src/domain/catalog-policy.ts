import type { WarrantyKind } from './warranty-policy.ts';
import type { Channel, Problem, Trade } from './work-order-catalog.ts';
import type { ReturnVisitKind } from './work-order.ts';

const inDepartment = (departmentCode: string, codes: readonly string[]): Trade[] =>
  codes.map((code) => ({ code, departmentCode }));

/** Trades by the department that carries them out (A109). */
export const builtInTrades: readonly Trade[] = [
  ...inDepartment('MAINTENANCE', [
    'PLUMBING',
    'ELECTRICAL',
    'HEATING',
    'CARPENTRY',
    'MASONRY',
    'WATERPROOFING',
    'PAINTING',
    'LOCKS',
    'APPLIANCES',
    'LIFTS',
    'FIRE_SAFETY',
    'LOW_VOLTAGE',
    'GENERAL',
  ]),
  ...inDepartment('ENVIRONMENT', ['CLEANING', 'GREENING', 'PEST_CONTROL']),
];

type Terms = {
  visit?: ReturnVisitKind;
  warranty?: WarrantyKind;
  isEmergency?: boolean;
  isContracted?: boolean;
  isService?: boolean;
};

const problem = (tradeCode: string, code: string, terms: Terms = {}): Problem => ({
  code,
  tradeCode,
  returnVisitKind: terms.visit ?? 'OTHER',
  isEmergency: terms.isEmergency ?? false,
  warrantyKind: terms.warranty ?? null,
  isContracted: terms.isContracted ?? false,
  isService: terms.isService ?? false,
});

const emergency = true;
const plumbing: Terms = { warranty: 'PLUMBING' };
const electrical: Terms = { warranty: 'ELECTRICAL' };
const fitOut: Terms = { warranty: 'FIT_OUT' };
const damp: Terms = { visit: 'LEAK', warranty: 'WATERPROOFING' };
const safety: Terms = { visit: 'SAFETY' };
const contracted: Terms = { visit: 'SAFETY', warranty: 'EQUIPMENT', isContracted: true };
const service: Terms = { isService: true };

/** What can be reported: which return visit is due (A070-A072), which warranty covers it, whether it cannot wait. */
export const builtInProblems: readonly Problem[] = [
  problem('PLUMBING', 'PIPE_LEAK', { ...plumbing, visit: 'LEAK' }),
  problem('PLUMBING', 'PIPE_BURST', { ...plumbing, visit: 'LEAK', isEmergency: emergency }),
  problem('PLUMBING', 'NO_WATER', { ...plumbing, isEmergency: emergency }),
  problem('PLUMBING', 'SEWAGE_OVERFLOW', { ...plumbing, isEmergency: emergency }),
  problem('PLUMBING', 'DRAIN_BLOCKED', plumbing),
  problem('PLUMBING', 'TAP_OR_VALVE', plumbing),
  problem('PLUMBING', 'TOILET', plumbing),
  problem('PLUMBING', 'BASIN_OR_SINK', plumbing),
  problem('PLUMBING', 'BATH_OR_SHOWER', plumbing),
  problem('PLUMBING', 'WATER_METER', plumbing),
  problem('ELECTRICAL', 'NO_POWER', { ...electrical, isEmergency: emergency }),
  problem('ELECTRICAL', 'SPARKS_OR_BURNING', { ...electrical, visit: 'SAFETY', isEmergency: emergency }),
  problem('ELECTRICAL', 'PUBLIC_LIGHTING', { ...electrical, visit: 'SAFETY' }),
  problem('ELECTRICAL', 'BREAKER_TRIPS', electrical),
  problem('ELECTRICAL', 'SOCKET_OR_SWITCH', electrical),
  problem('ELECTRICAL', 'LIGHTING', electrical),
  problem('ELECTRICAL', 'ELECTRICITY_METER', electrical),
  problem('HEATING', 'NO_HEAT', { warranty: 'HEATING' }),
  problem('HEATING', 'NO_HOT_WATER', { warranty: 'HEATING' }),
  problem('HEATING', 'RADIATOR', { warranty: 'HEATING' }),
  problem('HEATING', 'HEATING_LEAK', { visit: 'LEAK', warranty: 'HEATING', isEmergency: emergency }),
  problem('CARPENTRY', 'DOOR', fitOut),
  problem('CARPENTRY', 'WINDOW', fitOut),
  problem('CARPENTRY', 'FLOOR', fitOut),
  problem('CARPENTRY', 'CABINET', fitOut),
  problem('CARPENTRY', 'STAIRS_OR_RAILING', { ...fitOut, visit: 'SAFETY' }),
  problem('MASONRY', 'WALL_CRACK', { warranty: 'STRUCTURE' }),
  problem('MASONRY', 'FACADE_FALLING', { visit: 'SAFETY', warranty: 'STRUCTURE', isEmergency: emergency }),
  problem('MASONRY', 'TILE_OR_PLASTER', fitOut),
  problem('MASONRY', 'PAVING'),
  problem('WATERPROOFING', 'ROOF_LEAK', damp),
  problem('WATERPROOFING', 'WALL_LEAK', damp),
  problem('WATERPROOFING', 'BATHROOM_LEAK', damp),
  problem('WATERPROOFING', 'BASEMENT_LEAK', damp),
  problem('WATERPROOFING', 'DAMP_OR_MOULD', damp),
  problem('PAINTING', 'WALL_PAINT', fitOut),
  problem('PAINTING', 'CEILING_PAINT', fitOut),
  problem('LOCKS', 'LOCK_BROKEN', fitOut),
  problem('LOCKS', 'LOCKED_OUT', service),
  problem('APPLIANCES', 'GAS_SMELL', { visit: 'SAFETY', isEmergency: emergency }),
  problem('APPLIANCES', 'COOKING_GAS'),
  problem('APPLIANCES', 'KITCHEN_RANGE'),
  problem('APPLIANCES', 'REFRIGERATOR'),
  problem('APPLIANCES', 'AIR_CONDITIONER'),
  problem('LIFTS', 'PERSON_TRAPPED', { ...contracted, isEmergency: emergency }),
  problem('LIFTS', 'LIFT_STOPPED', contracted),
  problem('LIFTS', 'LIFT_NOISE', contracted),
  problem('FIRE_SAFETY', 'FIRE_EQUIPMENT', contracted),
  problem('FIRE_SAFETY', 'FIRE_ALARM_FAULT', contracted),
  problem('FIRE_SAFETY', 'SMOKE_OR_CO_DETECTOR', safety),
  problem('FIRE_SAFETY', 'FIRE_ESCAPE', safety),
  problem('LOW_VOLTAGE', 'INTERCOM', { warranty: 'EQUIPMENT' }),
  problem('LOW_VOLTAGE', 'ACCESS_CONTROL', contracted),
  problem('LOW_VOLTAGE', 'CAMERA', contracted),
  problem('LOW_VOLTAGE', 'BARRIER_GATE', contracted),
  problem('LOW_VOLTAGE', 'NETWORK_OR_TV'),
  problem('CLEANING', 'HOUSE_CLEANING', service),
  problem('CLEANING', 'BULKY_WASTE', service),
  problem('CLEANING', 'WASTE_STORAGE'),
  problem('CLEANING', 'DIRTY_COMMON_AREA'),
  problem('GREENING', 'PLANT_CARE', service),
  problem('GREENING', 'TREE_HAZARD', safety),
  problem('PEST_CONTROL', 'PESTS'),
  problem('GENERAL', 'MOVING_HELP', service),
  problem('GENERAL', 'FIXTURE_INSTALLATION', service),
  problem('GENERAL', 'SIGN_OR_MAILBOX'),
  problem('GENERAL', 'VENTILATION'),
  problem('GENERAL', 'OTHER_REPAIR'),
];

const fromPeople = (code: string): Channel => ({ code, isContactRequired: true, isSourceRequired: false });

/** How requests come in; all but another agency's give name, address, contact, content and convenient time (A066). */
export const builtInChannels: readonly Channel[] = [
  ...['VISIT', 'PHONE', 'LETTER', 'WEB', 'APP', 'NIGHT_DESK', 'PATROL', 'MOVE_IN_INSPECTION'].map(fromPeople),
  { code: 'EXTERNAL_AGENCY', isContactRequired: false, isSourceRequired: true },
];
