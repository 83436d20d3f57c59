/** What a warranty period hangs on (Regulation on the Quality Management of Construction Projects, article 40). */
export type WarrantyKind =
  'WATERPROOFING' | 'ELECTRICAL' | 'PLUMBING' | 'EQUIPMENT' | 'FIT_OUT' | 'HEATING' | 'STRUCTURE';

/** Warranty periods from the first day of the warranty (settled reading 9); the structure has its design life. */
export const warrantyFigures = {
  waterproofingYears: { value: 5, unit: 'year', rule: 'A067' },
  electricalYears: { value: 2, unit: 'year', rule: 'A067' },
  plumbingYears: { value: 2, unit: 'year', rule: 'A067' },
  equipmentYears: { value: 2, unit: 'year', rule: 'A067' },
  fitOutYears: { value: 2, unit: 'year', rule: 'A067' },
  heatingSeasons: { value: 2, unit: 'whole heating season', rule: 'A067' },
  heatingSeasonFrom: { value: '11-15', unit: 'first day, month-day', rule: 'A067' },
  heatingSeasonTo: { value: '03-15', unit: 'last day, month-day', rule: 'A067' },
} as const;

export const warrantyPolicy = { name: 'warranty', figures: warrantyFigures };

export type WarrantyValues = {
  [K in keyof typeof warrantyFigures]: (typeof warrantyFigures)[K]['value'] extends number ? number : string;
};
