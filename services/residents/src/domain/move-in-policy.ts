import type { Transition } from './procedure.ts';

export type MoveInStatus = 'OPEN' | 'REPAIR' | 'RECHECKED' | 'APPOINTED' | 'ACCEPTED' | 'CLOSED' | 'CANCELLED';

/** The only table of what can be done with a move-in. */
export const moveInTransitions = {
  openMoveIn: {
    from: [],
    to: ['OPEN'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A001',
  },
  fileMoveInPapers: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A050',
  },
  signMoveInAgreements: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A053',
  },
  confirmMoveInHandover: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A054',
  },
  requestMoveInFee: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'cashier'],
    own: [],
    rule: 'A055',
  },
  inspectMoveIn: {
    from: ['OPEN'],
    to: ['REPAIR', 'ACCEPTED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance'],
    own: [],
    rule: 'A056',
  },
  recordMoveInReadings: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['same'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance'],
    own: [],
    rule: 'A057',
  },
  recheckMoveInDefect: {
    from: ['REPAIR'],
    to: ['same', 'RECHECKED'],
    roles: ['maintenance', 'supervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A059',
  },
  appointMoveInReacceptance: {
    from: ['RECHECKED', 'APPOINTED'],
    to: ['APPOINTED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A059',
  },
  reacceptMoveIn: {
    from: ['APPOINTED'],
    to: ['REPAIR', 'ACCEPTED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director', 'maintenance'],
    own: [],
    rule: 'A059',
  },
  closeMoveIn: {
    from: ['ACCEPTED'],
    to: ['CLOSED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: ['resident'],
    rule: 'A060',
  },
  cancelMoveIn: {
    from: ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'],
    to: ['CANCELLED'],
    roles: ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'],
    own: [],
    rule: 'A001',
  },
} as const satisfies Record<string, Transition<MoveInStatus>>;

export type MoveInAction = keyof typeof moveInTransitions;

const paper = 'document kind';

/**
 * Papers by who applies. The owner's three hold for everybody; an agent brings the principal's card besides, which is the
 * owner's own, and the archive list asks for the agent's as well (settled reading of A051 and A063).
 */
export const moveInPapersPolicy = {
  name: 'move-in-papers',
  figures: {
    everybody: { value: ['OWNER_IDENTITY_CARD', 'MOVE_IN_NOTICE', 'PURCHASE_CONTRACT'], unit: paper, rule: 'A050' },
    agent: { value: ['OWNER_IDENTITY_CARD', 'POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD'], unit: paper, rule: 'A051' },
    company: { value: ['COMPANY_CERTIFICATE', 'REPRESENTATIVE_IDENTITY_CARD'], unit: paper, rule: 'A052' },
    signed: { value: ['RESIDENT_REGISTER', 'MANAGEMENT_AGREEMENT'], unit: paper, rule: 'A053' },
    /** The archive of six: without the two that only agents and companies have. */
    archive: {
      value: ['MOVE_IN_NOTICE', 'OWNER_IDENTITY_CARD', 'RESIDENT_REGISTER', 'MANAGEMENT_AGREEMENT'],
      unit: paper,
      rule: 'A063',
    },
    archiveOfAgent: { value: ['AGENT_IDENTITY_CARD'], unit: paper, rule: 'A063' },
    archiveOfCompany: { value: ['COMPANY_CERTIFICATE'], unit: paper, rule: 'A063' },
  },
} as const;

/** Time limits; the standard gives none, so these are the platform's defaults. */
export const moveInTimesPolicy = {
  name: 'move-in-times',
  figures: {
    /** From the opening to the owner's signature. */
    completionDays: { value: 30, unit: 'day', rule: 'A060' },
    /** From the last passed re-check until the time of the re-acceptance is agreed. */
    reappointmentHours: { value: 48, unit: 'hour', rule: 'A059' },
    /** From the agreed time until its result is recorded. */
    reacceptanceHours: { value: 24, unit: 'hour', rule: 'A059' },
    warnShare: { value: 0.8, unit: 'share of the time', rule: 'A059' },
    directorShare: { value: 2, unit: 'share of the time', rule: 'A059' },
  },
} as const;

type Item = { code: string; rule: string; tradeCode: string; problemCode: string };

/** The quality acceptance form 房屋质量验收登记表: what is looked at, and what a defect of it is to a work order (A058). */
export const acceptanceForm: readonly Item[] = [
  { code: 'ENTRANCE_DOOR', rule: 'A056', tradeCode: 'CARPENTRY', problemCode: 'DOOR' },
  { code: 'LOCKS', rule: 'A056', tradeCode: 'LOCKS', problemCode: 'LOCK_BROKEN' },
  { code: 'INNER_DOORS', rule: 'A056', tradeCode: 'CARPENTRY', problemCode: 'DOOR' },
  { code: 'WINDOWS', rule: 'A056', tradeCode: 'CARPENTRY', problemCode: 'WINDOW' },
  { code: 'WALLS', rule: 'A056', tradeCode: 'PAINTING', problemCode: 'WALL_PAINT' },
  { code: 'CEILINGS', rule: 'A056', tradeCode: 'PAINTING', problemCode: 'CEILING_PAINT' },
  { code: 'FLOORS', rule: 'A056', tradeCode: 'CARPENTRY', problemCode: 'FLOOR' },
  { code: 'WATER_SUPPLY', rule: 'A056', tradeCode: 'PLUMBING', problemCode: 'TAP_OR_VALVE' },
  { code: 'DRAINAGE', rule: 'A056', tradeCode: 'PLUMBING', problemCode: 'DRAIN_BLOCKED' },
  { code: 'WATERPROOFING', rule: 'A056', tradeCode: 'WATERPROOFING', problemCode: 'BATHROOM_LEAK' },
  { code: 'SANITARY_WARE', rule: 'A056', tradeCode: 'PLUMBING', problemCode: 'TOILET' },
  { code: 'SOCKETS_AND_SWITCHES', rule: 'A056', tradeCode: 'ELECTRICAL', problemCode: 'SOCKET_OR_SWITCH' },
  { code: 'LIGHTING', rule: 'A056', tradeCode: 'ELECTRICAL', problemCode: 'LIGHTING' },
  { code: 'DISTRIBUTION_BOX', rule: 'A056', tradeCode: 'ELECTRICAL', problemCode: 'BREAKER_TRIPS' },
  { code: 'HEATING', rule: 'A056', tradeCode: 'HEATING', problemCode: 'RADIATOR' },
  { code: 'GAS', rule: 'A056', tradeCode: 'APPLIANCES', problemCode: 'COOKING_GAS' },
  { code: 'INTERCOM', rule: 'A056', tradeCode: 'LOW_VOLTAGE', problemCode: 'INTERCOM' },
];

/** What is handed over and confirmed (A054). */
export const handoverItems = ['KEYS', 'HANDBOOK', 'UTILITY_PLAN'] as const;

/** The meters read at hand-over, with the unit they count in (A057). */
export const meters = { WATER: 'm3', ELECTRICITY: 'kWh', GAS: 'm3' } as const;

/** Why a move-in is given up. */
export const moveInCancelReasons: readonly string[] = ['WITHDRAWN', 'SALE_CANCELLED', 'ENTERED_BY_MISTAKE'];

export const moveInNumberPrefix = 'RZ';

/** What billing is asked to charge (A055). */
export const managementFee = 'MANAGEMENT_FEE';
