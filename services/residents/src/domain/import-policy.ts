/** Rows of one import. */
export const importLimits = { rows: { value: 500, unit: 'row' } } as const;
