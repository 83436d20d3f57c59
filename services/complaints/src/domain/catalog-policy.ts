import type { Category, Channel } from './complaint-catalog.ts';
import type { ComplaintGrade } from './complaint.ts';

const of = (departmentCode: string, grade: ComplaintGrade, codes: readonly string[]): Category[] =>
  codes.map((code) => ({ code, departmentCode, grade }));

/**
 * What complaints are about, by the department in charge and the usual grade: faults of management and service are
 * important (A096), danger and lost supply major (A095), single matters minor (A097).
 */
export const builtInCategories: readonly Category[] = [
  ...of('CUSTOMER_SERVICE', 'IMPORTANT', ['SERVICE_ATTITUDE', 'SERVICE_DELAY', 'SERVICE_ERROR']),
  ...of('CUSTOMER_SERVICE', 'MINOR', [
    'NEIGHBOUR_DISPUTE',
    'DECORATION',
    'MERCHANT_CONDUCT',
    'PAPERWORK',
    'PUBLIC_TRANSPORT',
    'ANIMALS',
    'SMOKING',
    'OTHER_COMPLAINT',
  ]),
  ...of('FINANCE', 'IMPORTANT', ['FEES']),
  ...of('MAINTENANCE', 'MAJOR', ['SUPPLY_FAILURE', 'LIFT_ACCIDENT', 'UNSAFE_BUILDING']),
  ...of('MAINTENANCE', 'IMPORTANT', ['REPAIR_QUALITY', 'REPAIR_DELAY', 'LIFT_SERVICE', 'WATER_QUALITY', 'SEWAGE']),
  ...of('MAINTENANCE', 'MINOR', ['PUBLIC_FACILITIES', 'STREET_LIGHTING', 'ROAD_CONDITION', 'CONSTRUCTION']),
  ...of('SECURITY', 'MAJOR', ['SAFETY_INCIDENT', 'FIRE_HAZARD']),
  ...of('SECURITY', 'MINOR', ['NOISE', 'PARKING', 'BLOCKED_ACCESS', 'PUBLIC_ORDER', 'ABANDONED_VEHICLE', 'PEDDLING']),
  ...of('ENVIRONMENT', 'MAJOR', ['HAZARDOUS_SUBSTANCE', 'FOOD_SAFETY']),
  ...of('ENVIRONMENT', 'MINOR', [
    'CLEANLINESS',
    'WASTE_COLLECTION',
    'BULKY_WASTE',
    'GRAFFITI',
    'GREENING',
    'PESTS',
    'AIR_QUALITY',
    'WATER_SAVING',
  ]),
];

const fromPeople = (code: string): Channel => ({ code, isRecordRequired: true, isSourceRequired: false });

/** How complaints come in (A032, A206); all but another agency's give the whole record (A033, A090). */
export const builtInChannels: readonly Channel[] = [
  ...['VISIT', 'PHONE', 'LETTER', 'FAX', 'WEB', 'APP', 'NIGHT_DESK', 'COMMITTEE'].map(fromPeople),
  { code: 'EXTERNAL_AGENCY', isRecordRequired: false, isSourceRequired: true },
];
