/** The list that a unit under way is inspected by, with the rule of each item. */
export const decorationChecklist = [
  { code: 'FIRE_SPACE_FREE', rule: 'A313' },
  { code: 'FIRE_EQUIPMENT_INTACT', rule: 'A313' },
  { code: 'NO_FIRE_HAZARD', rule: 'A313' },
  { code: 'HOURS_KEPT', rule: 'A084' },
  { code: 'STRUCTURE_UNTOUCHED', rule: 'A085' },
  { code: 'AS_APPROVED', rule: 'A250' },
  { code: 'PERMIT_AND_PASSES_SHOWN', rule: 'A086' },
] as const;

/** The name of the list in the kit's checklists. */
export const decorationChecklistName = 'decoration-inspection';
