/** Figures of decorations that a community may override. Amounts are minor units of the community's currency. */
export const decorationFigures = {
  /** No figure in the standard. */
  planReviewDays: { value: 3, unit: 'day', rule: 'A225', least: 1 },
  /** No figure in the standard. */
  counterSignDays: { value: 3, unit: 'day', rule: 'B010', least: 1 },
  longestPermitDays: { value: 90, unit: 'day', rule: 'A086', least: 1, most: 730 },
  longestStructureDays: { value: 60, unit: 'day', rule: 'B010', least: 1, most: 730 },
  longestExtensionDays: { value: 30, unit: 'day', rule: 'A086', least: 1, most: 365 },
  mostExtensions: { value: 2, unit: 'extension', rule: 'A086', most: 20 },
  mostWorkers: { value: 30, unit: 'worker', rule: 'A086', least: 1, most: 200 },
  depositAmount: { value: 200_000, unit: 'minor unit', rule: 'A225', most: 100_000_000 },
  wasteFeePerM2Amount: { value: 300, unit: 'minor unit per m2', rule: 'A087', most: 1_000_000 },
  /** Where the area of the unit is not known. */
  wasteFeeFlatAmount: { value: 30_000, unit: 'minor unit', rule: 'A087', most: 100_000_000 },
  completionCheckDays: { value: 3, unit: 'day', rule: 'A225', least: 1 },
  /** "One or two units a day". */
  inspectionsPerDay: { value: 2, unit: 'unit', rule: 'A238', least: 1, most: 2 },
  remedyDays: { value: 3, unit: 'day', rule: 'A250', least: 1 },
  /** Of a violation with a stop order. */
  stopRemedyHours: { value: 24, unit: 'hour', rule: 'A250', least: 1 },
  warnShare: { value: 0.8, unit: 'share of the time', rule: 'A250', most: 1 },
  /** Share of the time after which the director is told; the supervisor is told at the breach. */
  directorShare: { value: 2, unit: 'share of the time', rule: 'A250', least: 1 },
  backdatingHours: { value: 24, unit: 'hour', rule: 'A205' },
} as const;

export const decorationPolicy = { name: 'decoration', figures: decorationFigures };

/** The figures as they hold for one community. */
export type DecorationValues = Record<keyof typeof decorationFigures, number>;

/** Papers by who applies (A083); an agent's are copied into the household's file. */
export const applicantPapers = {
  OWNER: ['OWNER_IDENTITY_CARD'],
  AGENT: ['POWER_OF_ATTORNEY', 'AGENT_IDENTITY_CARD'],
} as const;

export const agreementKind = 'DECORATION_AGREEMENT';
export const authorityKind = 'AUTHORITY_APPROVAL';
export const planKind = 'DECORATION_PLAN';

/** Papers that can be handed in one by one; plan, agreement scan and the authority's approval come with their own step. */
export const decorationDocumentKinds: readonly string[] = [
  'OWNER_IDENTITY_CARD',
  'POWER_OF_ATTORNEY',
  'AGENT_IDENTITY_CARD',
  'PROPERTY_CERTIFICATE',
  agreementKind,
  'OTHER',
];

/** Approval routes by kind (B010): a temporary structure always needs the authority and is counter-signed. */
export const decorationRoutes = {
  DECORATION: { needsAuthority: false, isCounterSigned: false, longest: 'longestPermitDays' },
  TEMPORARY_STRUCTURE: { needsAuthority: true, isCounterSigned: true, longest: 'longestStructureDays' },
} as const;

export const decorationParties = ['OWNER', 'CONTRACTOR'] as const;

export const decorationCancelReasons: readonly string[] = [
  'WITHDRAWN_BY_OWNER',
  'PLAN_NOT_APPROVABLE',
  'AUTHORITY_REFUSED',
  'DUPLICATE',
];

/** What billing is asked for. */
export const decorationChargeTypes = { deposit: 'DECORATION_DEPOSIT', wasteFee: 'DECORATION_WASTE' } as const;

/** Of applications (装修), permits (许可证), inspections (巡查) and violations (违规). */
export const decorationPrefixes = { decoration: 'ZX', permit: 'XK', inspection: 'XC', violation: 'WG' } as const;

/** Who is told: maintenance reviews and checks, security watches (A089), the desk answers to the household. */
export const decorationDepartments = {
  maintenance: 'MAINTENANCE',
  security: 'SECURITY',
  desk: 'CUSTOMER_SERVICE',
} as const;

export const decorationPermitEndTimer = 'decoration-permit-end';
export const decorationDrawTimer = 'decoration-inspection-draw';
