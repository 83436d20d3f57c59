import type { Transition } from './procedure.ts';

export type MoveInStatus = 'OPEN' | 'REPAIR' | 'RECHECKED' | 'APPOINTED' | 'ACCEPTED' | 'CLOSED' | 'CANCELLED';

const desk = ['clerk', 'supervisor', 'administrativeSupervisor', 'deputyDirector', 'director'] as const;
const underWay = ['OPEN', 'REPAIR', 'RECHECKED', 'APPOINTED', 'ACCEPTED'] as const;

/** The only table of what can be done with a move-in. */
export const moveInTransitions = {
  openMoveIn: { from: [], to: ['OPEN'], roles: desk, own: [], rule: 'A001' },
  fileMoveInPapers: { from: underWay, to: ['same'], roles: desk, own: [], rule: 'A050' },
  signMoveInAgreements: { from: underWay, to: ['same'], roles: desk, own: ['resident'], rule: 'A053' },
  confirmMoveInHandover: { from: underWay, to: ['same'], roles: desk, own: [], rule: 'A054' },
  requestMoveInFee: { from: underWay, to: ['same'], roles: [...desk, 'cashier'], own: [], rule: 'A055' },
  inspectMoveIn: {
    from: ['OPEN'],
    to: ['REPAIR', 'ACCEPTED'],
    roles: [...desk, 'maintenance'],
    own: [],
    rule: 'A056',
  },
  recordMoveInReadings: { from: underWay, to: ['same'], roles: [...desk, 'maintenance'], own: [], rule: 'A057' },
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
    roles: desk,
    own: [],
    rule: 'A059',
  },
  reacceptMoveIn: {
    from: ['APPOINTED'],
    to: ['REPAIR', 'ACCEPTED'],
    roles: [...desk, 'maintenance'],
    own: [],
    rule: 'A059',
  },
  closeMoveIn: { from: ['ACCEPTED'], to: ['CLOSED'], roles: desk, own: ['resident'], rule: 'A060' },
  cancelMoveIn: { from: underWay, to: ['CANCELLED'], roles: desk, own: [], rule: 'A001' },
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

const item = (code: string, tradeCode: string, problemCode: string): Item => ({
  code,
  rule: 'A056',
  tradeCode,
  problemCode,
});

/** The quality acceptance form 房屋质量验收登记表: what is looked at, and what a defect of it is to a work order (A058). */
export const acceptanceForm: readonly Item[] = [
  item('ENTRANCE_DOOR', 'CARPENTRY', 'DOOR'),
  item('LOCKS', 'LOCKS', 'LOCK_BROKEN'),
  item('INNER_DOORS', 'CARPENTRY', 'DOOR'),
  item('WINDOWS', 'CARPENTRY', 'WINDOW'),
  item('WALLS', 'PAINTING', 'WALL_PAINT'),
  item('CEILINGS', 'PAINTING', 'CEILING_PAINT'),
  item('FLOORS', 'CARPENTRY', 'FLOOR'),
  item('WATER_SUPPLY', 'PLUMBING', 'TAP_OR_VALVE'),
  item('DRAINAGE', 'PLUMBING', 'DRAIN_BLOCKED'),
  item('WATERPROOFING', 'WATERPROOFING', 'BATHROOM_LEAK'),
  item('SANITARY_WARE', 'PLUMBING', 'TOILET'),
  item('SOCKETS_AND_SWITCHES', 'ELECTRICAL', 'SOCKET_OR_SWITCH'),
  item('LIGHTING', 'ELECTRICAL', 'LIGHTING'),
  item('DISTRIBUTION_BOX', 'ELECTRICAL', 'BREAKER_TRIPS'),
  item('HEATING', 'HEATING', 'RADIATOR'),
  item('GAS', 'APPLIANCES', 'COOKING_GAS'),
  item('INTERCOM', 'LOW_VOLTAGE', 'INTERCOM'),
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
