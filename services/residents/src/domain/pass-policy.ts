import type { Transition } from './procedure.ts';
import type { PassKind, PassStatus } from './pass.ts';

type KindTerms = {
  /** Whether its first presentation uses it up. */
  isSingleUse: boolean;
  /** Members of staff who issue it at once; nobody: it comes from a procedure of its own. */
  issuers: readonly string[];
  /** Residents may apply for it; SLIP: the desk approves first, AT_ONCE: it holds at once. */
  application: 'SLIP' | 'AT_ONCE' | 'NONE';
  /** What has to be said of it. */
  needs: readonly ('HOLDER' | 'PLATE' | 'ITEMS')[];
  rule: string;
};

/** The kinds of passes (A224) with the rule under which a guard checks each. */
export const passKinds = {
  ITEM_RELEASE: {
    isSingleUse: true,
    issuers: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    application: 'SLIP',
    needs: ['ITEMS'],
    rule: 'A065',
  },
  VISITOR: {
    isSingleUse: true,
    issuers: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk', 'guard'],
    application: 'AT_ONCE',
    needs: ['HOLDER'],
    rule: 'A223',
  },
  VEHICLE: {
    isSingleUse: false,
    issuers: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    application: 'SLIP',
    needs: ['PLATE'],
    rule: 'A314',
  },
  WORKER: { isSingleUse: false, issuers: [], application: 'NONE', needs: ['HOLDER'], rule: 'A086' },
  BUS: {
    isSingleUse: false,
    issuers: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    application: 'SLIP',
    needs: ['HOLDER'],
    rule: 'A224',
  },
  SHOW_FLAT: { isSingleUse: false, issuers: [], application: 'NONE', needs: ['HOLDER'], rule: 'B006' },
} as const satisfies Record<PassKind, KindTerms>;

/** How long a pass holds unless something shorter is asked for, which is the longest as well. The standard is silent. */
export const passPolicy = {
  name: 'passes',
  figures: {
    itemReleaseHours: { value: 24, unit: 'hour', rule: 'A065', least: 1 },
    visitorHours: { value: 24, unit: 'hour', rule: 'A223', least: 1 },
    vehicleHours: { value: 8784, unit: 'hour', rule: 'A224', least: 1 },
    busHours: { value: 8784, unit: 'hour', rule: 'A224', least: 1 },
  },
} as const;

/** The figure that limits each kind that is issued by hand. */
export const validityFigures = {
  ITEM_RELEASE: 'itemReleaseHours',
  VISITOR: 'visitorHours',
  VEHICLE: 'vehicleHours',
  BUS: 'busHours',
} as const satisfies Partial<Record<PassKind, keyof typeof passPolicy.figures>>;

/** The only table of transitions of a pass. */
export const passTransitions = {
  approvePass: {
    from: ['REQUESTED'],
    to: ['VALID'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A065',
  },
  suspendPass: {
    from: ['VALID'],
    to: ['SUSPENDED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A224',
  },
  resumePass: {
    from: ['SUSPENDED'],
    to: ['VALID'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: [],
    rule: 'A224',
  },
  withdrawPass: {
    from: ['REQUESTED', 'VALID', 'SUSPENDED'],
    to: ['WITHDRAWN'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'clerk'],
    own: ['resident'],
    rule: 'A224',
  },
  verifyPass: {
    from: ['VALID'],
    to: ['same', 'USED'],
    roles: ['director', 'deputyDirector', 'administrativeSupervisor', 'supervisor', 'guard'],
    own: [],
    rule: 'A065',
  },
} as const satisfies Record<string, Transition<PassStatus>>;

/** Letters and digits of a code that nobody mistakes for each other; 31^8 codes, too many to guess at a gate. */
export const passCode = { alphabet: '23456789ABCDEFGHJKLMNPQRSTUVWXY', length: 8 } as const;

/** Readable numbers begin with this. */
export const passNumberPrefix = 'TX';

/** Timer at the end of a pass. */
export const passExpiryTimer = 'pass-expiry';

/** What a pass may list at most. */
export const passItemLimit = { value: 100, unit: 'item' } as const;
