/** What can be found, and whether it always stops the work. */
export const violationKinds = {
  STRUCTURE_CHANGED: { alwaysStops: true, rule: 'A085' },
  LOAD_INCREASED: { alwaysStops: true, rule: 'A085' },
  FIRE_FACILITY: { alwaysStops: true, rule: 'A313' },
  FIRE_HAZARD: { alwaysStops: true, rule: 'A313' },
  NOT_AS_APPROVED: { alwaysStops: false, rule: 'A250' },
  OUTSIDE_HOURS: { alwaysStops: false, rule: 'A084' },
  WITHOUT_PASS: { alwaysStops: false, rule: 'A086' },
  WASTE: { alwaysStops: false, rule: 'A250' },
  OTHER: { alwaysStops: false, rule: 'A250' },
} as const;

/** Kinds that only the authority can approve afterwards. */
export const structuralKinds: readonly string[] = ['STRUCTURE_CHANGED', 'LOAD_INCREASED'];
