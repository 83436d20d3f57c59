export type FileSetKind = 'TAKEOVER' | 'HANDOVER' | 'DECORATION' | 'QUALITY_RECORD';

export const fileSetKinds: readonly FileSetKind[] = ['TAKEOVER', 'HANDOVER', 'DECORATION', 'QUALITY_RECORD'];

const kinds = 'document kind';

/** What each of the four file sets must hold to be complete (A213). */
export const fileSetsPolicy = {
  name: 'file-sets',
  figures: {
    TAKEOVER: {
      value: ['AS_BUILT_DRAWINGS', 'COMPLETION_CERTIFICATE', 'EQUIPMENT_LIST', 'WARRANTY_DOCUMENTS', 'TAKEOVER_FORM'],
      unit: kinds,
      rule: 'A213',
    },
    HANDOVER: { value: ['HANDOVER_LIST', 'UNIT_PLANS'], unit: kinds, rule: 'A213' },
    DECORATION: { value: ['DECORATION_RULES', 'DECORATION_REGISTER'], unit: kinds, rule: 'A213' },
    QUALITY_RECORD: { value: ['SERVICE_RECORDS', 'SATISFACTION_SURVEY'], unit: kinds, rule: 'A213' },
  },
} as const;

/** Everything that can be put into a set; what is required is among it. */
export const fileSetDocumentKinds: Readonly<Record<FileSetKind, readonly string[]>> = {
  TAKEOVER: [...fileSetsPolicy.figures.TAKEOVER.value, 'APPROVAL_DOCUMENTS', 'OTHER'],
  HANDOVER: [...fileSetsPolicy.figures.HANDOVER.value, 'ACCEPTANCE_FORMS', 'OTHER'],
  DECORATION: [...fileSetsPolicy.figures.DECORATION.value, 'DECORATION_PLANS', 'OTHER'],
  QUALITY_RECORD: [...fileSetsPolicy.figures.QUALITY_RECORD.value, 'INSPECTION_RECORDS', 'COMPLAINT_RECORDS', 'OTHER'],
};

/** How long somebody may be let read (A214); the standard gives no figure. */
export const fileInspectionPolicy = {
  name: 'file-inspection',
  figures: { longestDays: { value: 30, unit: 'day', rule: 'A214', least: 1, most: 366 } },
} as const;

export const fileInspectionNumberPrefix = 'CY';

/** The timer at which a right to read ends. */
export const fileInspectionTimer = 'file-inspection-end';
